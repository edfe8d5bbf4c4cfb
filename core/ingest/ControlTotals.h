// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/RowMapper.h"
#include "core/ledger/Batch.h"

#include <vector>

namespace sluice {

// Adds up what the file says and what the ledger takes, exactly, per currency and cost column.
class ControlTotals {
public:
    void add(const MappedRow& row);
    // by currency, then column; a residual is never rounded
    [[nodiscard]] std::vector<ControlTotal> totals() const;

private:
    struct PerCurrency {
        Currency currency;
        std::array<DecimalSum, MeasureCount> file;
        std::array<DecimalSum, MeasureCount> accepted;
        std::array<Int128, MeasureCount> ledger{};
    };
    PerCurrency& of(Currency currency);

    std::vector<PerCurrency> m_currencies;
    std::size_t m_last{0};
};

} // namespace sluice
