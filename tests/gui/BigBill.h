// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/gui/Company.h"
#include "tests/support/GuiWatchdog.h"

namespace sluice::test {

// So many rows that the import is still running when its progress is shown.
inline constexpr int BigRows = GuiWatchdog::allowedMs() > 50 ? 400'000 : 2'500'000;

inline QByteArray bigBill()
{
    QByteArray text{BillHeader};
    const QByteArray row = billRow(11, {"1.25", "Inference", "in-large", "ranking", 3});
    text.reserve(text.size() + BigRows * row.size());
    for (int i = 0; i < BigRows; ++i)
        text += row;
    return text;
}

} // namespace sluice::test
