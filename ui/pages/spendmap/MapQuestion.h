// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/SpendService.h"
#include "ui/models/MapNode.h"
#include "ui/pages/ViewContext.h"

#include <memory>

namespace sluice::ui {

// A way to nest the map, from the outside in.
struct MapNesting {
    const char* title; // QT_TRANSLATE_NOOP("MapNesting", …)
    std::vector<std::string> dimensions;
};
[[nodiscard]] const std::vector<MapNesting>& mapNestings();
// What is left of a nesting below a drill; never empty: at its end the last dimension stays.
[[nodiscard]] std::vector<std::string> dimensionsBelow(
    const MapNesting& nesting, const std::vector<DrillStep>& drill);

// What the map asks the ledger: values only, so that it can go to a worker.
struct MapQuestion {
    SpendQuery query; // period, measure, kind, drill
    std::vector<std::string> dimensions; // those of the nesting that are not drilled through yet
    std::optional<Period> before; // to compare with
    std::optional<Currency> currency; // that was picked
    Currency ledgers; // else this one
    MapOrder order;
    std::string nesting; // for the order
    std::optional<int> slot; // colour of the category that one has drilled into
};

struct MapAnswer {
    std::shared_ptr<const MapView> view;
    std::string outer; // the dimensions that are shown; inner is empty at the last level
    std::string inner;
    std::vector<Coverage> coverage; // of the view's currency
    MapOrder order;
};

// Runs on a worker. A level at which nothing has a value is passed over, so that a ledger without
// an organisation shows vendors and models instead of one tile "None" in each category.
[[nodiscard]] Result<MapAnswer> askMap(const SpendService& service, const MapQuestion& question,
    const Principal& principal, const TaskContext& context);

} // namespace sluice::ui
