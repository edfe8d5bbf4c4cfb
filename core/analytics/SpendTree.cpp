// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/SpendQuery.h"

#include <algorithm>
#include <map>

namespace sluice {

namespace {

// The rows of one level of the tree, by the values above them.
using Level = std::map<std::pair<Currency, std::vector<std::string>>, std::vector<SpendRow>>;

// The N largest children and one for the rest, which has no children of its own.
void foldRest(std::vector<SpendNode>& children, std::size_t top)
{
    if (top == 0 || children.size() <= top)
        return;
    SpendNode rest;
    rest.value = OtherValue;
    rest.name = OtherValue;
    rest.currency = children.front().currency;
    for (std::size_t i = top; i < children.size(); ++i) {
        rest.amount += children[i].amount;
        rest.charges += children[i].charges;
    }
    children.resize(top);
    children.push_back(std::move(rest));
}

void addChildren(SpendNode& node, const std::vector<std::string>& path,
    const std::vector<Level>& levels, std::size_t top)
{
    if (path.size() == levels.size())
        return;
    const auto rows = levels[path.size()].find({node.currency, path});
    if (rows == levels[path.size()].end())
        return;
    for (const SpendRow& row : rows->second) {
        SpendNode child;
        child.value = row.values.back();
        child.name = row.names.back().empty() ? child.value : row.names.back();
        child.currency = row.currency;
        child.amount = row.amount;
        child.charges = row.charges;
        node.children.push_back(std::move(child));
    }
    foldRest(node.children, top); // rows come largest first
    for (SpendNode& child : node.children) {
        std::vector<std::string> childPath = path;
        childPath.push_back(child.value);
        addChildren(child, childPath, levels, top);
    }
}

} // namespace

// Each level is a query of its own, so that a split charge counts once in every node that holds one
// of its shares.
Result<SpendTree> spendTree(const LedgerSnapshot& snapshot, const SpendQuery& query,
    const TaskContext& context, const ChargeScan& scan)
{
    SpendTree tree;
    tree.revision = snapshot.revision;
    SpendQuery part = query;
    part.grain.reset();
    part.top = 0;
    std::vector<Level> levels;
    for (std::size_t depth = 0; depth <= query.by.size(); ++depth) {
        part.by.assign(query.by.begin(), query.by.begin() + static_cast<std::ptrdiff_t>(depth));
        SLUICE_TRY(SpendAnswer answer, spend(snapshot, part, context, scan));
        if (depth == 0) {
            for (const SpendTotal& total : answer.totals) {
                SpendNode root;
                root.currency = total.currency;
                root.amount = total.amount;
                root.charges = total.charges;
                tree.roots.push_back(std::move(root));
            }
            continue;
        }
        Level& level = levels.emplace_back();
        for (SpendRow& row : answer.rows) {
            std::vector<std::string> above{row.values.begin(), row.values.end() - 1};
            level[{row.currency, std::move(above)}].push_back(std::move(row));
        }
    }
    for (SpendNode& root : tree.roots)
        addChildren(root, {}, levels, query.top);
    return tree;
}

} // namespace sluice
