// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spendmap/MapTiles.h"

#include <QCoreApplication>

#include <algorithm>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("MapTiles", text);
}

struct Where {
    const MapView& view;
    const MoneyText& money;
    const QString& beforeName;
    const MapNode* parent{nullptr};
    std::size_t place{0};
    std::size_t siblings{0};
};

TreemapItem tile(const MapNode& node, const Where& where)
{
    const MoneyText& money = where.money;
    const Currency currency = where.view.currency;
    TreemapItem item;
    item.key = node.key;
    item.name = node.name;
    item.amount = node.amount;
    item.value = money.compact(node.amount, currency);
    const Int128 credits = node.amount - node.drawn;
    if (credits < 0) // its tiles add up to more than it
        item.value = tr("%1 (credits %2)").arg(item.value, money.compact(credits, currency));
    item.slot = node.slot;
    item.unattributed = node.unattributed;
    const QString share = money.percent(node.amount, where.view.total);
    item.card = {{tr("Spend"), money.withCode(node.amount, currency)}};
    if (credits < 0) {
        item.card.push_back({tr("Drawn here"), money.withCode(node.drawn, currency)});
        item.card.push_back({tr("Credits, not drawn"), money.withCode(credits, currency)});
    }
    item.card.push_back({tr("Share of the total"), share});
    item.card.push_back({tr("Charges"), money.count(node.charges)});
    QString change;
    if (node.before) {
        item.step = changeStep(node.amount, *node.before);
        change = *node.before == 0 ? tr("new") : money.change(node.amount, *node.before);
        item.note = change;
        item.card.push_back({tr("Against %1").arg(where.beforeName), change});
        item.card.push_back({where.beforeName, money.withCode(*node.before, currency)});
    }
    const QString figure = money.compactWithCode(node.amount, currency);
    item.spoken = change.isEmpty() ? tr("%1, %2, %3 of the total").arg(node.name, figure, share)
                                   : tr("%1, %2, %3 of the total, %4 against %5")
                                         .arg(node.name, figure, share, change, where.beforeName);
    if (where.parent)
        item.spoken += tr(", %1 of %2 in %3")
                           .arg(where.place + 1)
                           .arg(where.siblings)
                           .arg(where.parent->name);
    return item;
}

} // namespace

std::vector<TreemapItem> mapTiles(
    const MapView& view, const MoneyText& money, const QString& beforeName)
{
    std::vector<TreemapItem> tiles;
    const auto isDrawn = [](const MapNode& node) { return node.drawn > 0; };
    for (const MapNode& group : view.groups) {
        if (!isDrawn(group))
            continue;
        TreemapItem item = tile(group, {view, money, beforeName});
        const auto siblings
            = static_cast<std::size_t>(std::ranges::count_if(group.children, isDrawn));
        for (const MapNode& leaf : group.children) {
            if (isDrawn(leaf))
                item.children.push_back(
                    tile(leaf, {view, money, beforeName, &group, item.children.size(), siblings}));
        }
        tiles.push_back(std::move(item));
    }
    return tiles;
}

} // namespace sluice::ui
