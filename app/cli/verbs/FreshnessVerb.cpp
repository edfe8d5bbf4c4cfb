// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/FreshnessVerb.h"

#include "app/cli/Options.h"
#include "app/cli/VerbContext.h"
#include "core/services/SpendService.h"

namespace sluice {

VerbInfo FreshnessVerb::info() const
{
    return {"freshness",
        "Whether a period's figures are final, preliminary, missing or not there yet, and which days are missing.",
        "sluice-cli freshness company.sluice --period 2026-09"};
}

void FreshnessVerb::declare(Options& options)
{
    options.argument("LEDGER", m_ledger, "the ledger file");
    m_query.declareFilters(options);
}

Result<ExitCode> FreshnessVerb::run(VerbContext& context)
{
    SLUICE_TRY(const SpendQuestion question, m_query.ask(context, m_ledger));
    const OpenLedger& ledger = question.ledger;
    SLUICE_TRY(const Freshness found,
        SpendService{*ledger.workspace}.freshness(
            question.query, ledger.principal, context.task()));
    const std::string lastDay = found.lastDay ? found.lastDay->toIso() : std::string{};
    Table missing{{{"source", "source"}, {"from", "missing from"}, {"to", "to (exclusive)"}}};
    // The figure's own row is the first, then one for each run of missing days.
    Table all{{{"state", "state"}, {"last_day", "last day"}, {"source", "source"}, {"from", "from"},
        {"to", "to"}}};
    all.addRow({Cell::text(freshnessName(found.state)), Cell::textOrNone(lastDay),
        Cell::textOrNone({}), Cell::textOrNone({}), Cell::textOrNone({})});
    for (const MissingDays& days : found.missing) {
        const std::array<Cell, 3> where{Cell::text(days.source),
            Cell::text(days.days.first.toIso()), Cell::text(days.days.end.toIso())};
        missing.addRow({where[0], where[1], where[2]});
        all.addRow({Cell::text(freshnessName(FreshnessState::Missing)), Cell::textOrNone({}),
            where[0], where[1], where[2]});
    }
    Output& output = context.output();
    output.answer(found.revision, [&](JsonWriter& json) {
        json.member("state", freshnessName(found.state));
        Cell::textOrNone(lastDay).writeJson(json.key("last_day"));
        missing.writeJsonRows(json.key("missing"));
    });
    output.line(std::string{freshnessName(found.state)}
        + (found.lastDay ? ", delivered to " + lastDay : std::string{}));
    if (!found.missing.empty())
        output.peopleTable(missing);
    output.csv(all);
    return ExitCode::Done;
}

} // namespace sluice
