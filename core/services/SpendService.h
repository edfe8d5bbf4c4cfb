// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/Freshness.h"
#include "core/analytics/SpendQuery.h"
#include "core/services/Workspace.h"

#include <map>

namespace sluice {

// One charge as the user sees it: every column of the file by its canonical name, what was attributed to it, and where
// it came from.
struct ChargeView {
    std::string id; // batch, '-', row
    std::string batch;
    BatchKind kind{BatchKind::Billed};
    BusinessDate day;
    Currency currency;
    std::array<std::int64_t, MeasureCount> costs{}; // the principal's share, units of the currency
    std::uint8_t nullCosts{0};
    std::vector<std::pair<std::string, std::string>> columns; // in the file's order; nulls left out
    std::vector<std::pair<std::string, std::string>> attributes; // owner, unit, … with their ids
};

struct ChargePage {
    std::uint64_t revision{0};
    std::vector<ChargeView> rows;
    std::string next; // cursor for `after`; empty at the end
};

struct ChargeQuery {
    SpendQuery filter; // where, period, kind
    std::size_t limit{100};
    std::string after;
    bool withColumns{true}; // false: facts only, without reading the documents
};

// The walk from a figure to the line of the file.
struct Explanation {
    std::uint64_t revision{0};
    ChargeView charge;
    std::string rawLine; // the record's text as in the file; empty where the principal may see a share of it only
    std::uint64_t line{0}; // 1-based, of the file
    DocumentInfo document;
    Batch batch;
    std::string rule; // id of the rule that gave unit or owner; empty: none matched
    std::map<std::string, std::string> rules; // attribute → rule id
    std::uint32_t ruleset{0};
    std::string owner;
    std::vector<Verdict> verdicts; // those that hold for this row

    // The raw line, or why the principal is not shown it.
    [[nodiscard]] std::string shownLine() const;
};

// Questions about money. Every call carries the principal; answers never contain what is outside the scope.
class SpendService {
public:
    explicit SpendService(Workspace& workspace)
        : m_workspace{workspace}
    {
    }

    Result<SpendAnswer> spend(const SpendQuery& query, const SnapshotRequest& at, const Principal& principal, const TaskContext& context) const;
    Result<SpendTree> tree(const SpendQuery& query, const SnapshotRequest& at, const Principal& principal, const TaskContext& context) const;
    // How far the answer to `query` can be relied on, as of today.
    Result<Freshness> freshness(const SpendQuery& query, const Principal& principal, const TaskContext& context) const;
    Result<std::vector<Coverage>> coverage(const SpendQuery& query, const Principal& principal, const TaskContext& context) const;
    Result<ChargePage> charges(const ChargeQuery& query, const Principal& principal, const TaskContext& context) const;
    // OutOfScope for a charge the principal may not see, NotFound for none.
    Result<Explanation> explain(const std::string& chargeId, const Principal& principal, const TaskContext& context) const;

private:
    Status nameRules(Explanation& explanation, const Assignment& assignment) const;

    Workspace& m_workspace;
};

} // namespace sluice
