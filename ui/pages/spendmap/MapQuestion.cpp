// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spendmap/MapQuestion.h"

#include <QtGlobal>

#include <algorithm>

namespace sluice::ui {

namespace {

bool saysNothing(const SpendNode& node)
{
    return node.children.empty()
        || (node.children.size() == 1 && node.children.front().value == NoValue);
}

bool innerSaysNothing(const SpendTree& tree)
{
    return std::ranges::all_of(tree.roots,
        [](const SpendNode& root) { return std::ranges::all_of(root.children, saysNothing); });
}

Result<SpendTree> treeOf(const SpendService& service, SpendQuery query,
    const std::vector<std::string>& by, const Principal& principal, const TaskContext& context)
{
    query.by.clear();
    for (const std::string& name : by) {
        SLUICE_TRY(Dimension dimension, parseDimension(name));
        query.by.push_back(std::move(dimension));
    }
    return service.tree(query, {}, principal, context);
}

} // namespace

const std::vector<MapNesting>& mapNestings()
{
    static const std::vector<MapNesting> nestings{
        {QT_TRANSLATE_NOOP("MapNesting", "Category \u203A Unit \u203A Workflow"),
            {"category", "unit", "workflow", "vendor", "model"}},
        {QT_TRANSLATE_NOOP("MapNesting", "Unit \u203A Category"),
            {"unit", "category", "workflow", "vendor", "model"}},
        {QT_TRANSLATE_NOOP("MapNesting", "Owner \u203A Workflow"),
            {"owner", "workflow", "vendor", "model"}},
        {QT_TRANSLATE_NOOP("MapNesting", "Vendor \u203A Model"),
            {"vendor", "model", "category", "unit"}},
        {QT_TRANSLATE_NOOP("MapNesting", "Provider \u203A Service"),
            {"provider", "service", "sku", "region"}},
    };
    return nestings;
}

std::vector<std::string> dimensionsBelow(
    const MapNesting& nesting, const std::vector<DrillStep>& drill)
{
    const std::vector<std::string>& all = nesting.dimensions;
    std::vector<std::string> below;
    if (drill.empty())
        return all;
    // Dimensions in front of the last one drilled through were passed over: they stay behind.
    const auto last = std::ranges::find(all, drill.back().dimension);
    below.assign(last == all.end() ? all.begin() : last + 1, all.end());
    if (below.empty())
        below.push_back(drill.back().dimension);
    return below;
}

Result<MapAnswer> askMap(const SpendService& service, const MapQuestion& question,
    const Principal& principal, const TaskContext& context)
{
    MapAnswer answer;
    SpendTree tree;
    std::vector<std::string> shown;
    std::vector<std::string> left = question.dimensions;
    while (!left.empty()) {
        shown = {left.front()};
        SLUICE_TRY(tree, treeOf(service, question.query, shown, principal, context));
        const bool empty = std::ranges::all_of(tree.roots, saysNothing);
        if (!empty || left.size() == 1)
            break;
        left.erase(left.begin()); // nothing has a value here
    }
    for (std::size_t inner = 1; inner < left.size() && !tree.roots.empty(); ++inner) {
        SLUICE_TRY(SpendTree deeper,
            treeOf(service, question.query, {left.front(), left[inner]}, principal, context));
        if (innerSaysNothing(deeper) && inner + 1 < left.size())
            continue;
        shown.push_back(left[inner]);
        tree = std::move(deeper);
        break;
    }
    std::optional<SpendTree> before;
    if (question.before) {
        SpendQuery earlier = question.query;
        earlier.period = question.before;
        SLUICE_TRY(before, treeOf(service, earlier, shown, principal, context));
    }
    answer.outer = shown.empty() ? std::string{} : shown.front();
    answer.inner = shown.size() > 1 ? shown[1] : std::string{};
    answer.order = question.order;
    auto view = std::make_shared<MapView>(makeMapView({.now = tree,
        .before = before ? &*before : nullptr,
        .firstDimension = answer.outer,
        .secondDimension = answer.inner,
        .currency = question.currency,
        .ledgers = question.ledgers,
        .order = question.order,
        .nesting = question.nesting + answer.outer,
        .slot = question.slot}));
    rememberOrder(answer.order, question.nesting + answer.outer, *view);
    SLUICE_TRY(answer.coverage, service.coverage(question.query, {}, principal, context));
    std::erase_if(answer.coverage,
        [&view](const Coverage& coverage) { return coverage.currency != view->currency; });
    answer.view = std::move(view);
    return answer;
}

} // namespace sluice::ui
