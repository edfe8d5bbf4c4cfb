// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/charts/ChartSamples.h"
#include "ui/charts/TreemapPlan.h"

namespace sluice::test {

inline ui::TreemapItem sampleTile(
    const QString& key, const QString& name, Int128 amount, int slot, int coverage)
{
    ui::TreemapItem item;
    item.key = key;
    item.name = name;
    item.amount = amount;
    item.value = dollarTexts().inPicture(amount);
    item.spoken = name + QStringLiteral(", ") + item.value;
    item.slot = slot;
    item.owned = amount * coverage / 100;
    item.ownedNote = QStringLiteral("%1 % owned").arg(coverage);
    return item;
}

// Groups of up to six workflows whose share with an owner goes from none to all.
inline std::vector<ui::TreemapItem> sampleTiles(const SampleShape& shape)
{
    static constexpr std::array<int, 7> Coverage{100, 92, 75, 50, 25, 3, 0};
    SeededRandom random{23};
    std::vector<ui::TreemapItem> groups;
    for (std::size_t i = 0; i < shape.items; ++i) {
        const std::size_t at = i % 6;
        const std::size_t group = shape.items > 60 ? i % 6 : i / 6;
        if (group == groups.size())
            groups.push_back(sampleTile(QStringLiteral("g%1").arg(group),
                nameOf(group + 3, shape.german), 0, static_cast<int>(group), 80));
        const Int128 amount = sampleAmount(random, at, shape);
        ui::TreemapItem& parent = groups[group];
        parent.children.push_back(sampleTile(parent.key + QStringLiteral("/%1").arg(i),
            nameOf(i, shape.german), amount, static_cast<int>(group), Coverage[i % 7]));
        parent.amount += amount;
    }
    for (ui::TreemapItem& group : groups) {
        std::ranges::sort(group.children, std::greater{}, &ui::TreemapItem::amount);
        group.value = dollarTexts().inPicture(group.amount);
    }
    return groups;
}

} // namespace sluice::test
