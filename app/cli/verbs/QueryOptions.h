// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/VerbContext.h"
#include "core/analytics/FilterText.h"

#include <string>
#include <vector>

namespace sluice {

class Options;

// A question about spend, and the ledger that was opened to be asked it.
struct SpendQuestion {
    OpenLedger ledger;
    SpendQuery query; // without dimensions
    SnapshotRequest at;
};

// The options by which several verbs say which spend they are about.
class QueryOptions {
public:
    void declareFilters(Options& options); // period, where, kind
    void declarePeriod(Options& options); // period and kind alone
    void declareMeasure(Options& options); // measure, and those of the version
    void declareMeasureOnly(Options& options);
    void declareVersion(Options& options); // as-of, ruleset

    // Opens the ledger. Usage for an unknown dimension, measure or kind, a period that ends before
    // it begins: a slip is told before the ledger is unlocked.
    Result<SpendQuestion> ask(const VerbContext& context, const std::string& ledger) const;

    // What was asked, as one line for the caption of a file: "period 2026-Q3 · where unit=lab".
    [[nodiscard]] std::string sentence() const;

private:
    void declareDays(Options& options);
    void declareKind(Options& options);
    // What FY26 means depends on the ledger's calendar; not known before it is open.
    using Calendar = std::optional<FiscalCalendar>;
    Result<SpendQuery> query(Calendar calendar) const;
    Result<std::optional<Period>> period(Calendar calendar) const;
    Result<std::optional<Period>> days(Calendar calendar) const;
    Result<SnapshotRequest> snapshot() const;
    Result<std::vector<FilterTerm>> filter(Calendar calendar) const;

    std::string m_period;
    std::string m_from;
    std::string m_to;
    std::vector<std::string> m_where;
    std::string m_filter;
    std::string m_measure{"billed_cost"};
    std::string m_kind{"billed"};
    std::string m_asOf;
    std::optional<std::uint32_t> m_ruleset;
};

// "service", "unit" … with the dimension's name in errors.
Result<std::vector<Dimension>> parseDimensions(const std::vector<std::string>& names);
// What can be asked by, for the help of a verb that asks.
std::string_view dimensionNotes();
// An argument that is a day; the error names the option.
Result<BusinessDate> parseDay(const std::string& option, const std::string& text);
// The same trouble as a wrong use of an option.
Error asUsage(const std::string& option, Error error);

} // namespace sluice
