// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Int128.h"
#include "ui/charts/HoverCard.h"

#include <QString>

#include <functional>
#include <vector>

namespace sluice::ui {

// Writes an amount, which is a whole number of units of the chart's currency.
using ValueText = std::function<QString(Int128)>;

// What an amount stands for decides how it is drawn: actual solid, prior light, plan an outline,
// forecast hatched.
enum class Scenario : std::uint8_t { Actual, Prior, Plan, Forecast };

// What the caller of a chart says about each thing that can be pointed at.
struct ChartItem {
    QString key;
    QString name;
    QString spoken; // empty: name and value
    std::vector<CardLine> card; // empty: one line with the value
};

// The two ways an amount is written: short in the picture, every digit in copied data.
struct AmountTexts {
    ValueText shown;
    ValueText exact; // empty: as shown

    [[nodiscard]] QString inPicture(Int128 amount) const
    {
        return shown ? shown(amount) : QString{};
    }
    [[nodiscard]] QString inData(Int128 amount) const
    {
        return exact ? exact(amount) : inPicture(amount);
    }
};

} // namespace sluice::ui
