// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/Treemap.h"
#include "ui/kit/MoneyText.h"
#include "ui/models/MapNode.h"

namespace sluice::ui {

// What is drawn of the view as tiles: texts, colours, the sentence a screen reader says, the lines
// of the hover card. Pure.
[[nodiscard]] std::vector<TreemapItem> mapTiles(
    const MapView& view, const MoneyText& money, const QString& beforeName);

} // namespace sluice::ui
