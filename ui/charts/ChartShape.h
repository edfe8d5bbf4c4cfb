// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/HoverCard.h"

#include <QRectF>
#include <QString>

#include <vector>

namespace sluice::ui {

// A shape of a chart that can be pointed at: with the pointer, with the keyboard, and by a screen
// reader.
struct ChartShape {
    QString key; // what it stands for; the cursor stays on it when the data change
    QString name; // for type-ahead and the card's title
    QString spoken; // the whole sentence of the screen reader
    QRectF rect;
    std::vector<CardLine> card;
};

} // namespace sluice::ui
