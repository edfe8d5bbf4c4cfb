// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"
#include "core/base/Result.h"
#include "core/ledger/Measure.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace sluice {

// One file as a provider would deliver it, to be imported as any other file.
struct DemoDelivery {
    std::string source;
    BatchKind kind{BatchKind::Billed};
    std::string fileName;
    std::string csv; // FOCUS 1.2
};

// An invented company, the Marlow Group, with 24 months of spend on AI that ends the day before
// `today`: four clouds, three model providers, seats, cards, invoices, people's review time,
// estimates of a gateway, orders. What a real one has is planted: untidy tags, a re-organisation, a
// restated month, credits, refunds, taxes, two currencies, and incidents whose money is known. The
// same seed and day give the same bytes. Amounts are integers throughout.
class DemoCompany {
public:
    struct Options {
        bool incidents{true}; // without them: the same company on its quiet days, for comparison
    };

    DemoCompany(std::uint64_t seed, BusinessDate today, Options options);
    DemoCompany(std::uint64_t seed, BusinessDate today)
        : DemoCompany{seed, today, Options{}}
    {
    }
    ~DemoCompany();

    [[nodiscard]] BusinessDate firstDay() const noexcept;
    [[nodiscard]] std::string organisationCsv() const;
    [[nodiscard]] std::string rulesetJson() const; // extends the default rules

    // Hands over one delivery after the other, in the order of their dates, each made when it is
    // its turn. Stops at the first error of `take`. Call once.
    Status deliver(const std::function<Status(const DemoDelivery&)>& take);

    // After deliver(): {"incidents": [{"kind", "scope": {dimension: value}, "first_day",
    // "last_day", "money", "currency"}]}. Money is what the incident added to the billed cost of
    // its days (negative: took away).
    [[nodiscard]] std::string truthJson() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sluice
