// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/KeychainVault.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QEventLoop>
#include <QString>
#include <QThread>

#include <qt6keychain/keychain.h>

namespace sluice {
namespace {

QString service()
{
    return QStringLiteral("org.sluice.Sluice");
}

Status finish(QKeychain::Job& job, const std::string& name)
{
    const QCoreApplication* const application = QCoreApplication::instance();
    // the answer comes through the event loop's machinery, which an application starts
    if (!application)
        return Error{
            ErrorCode::Unavailable, {}, "the keychain cannot be asked without an application", {}};
    // A command line may wait on its only thread; a window may not.
    SLUICE_CHECK(!application->inherits("QGuiApplication")
        || QThread::currentThread() != application->thread());
    job.setAutoDelete(false);
    job.setInsecureFallback(false);
    job.setKey(QString::fromStdString(name));
    QEventLoop loop;
    QObject::connect(&job, &QKeychain::Job::finished, &loop, &QEventLoop::quit);
    job.start();
    loop.exec();
    switch (job.error()) {
    case QKeychain::NoError:
        return Status::success();
    case QKeychain::EntryNotFound:
        return Error{ErrorCode::NotFound, {}, "the keychain holds no such entry", {}};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return Error{ErrorCode::Unavailable, {},
            "the keychain is not available: " + job.errorString().toStdString(),
            "Use the passphrase or the recovery code"};
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    // Without a session bus QtKeychain 0.13 reports "other error": for the caller that is the same
    // as no keychain.
    return Error{ErrorCode::Unavailable, {},
        "the keychain did not answer: " + job.errorString().toStdString(),
        "Use the passphrase or the recovery code"};
}

} // namespace

Status KeychainVault::store(const std::string& name, const SecureBytes& secret)
{
    QKeychain::WritePasswordJob job{service()};
    job.setBinaryData(QByteArray{
        reinterpret_cast<const char*>(secret.data()), static_cast<qsizetype>(secret.size())});
    return finish(job, name);
}

Result<SecureBytes> KeychainVault::load(const std::string& name)
{
    QKeychain::ReadPasswordJob job{service()};
    SLUICE_TRY_DO(finish(job, name));
    QByteArray bytes = job.binaryData();
    SecureBytes secret = SecureBytes::copyOf(
        std::string_view{bytes.constData(), static_cast<std::size_t>(bytes.size())});
    bytes.fill('\0'); // our copy; QtKeychain's own is beyond reach
    return secret;
}

Status KeychainVault::remove(const std::string& name)
{
    QKeychain::DeletePasswordJob job{service()};
    return finish(job, name);
}

} // namespace sluice
