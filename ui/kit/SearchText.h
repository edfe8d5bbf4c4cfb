// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace sluice::ui {

// As texts of the program are searched: neither case nor accents matter ("gro" finds "Größe").
[[nodiscard]] QString searchFolded(const QString& text);
// The words of what somebody looks for, folded.
[[nodiscard]] QStringList searchWords(const QString& text);

} // namespace sluice::ui
