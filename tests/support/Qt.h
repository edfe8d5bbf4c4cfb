// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QTest>

// QVERIFY for a Result or Status: prints the error's sentence when it is not ok.
#define QVERIFY_OK(expression)                                                                     \
    do {                                                                                           \
        if (const auto& qVerifyOk = (expression); !qVerifyOk.ok())                                 \
            QFAIL(::sluice::errorSentence(qVerifyOk.error()).c_str());                             \
    } while (false)

namespace sluice::test {

// A folder of the shared test data, or an empty string where the project stands alone (tests then
// QSKIP).
inline QString sharedPath(const QString& relative)
{
    const QString path = QStringLiteral(SLUICE_SHARED_DIR "/") + relative;
    return QFile::exists(path) ? path : QString{};
}

} // namespace sluice::test
