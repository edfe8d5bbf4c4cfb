// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QTest>

namespace sluice::test {

// Any warning fails the test, but for what the offscreen platform says about itself.
inline void failOnWarnings()
{
    QTest::failOnWarning(QRegularExpression{QStringLiteral("^(?!This plugin does not support)")});
}

} // namespace sluice::test
