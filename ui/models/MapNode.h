// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/SpendQuery.h"

#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace sluice::ui {

// One place on the spend map: what it is called, what it cost, and what it cost in the period
// before. A group's amount is net: its leaves add up to it. What is drawn of a group are its
// leaves above zero.
struct MapNode {
    std::vector<std::string> path; // values from the first shown dimension down to this one
    QString key; // the path as one text
    QString name;
    Int128 amount{0};
    Int128 drawn{0}; // as area; never below zero
    std::optional<Int128> before; // nothing when no earlier period was asked for
    std::uint64_t charges{0};
    int slot{0}; // category colour
    bool unattributed{false};
    std::vector<MapNode> children;
};

// What the map and its table show: an answer for one currency, two levels deep. The groups add up
// to the total; what is drawn and the credits do so too, so that every amount is in the view once.
// Made on a worker, then never changed.
struct MapView {
    std::uint64_t revision{0};
    Currency currency;
    std::vector<Currency> currencies; // all that the answer has, largest first
    Int128 total{0};
    Int128 drawn{0};
    std::optional<Int128> before;
    std::uint64_t charges{0};
    std::uint64_t chargesElsewhere{0}; // in the other currencies
    std::vector<MapNode> groups; // in the order in which they are drawn; unattributed last
    // The nodes below zero that have none below them, again: listed below the map, not drawn.
    std::vector<MapNode> credits;
};

// Where each group was drawn last, so that it keeps its place when only amounts change. By nesting.
using MapOrder = std::map<std::string, std::vector<std::string>>;

struct MapViewRequest {
    const SpendTree& now;
    const SpendTree* before{nullptr};
    std::string firstDimension; // names of the outer and the inner dimension
    std::string secondDimension;
    std::optional<Currency> currency{}; // the picked one
    Currency ledgers{}; // shown where none is picked and there is anything in it
    MapOrder order{};
    std::string nesting{}; // where in `order`
    std::optional<int> slot{}; // one colour for all: that of the category one has drilled into
};
// The colour of a category for the life of a ledger; nothing for what is none of the eight.
[[nodiscard]] std::optional<int> categorySlot(const std::string& category);
[[nodiscard]] MapView makeMapView(const MapViewRequest& request);
// `order` with the groups of `view` at `nesting` in it: known ones stay where they are, new ones
// follow.
void rememberOrder(MapOrder& order, const std::string& nesting, const MapView& view);

// A dimension's value as people read it: "product_inference" of the category is "Product
// inference", none is "No owner" and the like.
[[nodiscard]] QString valueText(
    const std::string& dimension, const std::string& value, const std::string& name);
// A dimension as people read it: "Cost centre".
[[nodiscard]] QString dimensionText(const std::string& dimension);

} // namespace sluice::ui
