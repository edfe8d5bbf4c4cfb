// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace sluice::ui {

// One line of tab-separated text with its end. Tabs and line ends inside a cell become blanks.
[[nodiscard]] QString tsvLine(QStringList cells);

} // namespace sluice::ui
