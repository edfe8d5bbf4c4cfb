// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Decimal.h"
#include "core/base/Random.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::test {

// Writes a FOCUS 1.2 cost export of one company as CSV: 57 columns, about 700 bytes a row, cloud
// and model providers, hourly and daily charges, commitments, credits and taxes, tags. The same
// options give the same bytes. Amounts are exact to ten digits. A row is made in about a
// microsecond, so that the generator never is what a bench measures.
class FocusGenerator {
public:
    struct Options {
        std::uint64_t rows{1'000'000};
        std::uint64_t seed{1};
        int days{92};
        std::string firstDay{"2025-04-01"};
    };
    struct Totals {
        std::uint64_t rows{0};
        std::uint64_t bytes{0};
        Int128 billed{0}; // of 10^-10
        Int128 effective{0};
        Int128 list{0};
        Int128 contracted{0};
    };
    using Sink = std::function<void(std::string_view)>;

    explicit FocusGenerator(Options options);
    ~FocusGenerator();

    // The header and all rows, in pieces of about a megabyte.
    Totals write(const Sink& sink);

private:
    struct Offer; // what is bought: one SKU of one provider
    struct Charge; // one row's numbers

    void makeClouds();
    void makeModels();
    void makeCalendar();
    void makeResources();
    Charge drawCharge(const Offer& offer);
    void appendRow(std::string& out, const Offer& offer, const Charge& charge) const;
    [[nodiscard]] std::size_t drawHour();
    [[nodiscard]] std::string word(int length);
    [[nodiscard]] double normal();

    Options m_options;
    SeededRandom m_random;
    std::vector<Offer> m_offers;
    std::vector<std::size_t> m_modelOffers; // indices of m_offers
    std::vector<std::size_t> m_cloudOffers;
    std::vector<std::string> m_hours; // text of each hour, one day more than asked
    std::vector<std::uint32_t> m_monthOfHour;
    std::vector<std::string> m_months; // start of each billing period, one more than asked
    std::vector<double> m_cumulativeLoad; // of the hours: working days and office hours weigh more
    std::vector<std::string> m_resources;
    std::vector<std::string> m_cloudTags;
    std::vector<std::string> m_accounts;
    std::vector<std::string> m_accountNames;
};

} // namespace sluice::test
