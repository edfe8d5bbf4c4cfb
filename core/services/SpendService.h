// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/FilterText.h"
#include "core/analytics/Findings.h"
#include "core/analytics/Freshness.h"
#include "core/analytics/SpendQuery.h"
#include "core/services/Workspace.h"

#include <map>

namespace sluice {

using NamedValues = std::vector<std::pair<std::string, std::string>>;

// A share of a charge that a rule splits.
struct ChargeShare {
    std::uint32_t weight{1};
    std::array<std::int64_t, MeasureCount> costs{};
    NamedValues attributes; // owner, unit, … with their ids
    // attribute → id of the rule that set it; explain() alone names them
    std::map<std::string, std::string> rules;
};

// What stands for an attribute on which the shares of a charge differ.
inline constexpr std::string_view SplitValue = "(split)";

// One charge as the user sees it: every column of the file by its canonical name with the value
// that the ledger took it for, what was attributed to it, and where it came from.
struct ChargeView {
    std::string id; // batch, '-', row
    std::string batch;
    BatchKind kind{BatchKind::Billed};
    BusinessDate day;
    Currency currency;
    std::array<std::int64_t, MeasureCount> costs{}; // the principal's share, units of the currency
    std::uint8_t nullCosts{0};
    NamedValues columns; // in the file's order; empty: null, or not to be seen of a shared charge
    // of the shares that the row is made of: owner, unit, … with their ids, or SplitValue
    NamedValues attributes;
    // what those of them are called that have a name on that day; without `withColumns` empty
    NamedValues names;
    // of a split charge, all that the principal may see; else empty
    std::vector<ChargeShare> shares;
};

struct SourceFreshness {
    std::string source;
    Freshness freshness;
};

struct ChargePage {
    std::uint64_t revision{0};
    std::vector<ChargeView> rows;
    std::string next; // cursor for `after`; empty at the end
};

struct ChargeQuery {
    SpendQuery filter; // where, period, kind
    SnapshotRequest at;
    std::size_t limit{100};
    std::string after;
    bool withColumns{true}; // false: facts only, without reading the documents
};

// The walk from a figure to the line of the file.
struct Explanation {
    std::uint64_t revision{0};
    ChargeView charge;
    // the record's text as in the file; empty where the principal may see a share of it only
    std::string rawLine;
    std::uint64_t line{0}; // 1-based, of the file
    DocumentInfo document;
    Batch batch;
    std::string supersededBy; // the batch that took its place: it counts no more; else empty
    std::string rule; // id of the rule that gave unit or owner; empty: none matched
    // attribute → rule id, where all shares shown agree on it
    std::map<std::string, std::string> rules;
    std::uint32_t ruleset{0};
    std::string owner;
    // What the import counted for this row. Rules about several rows or about the header are the
    // batch's alone.
    std::vector<Verdict> verdicts;

    // The raw line, or why the principal is not shown it.
    [[nodiscard]] std::string shownLine() const;
};

// Questions about money. Every call carries the principal; answers never contain what is outside
// the scope.
class SpendService {
public:
    explicit SpendService(Workspace& workspace)
        : m_workspace{workspace}
    {
    }

    // The query with a filter that people wrote (FilterText.h), its values looked up in that
    // version of the ledger.
    Result<SpendQuery> filtered(SpendQuery query, const std::vector<FilterTerm>& terms,
        const SnapshotRequest& at, const Principal& principal, const TaskContext& context) const;
    Result<SpendAnswer> spend(const SpendQuery& query, const SnapshotRequest& at,
        const Principal& principal, const TaskContext& context) const;
    Result<SpendTree> tree(const SpendQuery& query, const SnapshotRequest& at,
        const Principal& principal, const TaskContext& context) const;
    // How far the answer to `query` can be relied on, as of today.
    Result<Freshness> freshness(
        const SpendQuery& query, const Principal& principal, const TaskContext& context) const;
    // What the ledger has to say by itself about the spend of `question` (Findings.h), as of today,
    // which this sets.
    Result<FindingsAnswer> findings(
        FindingsQuestion question, const Principal& principal, const TaskContext& context) const;
    // The freshness of each source that the principal has spend of, by name; `query`'s other
    // filters hold. What Today shows beside the figures.
    Result<std::vector<SourceFreshness>> freshnessBySource(
        const SpendQuery& query, const Principal& principal, const TaskContext& context) const;
    Result<std::vector<Coverage>> coverage(const SpendQuery& query, const SnapshotRequest& at,
        const Principal& principal, const TaskContext& context) const;
    Result<ChargePage> charges(
        const ChargeQuery& query, const Principal& principal, const TaskContext& context) const;
    // OutOfScope for a charge the principal may not see, NotFound for none.
    Result<Explanation> explain(
        const std::string& chargeId, const Principal& principal, const TaskContext& context) const;

private:
    Workspace& m_workspace;
};

} // namespace sluice
