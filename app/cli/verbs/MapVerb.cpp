// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/MapVerb.h"

#include "app/cli/Options.h"
#include "core/base/Money.h"
#include "core/services/SpendService.h"

namespace sluice {

namespace {

// The root is no value of any dimension.
std::string_view nameOf(const SpendNode& node)
{
    return node.name.empty() ? std::string_view{"total"} : std::string_view{node.name};
}

void writeNode(JsonWriter& json, const SpendNode& node)
{
    json.beginObject()
        .member("name", nameOf(node))
        .member("value", node.value)
        .member("currency", node.currency.code());
    json.member("amount", amountText(node.amount, node.currency))
        .countMember("charges", node.charges);
    json.key("children").beginArray();
    for (const SpendNode& child : node.children)
        writeNode(json, child);
    json.endArray().endObject();
}

// The share of `part` in `whole`: "0.123456", to people "12.3 %"; none, to people a dash, when the
// whole is nothing.
Cell shareCell(Int128 part, Int128 whole)
{
    if (whole == 0)
        return Cell::shownAs(Cell::none(), "–");
    const Int128 tenths = divideRounded(part * 1000, whole, Rounding::HalfUp);
    const Int128 millionths = divideRounded(part * 1'000'000, whole, Rounding::HalfUp);
    return Cell::shownAs(
        Cell::decimal(toStringFixed({millionths, 6})), toStringFixed({tenths, 1}) + " %");
}

void addNode(Table& table, const SpendNode& node, const SpendNode& root, std::size_t depth)
{
    table.addRow(
        {Cell::shownAs(Cell::text(nameOf(node)), std::string(2 * depth, ' ').append(nameOf(node))),
            Cell::text(node.value), Cell::text(node.currency.code()),
            Cell::amount(node.amount, node.currency), shareCell(node.amount, root.amount),
            Cell::count(node.charges), Cell::count(depth)});
    for (const SpendNode& child : node.children)
        addNode(table, child, root, depth + 1);
}

} // namespace

VerbInfo MapVerb::info() const
{
    return {"map", "The spend map as a tree: where the money goes, from the whole company down.",
        "sluice-cli map company.sluice --nest category,unit,workflow --period 2026-Q3",
        dimensionNotes()};
}

void MapVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.list(
        {"--nest", "DIM,DIM…", "dimensions from the root down (category,unit,workflow)"}, m_nest);
    options.count({"--top", "N", "the N largest of each level, and one for the rest"}, m_top);
    m_query.declareFilters(options);
    m_query.declareMeasure(options);
    m_sheet.declare(options);
}

Result<ExitCode> MapVerb::run(VerbContext& context)
{
    SLUICE_TRY(const std::vector<Dimension> nest, parseDimensions(m_nest));
    SLUICE_TRY(SpendQuestion question, m_query.ask(context, m_ledger));
    SpendQuery& query = question.query;
    query.by = nest;
    query.top = m_top;
    SLUICE_TRY(const SpendTree tree,
        SpendService{*question.ledger.workspace}.tree(
            query, question.at, question.ledger.principal, context.task()));
    Table table{{{"name", "name"}, {"value", ""}, {"currency", "currency"},
        {"amount", std::string{measureName(query.measure)}}, {"share", "share"},
        {"charges", "charges"}, {"depth", ""}}};
    for (const SpendNode& root : tree.roots)
        addNode(table, root, root, 0);
    Output& output = context.output();
    output.answer(tree.revision, [&](JsonWriter& json) {
        json.key("roots").beginArray();
        for (const SpendNode& root : tree.roots)
            writeNode(json, root);
        json.endArray();
    });
    output.table(table);
    if (table.empty())
        output.note("No charges match.");
    SLUICE_TRY_DO(m_sheet.write(context, table, {"Spend map", m_query.sentence(), tree.revision}));
    return ExitCode::Done;
}

} // namespace sluice
