// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/SecureBytes.h"

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <string>

namespace sluice::test {

inline bool hasSecondEngine()
{
    return !QStringLiteral(SLUICE_SECOND_ENGINE).isEmpty();
}

// Runs statements on a ledger with genuine SQLCipher: the first column of the first row of each, a
// line each; or "failed: " and the reason.
inline QByteArray runSecondEngine(
    const std::string& path, const SecureBytes& key, const QStringList& statements)
{
    const QByteArray hex
        = QByteArray{reinterpret_cast<const char*>(key.data()), static_cast<qsizetype>(key.size())}
              .toHex();
    QProcess process;
    process.start(QStringLiteral(SLUICE_SECOND_ENGINE),
        QStringList{QString::fromStdString(path), QString::fromLatin1(hex)} + statements);
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit
        || process.exitCode() != 0)
        return "failed: " + process.readAllStandardError();
    return process.readAllStandardOutput();
}

} // namespace sluice::test
