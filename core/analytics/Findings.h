// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/SpendQuery.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// What a ledger has to say by itself, before anybody asks: data for sentences, not sentences.
enum class FindingKind : std::uint8_t {
    Unowned, // spend without an owner
    Unassigned, // without a cost centre, workflow or category: Finding::attribute says which
    Mover, // more or less than in the period before
    NewSpend, // nothing of it in the period before
    VanishedSpend, // nothing of it any more
    Missing, // days that a source has not delivered
    RuleFinding, // rows that count, though they break a rule
    Quarantined, // rows that are held back
    Beside, // two deliveries for days of one account, both of which count
    Preliminary, // of billing periods that are not over: it may still be restated
    Credit, // what was credited
};
std::string_view findingKindName(FindingKind kind); // "new_spend"

// A value of a dimension that a finding is about.
struct FindingPlace {
    std::string dimension;
    std::string value; // NoValue for none
    std::string name; // of an object of the organisation; else empty
    bool operator==(const FindingPlace&) const = default;
};

struct Finding {
    FindingKind kind{FindingKind::Unowned};
    std::optional<Attribute> attribute;
    std::vector<FindingPlace> about;
    // Units of the currency, by the question's measure. Nothing: it is not known how much money it
    // is about. Of deliveries beside each other: what counts twice at most.
    std::optional<Currency> currency;
    Int128 amount{0};
    Int128 before{0}; // in the period before; of movers, new and vanished spend alone
    std::uint64_t charges{0};
    // Of the files: rows that break the rule, or are held back.
    std::uint64_t rows{0};
    std::string rule;
    std::string column;
    std::string sample;
    std::string fix;
    std::uint64_t firstLine{0};
    // The first day and the day after the last of what it is about.
    std::optional<Period> days;
    // Of a movement: a source of it has not delivered all days of the two periods.
    bool isUncertain{false};
    // The spend that it is about: its figure and its charges prove the finding. Without dimensions.
    SpendQuery query;

    // What it would change if it were settled.
    [[nodiscard]] Int128 stake() const noexcept
    {
        const Int128 change = amount - before;
        return change < 0 ? -change : change;
    }
};

// All findings of a kind, those that are not listed included. In one currency, or of no known
// amount.
struct FindingSum {
    FindingKind kind{FindingKind::Unowned};
    std::optional<Attribute> attribute;
    std::optional<Currency> currency;
    Int128 amount{0};
    std::uint64_t charges{0};
    std::uint64_t rows{0};
    std::uint64_t findings{0};
};

struct FindingsQuestion {
    // Period, filters, measure and kind. Without a period the findings are of all days, and
    // movements those of the last month with charges.
    SpendQuery query;
    // What movements are held against; nothing: the period before (previousPeriod).
    std::optional<Period> before;
    BusinessDate today; // the first day that nobody expects charges of yet
    std::size_t perKind{10}; // listed of each kind, attribute and currency; 0: all
};

struct FindingsAnswer {
    std::uint64_t revision{0};
    // The days that movements compare; none: there is nothing before to compare with. A period that
    // is not over is compared as far as it was delivered, with as many days of the one before.
    std::optional<Period> compared;
    std::optional<Period> before;
    struct Total {
        Currency currency;
        Int128 amount{0}; // of the question's period
        Int128 compared{0};
        Int128 before{0};
    };
    std::vector<Total> totals; // the ledger's own currency first
    std::vector<FindingSum> sums; // by kind, attribute, currency
    // The ledger's own currency first, then the others by code, what has no known amount last; by
    // stake, descending.
    std::vector<Finding> findings;
};

// As many calendar months before, where the period is made of whole months; else as many days.
Period previousPeriod(const Period& period);

// What is found in the spend that `question` asks for, as the principal of `snapshot` sees it.
// `whole` is the unscoped ledger of the same revision; `batches` are its batches (newest readings),
// whose verdicts are told to those who see everything alone. Nothing is added up across currencies
// or kinds of number. Pure, any thread; looks at the stop token at least every 50 ms. `scan` as
// for spend().
Result<FindingsAnswer> findings(const LedgerSnapshot& whole, const LedgerSnapshot& snapshot,
    std::span<const Batch> batches, const FindingsQuestion& question, const TaskContext& context,
    const ChargeScan& scan = {});

} // namespace sluice
