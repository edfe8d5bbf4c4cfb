// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/HeapRoom.h"
#include "app/gui/SampleLedger.h"
#include "core/security/KeychainVault.h"
#include "core/security/ProcessGuard.h"
#include "core/store/Statement.h"
#include "ui/kit/Icons.h"
#include "ui/kit/Language.h"
#include "ui/shell/MainWindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>

#include <cstdio>
#include <exception>
#include <thread>

namespace {

constexpr std::uint64_t SampleSeed = 7;

int run(QApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Governs AI spend from one encrypted ledger."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption keyFile{QStringLiteral("key-file"),
        QCoreApplication::translate("main", "Opens the ledger with the raw key in FILE."),
        QStringLiteral("FILE")};
    const QCommandLineOption sample{
        QStringLiteral("sample"), QCoreApplication::translate("main", "Opens the sample.")};
    const QCommandLineOption person{QStringLiteral("as"),
        QCoreApplication::translate("main", "Shows what PERSON of the organisation may see."),
        QStringLiteral("PERSON")};
    parser.addOptions({keyFile, sample, person});
    parser.addPositionalArgument(QStringLiteral("path"),
        QCoreApplication::translate("main", "A ledger, or files to import."),
        QStringLiteral("[path…]"));
    parser.process(application);

    const sluice::SystemClock clock;
    sluice::KeychainVault vault;
    const sluice::WorkspaceEnvironment environment{clock, &vault};
    QSettings settings;
    sluice::SampleLedger sampleLedger{environment, SampleSeed};
    sluice::TaskPool pools;
    const auto language = sluice::ui::SettingStore{settings}.value(sluice::ui::SettingId::Language);
    sluice::ui::installLanguage(application, sluice::ui::languageFor(language, QLocale::system()));
    const auto sessionWatch = sluice::ui::systemSessionWatch();
    sluice::ui::MainWindow window{{pools, environment,
        [&sampleLedger](const sluice::TaskContext& context) { return sampleLedger.make(context); },
        settings, parser.value(person).toStdString(), std::chrono::minutes{10},
        sessionWatch.get()}};
    window.show();
    const QStringList paths = parser.positionalArguments();
    if (parser.isSet(sample))
        window.openSample();
    else if (parser.isSet(keyFile) && !paths.isEmpty())
        window.openWithKeyFile(paths.front(), parser.value(keyFile));
    else
        window.openDropped(paths);
    return QApplication::exec();
}

} // namespace

int main(int argc, char* argv[])
{
    sluice::keepSecretsInThisProcess();
    sluice::Statement::setForbiddenThread(std::this_thread::get_id());
    sluice::keepHeapRoom();
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(
        Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application{argc, argv};
    QCoreApplication::setOrganizationName(QStringLiteral("Sluice"));
    QCoreApplication::setOrganizationDomain(QStringLiteral("sluice.org"));
    QCoreApplication::setApplicationName(QStringLiteral("Sluice"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SLUICE_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.sluice.Sluice"));
    try {
        return run(application);
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "sluice: %s\n", exception.what());
        return 70;
    }
}
