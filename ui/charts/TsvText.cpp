// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/TsvText.h"

namespace sluice::ui {

QString tsvLine(QStringList cells)
{
    for (QString& cell : cells)
        cell.replace(u'\t', u' ').replace(u'\n', u' ').replace(u'\r', u' ');
    return cells.join(u'\t') + u'\n';
}

} // namespace sluice::ui
