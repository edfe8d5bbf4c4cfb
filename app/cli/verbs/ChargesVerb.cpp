// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/ChargesVerb.h"

#include "app/cli/Options.h"
#include "app/cli/verbs/ChargeText.h"

#include <unordered_map>

namespace sluice {

namespace {

constexpr std::size_t SheetPage = 2000; // charges that are in memory at a time

// The charges of the question from its first to its last, page by page.
class ChargeStream {
public:
    ChargeStream(const OpenLedger& ledger, ChargeQuery query)
        : m_ledger{ledger}
        , m_query{std::move(query)}
    {
        m_query.limit = SheetPage;
    }
    // Null after the last one.
    Result<const ChargeView*> next(const TaskContext& context)
    {
        if (m_at == m_page.rows.size()) {
            if (m_begun && m_page.next.empty())
                return nullptr;
            m_query.after = m_page.next;
            SLUICE_TRY(m_page,
                SpendService{*m_ledger.workspace}.charges(m_query, m_ledger.principal, context));
            m_begun = true;
            m_at = 0;
            if (m_page.rows.empty())
                return nullptr;
        }
        return &m_page.rows[m_at++];
    }

private:
    const OpenLedger& m_ledger;
    ChargeQuery m_query;
    ChargePage m_page;
    std::size_t m_at{0};
    bool m_begun{false};
};

} // namespace

VerbInfo ChargesVerb::info() const
{
    return {"charges", "The charges behind a figure, page by page, with every column of the file.",
        "sluice-cli charges company.sluice --where unit=platform --from 2026-09-01 --to 2026-10-01 --limit 50",
        "The shares of a split charge add up to it exactly; each is rounded to the ledger's unit, up or\n"
        "down by turns, so that the shares of n charges are less than n units from the exact sum."};
}

void ChargesVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    options.count({"--limit", "N", "rows of a page (100)"}, m_limit);
    options.option(
        {"--after", "CURSOR", "go on after this cursor: 'next' of the page before"}, m_after);
    m_query.declareFilters(options);
    m_query.declareVersion(options);
    m_sheet.declare(options);
}

Result<ExitCode> ChargesVerb::run(VerbContext& context)
{
    SLUICE_TRY(SpendQuestion question, m_query.ask(context, m_ledger));
    ChargeQuery query;
    query.filter = std::move(question.query);
    query.at = question.at;
    query.limit = m_limit;
    query.after = m_after;
    SLUICE_TRY(const ChargePage page,
        SpendService{*question.ledger.workspace}.charges(
            query, question.ledger.principal, context.task()));
    const Table table = chargeTable(page.rows);
    Output& output = context.output();
    output.answer(page.revision, [&](JsonWriter& json) {
        writeCharges(json.key("rows"), page.rows);
        Cell::textOrNone(page.next).writeJson(json.key("next"));
    });
    output.table(table);
    if (table.empty())
        output.note("No charges match.");
    else if (!page.next.empty())
        output.note("There are more: --after " + page.next);
    if (m_sheet.isWanted())
        SLUICE_TRY_DO(writeSheet(context, question.ledger, std::move(query), page.revision));
    return ExitCode::Done;
}

// All of the filter, whatever the page. Columns differ from charge to charge and stand above the
// rows: the charges are read twice, once for what columns they have.
Status ChargesVerb::writeSheet(const VerbContext& context, const OpenLedger& ledger,
    ChargeQuery query, std::uint64_t revision) const
{
    query.after.clear();
    std::vector<std::string> columns;
    std::unordered_map<std::string, std::size_t> places;
    const auto addColumns = [&](const ChargeView& charge) {
        for (const NamedCell& named : cellsOf(charge)) {
            if (places.emplace(named.name, columns.size()).second)
                columns.push_back(named.name);
        }
    };
    addColumns({}); // what every charge has
    ChargeStream first{ledger, query};
    while (true) {
        SLUICE_TRY(const ChargeView* charge, first.next(context.task()));
        if (!charge)
            break;
        addColumns(*charge);
    }
    const auto next = [&, stream = std::make_shared<ChargeStream>(ledger, query)](
                          TableSheet::Row& row, const TaskContext& task) -> Result<bool> {
        SLUICE_TRY(const ChargeView* charge, stream->next(task));
        if (!charge)
            return false;
        row.assign(columns.size(), {});
        for (const NamedCell& named : cellsOf(*charge))
            row[places[named.name]] = named.cell.sheetCell();
        return true;
    };
    return m_sheet.write(context, columns, next, {"Charges", m_query.sentence(), revision});
}

} // namespace sluice
