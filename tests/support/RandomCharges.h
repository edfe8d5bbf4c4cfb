// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Random.h"
#include "core/base/Timestamp.h"
#include "core/ledger/Charge.h"

#include <string>
#include <vector>

namespace sluice::test {

// Charges as cloud exports have them: a few thousand keys, hours in random order over three months,
// costs of ten digits that mostly equal each other, quantity × price = cost, long resource ids of
// which most occur once.
class RandomCharges {
public:
    explicit RandomCharges(std::uint64_t seed, std::uint32_t keys = 8'000)
        : m_random{seed}
    {
        for (std::uint32_t key = 0; key < keys; ++key) {
            m_prices.push_back(m_random.chance(1, 4) ? 0 : m_random.between(1, 200) * 500);
            m_prefixes.push_back("arn:aws:service-" + std::to_string(m_random.below(40))
                + ":region-" + std::to_string(m_random.below(20)) + ":"
                + std::to_string(561'134'494'941 + m_random.below(60) * 7'919) + ":kind-"
                + std::to_string(m_random.below(9)) + "/");
        }
        for (int month = 0; month < 6; ++month)
            m_invoices.push_back("INV-20250" + std::to_string(month) + "-AWS");
    }

    // The texts stay valid for the next five thousand calls.
    Charge next()
    {
        Charge charge;
        charge.row = ++m_row;
        charge.line = m_row + 1;
        // Few keys carry most charges.
        const std::uint64_t bound = 1 + m_random.below(m_prices.size());
        charge.key = static_cast<KeyId>(m_random.below(bound));
        const auto hour = static_cast<std::int64_t>(m_random.below(91 * 24));
        charge.start = FirstSecond + hour * 3'600;
        charge.end = charge.start + (m_random.chance(1, 30) ? Timestamp::SecondsPerDay : 3'600);
        charge.day = static_cast<std::int32_t>(charge.start / Timestamp::SecondsPerDay);
        charge.scope = static_cast<std::uint32_t>(hour / (31 * 24) * 4) + charge.key % 4;
        const auto quantity = m_random.between(1, 1'000'000'000 >> m_random.below(20));
        const std::int64_t price = m_prices[charge.key];
        charge.pricingQuantity.mantissa = quantity;
        charge.pricingQuantity.scale = 10;
        charge.consumedQuantity = charge.pricingQuantity;
        charge.listUnitPrice.mantissa = price;
        charge.listUnitPrice.scale = 6;
        charge.contractedUnitPrice.mantissa = price * 95;
        charge.contractedUnitPrice.scale = 8;
        const auto list
            = static_cast<std::int64_t>(static_cast<Int128>(quantity) * price / 10'000'000);
        const bool covered = m_random.chance(1, 30);
        charge.costs = {covered ? 0 : list, covered ? list * 7 / 10 : list, list, list * 95 / 100};
        charge.resourceId = resource(charge.key);
        charge.invoiceId = m_invoices[charge.scope % m_invoices.size()];
        return charge;
    }

private:
    static constexpr std::int64_t FirstSecond = 1'743'465'600; // 2025-04-01

    std::string_view resource(KeyId key)
    {
        constexpr std::size_t Kept = 8'192;
        constexpr std::size_t Recent = 1'000;
        if (m_made >= Recent && m_random.chance(2, 5))
            return m_resources[(m_made - 1 - m_random.below(Recent)) % Kept];
        std::string text = m_prefixes[key];
        for (int digit = 0; digit < 17; ++digit)
            text.push_back("0123456789abcdef"[m_random.below(16)]);
        m_resources.resize(Kept);
        std::string& place = m_resources[m_made++ % Kept];
        place = std::move(text);
        return place;
    }

    SeededRandom m_random;
    std::uint64_t m_row{0};
    std::size_t m_made{0};
    std::vector<std::int64_t> m_prices;
    std::vector<std::string> m_prefixes;
    std::vector<std::string> m_invoices;
    std::vector<std::string> m_resources;
};

} // namespace sluice::test
