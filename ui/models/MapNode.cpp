// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/MapNode.h"

#include "core/ledger/SpendCategory.h"
#include "ui/models/ShownCurrency.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>
#include <ranges>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("MapNode", text);
}

const SpendNode* find(const std::vector<SpendNode>& nodes, const std::string& value)
{
    const auto found = std::ranges::find(nodes, value, &SpendNode::value);
    return found == nodes.end() ? nullptr : &*found;
}

const SpendNode* rootOf(const SpendTree& tree, Currency currency)
{
    const auto found = std::ranges::find(tree.roots, currency, &SpendNode::currency);
    return found == tree.roots.end() ? nullptr : &*found;
}

struct Nesting {
    std::string dimension;
    std::vector<std::string> path;
    bool compared{false};
};

MapNode toNode(const SpendNode& node, const SpendNode* before, const Nesting& nesting)
{
    MapNode out;
    out.path = nesting.path;
    out.path.push_back(node.value);
    for (const std::string& value : out.path)
        out.key += (out.key.isEmpty() ? QString{} : QString{QChar{0x1F}})
            + QString::fromStdString(value);
    out.name = valueText(nesting.dimension, node.value, node.name);
    out.amount = node.amount;
    out.drawn = std::max(node.amount, Int128{0});
    if (nesting.compared)
        out.before = before ? before->amount : Int128{0};
    out.charges = node.charges;
    out.unattributed = node.value == NoValue;
    return out;
}

int slotOf(const std::string& dimension, const std::string& value, std::size_t place)
{
    if (dimension == "category") {
        if (const auto slot = categorySlot(value))
            return *slot;
    }
    return static_cast<int>(place % SpendCategories.size());
}

// Known groups first, in the order they had; new ones by what is drawn of them; unattributed last.
void arrange(std::vector<MapNode>& groups, const std::vector<std::string>* known)
{
    std::ranges::stable_sort(groups, std::greater{}, [](const MapNode& node) {
        return std::pair{node.drawn, node.amount};
    });
    if (known) {
        std::ranges::stable_sort(groups, {}, [known](const MapNode& node) {
            return std::ranges::find(*known, node.path.back()) - known->begin();
        });
    }
    // clang 14 cannot read the one of std::ranges
    std::stable_partition(
        groups.begin(), groups.end(), [](const MapNode& node) { return !node.unattributed; });
}

Int128 drawnOf(const std::vector<MapNode>& nodes)
{
    return std::accumulate(nodes.begin(), nodes.end(), Int128{0},
        [](Int128 sum, const MapNode& node) { return sum + node.drawn; });
}

void listCredits(const MapNode& group, std::vector<MapNode>& credits)
{
    const auto below = [](const MapNode& node) { return node.amount < 0; };
    if (group.children.empty() && below(group))
        credits.push_back(group);
    std::ranges::copy_if(group.children, std::back_inserter(credits), below);
}

} // namespace

std::optional<int> categorySlot(const std::string& category)
{
    const auto found = std::ranges::find(SpendCategories, category);
    return found == SpendCategories.end()
        ? std::nullopt
        : std::optional{static_cast<int>(found - SpendCategories.begin())};
}

MapView makeMapView(const MapViewRequest& request)
{
    MapView view;
    view.revision = request.now.revision;
    std::vector<std::pair<Currency, Int128>> amounts;
    for (const SpendNode& root : request.now.roots)
        amounts.emplace_back(root.currency, root.amount);
    view.currencies = largestFirst(std::move(amounts));
    if (view.currencies.empty())
        return view;
    view.currency = shownCurrency(view.currencies, request.currency, request.ledgers);
    const SpendNode& root = *rootOf(request.now, view.currency);
    const SpendNode* past = request.before ? rootOf(*request.before, view.currency) : nullptr;
    const bool compared = request.before != nullptr;
    view.total = root.amount;
    view.charges = root.charges;
    for (const SpendNode& other : request.now.roots)
        view.chargesElsewhere += other.currency == view.currency ? 0 : other.charges;
    if (compared)
        view.before = past ? past->amount : Int128{0};
    for (const SpendNode& node : root.children) {
        const SpendNode* earlier = past ? find(past->children, node.value) : nullptr;
        MapNode group = toNode(node, earlier, {request.firstDimension, {}, compared});
        for (const SpendNode& child : node.children) {
            group.children.push_back(
                toNode(child, earlier ? find(earlier->children, child.value) : nullptr,
                    {request.secondDimension, group.path, compared}));
        }
        if (!group.children.empty())
            group.drawn = drawnOf(group.children);
        arrange(group.children, nullptr);
        listCredits(group, view.credits);
        view.groups.push_back(std::move(group));
    }
    view.drawn = drawnOf(view.groups);
    const auto known = request.order.find(request.nesting);
    arrange(view.groups, known == request.order.end() ? nullptr : &known->second);
    for (std::size_t i = 0; i < view.groups.size(); ++i) {
        view.groups[i].slot = request.slot
            ? *request.slot
            : slotOf(request.firstDimension, view.groups[i].path.back(), i);
        for (MapNode& leaf : view.groups[i].children)
            leaf.slot = view.groups[i].slot;
    }
    std::ranges::stable_sort(view.credits, {}, &MapNode::amount);
    return view;
}

void rememberOrder(MapOrder& order, const std::string& nesting, const MapView& view)
{
    std::vector<std::string>& known = order[nesting];
    for (const MapNode& group : view.groups) {
        if (std::ranges::find(known, group.path.back()) == known.end())
            known.push_back(group.path.back());
    }
}

QString valueText(const std::string& dimension, const std::string& value, const std::string& name)
{
    if (value == NoValue) {
        static const std::map<std::string, const char*, std::less<>> none{
            {"category", QT_TRANSLATE_NOOP("MapNode", "Unattributed")},
            {"owner", QT_TRANSLATE_NOOP("MapNode", "No owner")},
            {"unit", QT_TRANSLATE_NOOP("MapNode", "No unit")},
            {"workflow", QT_TRANSLATE_NOOP("MapNode", "No workflow")},
            {"cost_centre", QT_TRANSLATE_NOOP("MapNode", "No cost centre")},
            {"vendor", QT_TRANSLATE_NOOP("MapNode", "No vendor")},
            {"model", QT_TRANSLATE_NOOP("MapNode", "No model")},
        };
        const auto found = none.find(dimension);
        return found == none.end() ? tr("None") : tr(found->second);
    }
    if (dimension == "category" && (name.empty() || name == value)) {
        QString text = QString::fromStdString(value).replace(u'_', u' ');
        if (!text.isEmpty())
            text[0] = text[0].toUpper();
        return text;
    }
    return QString::fromStdString(name.empty() ? value : name);
}

QString dimensionText(const std::string& dimension)
{
    static const std::map<std::string, const char*, std::less<>> names{
        {"category", QT_TRANSLATE_NOOP("MapNode", "Category")},
        {"unit", QT_TRANSLATE_NOOP("MapNode", "Unit")},
        {"workflow", QT_TRANSLATE_NOOP("MapNode", "Workflow")},
        {"vendor", QT_TRANSLATE_NOOP("MapNode", "Vendor")},
        {"model", QT_TRANSLATE_NOOP("MapNode", "Model")},
        {"owner", QT_TRANSLATE_NOOP("MapNode", "Owner")},
        {"cost_centre", QT_TRANSLATE_NOOP("MapNode", "Cost centre")},
        {"service", QT_TRANSLATE_NOOP("MapNode", "Service")},
        {"provider", QT_TRANSLATE_NOOP("MapNode", "Provider")},
        {"app", QT_TRANSLATE_NOOP("MapNode", "App")},
        {"environment", QT_TRANSLATE_NOOP("MapNode", "Environment")},
        {"sku", QT_TRANSLATE_NOOP("MapNode", "SKU")},
        {"region", QT_TRANSLATE_NOOP("MapNode", "Region")},
    };
    const auto found = names.find(dimension);
    return found == names.end() ? QString::fromStdString(dimension) : tr(found->second);
}

} // namespace sluice::ui
