// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/kit/MoneyText.h"
#include "ui/kit/TableModel.h"

#include <map>

namespace sluice::ui {

// Sum and count of the values of one column; amounts of each currency for themselves.
class ColumnSums {
public:
    struct Part {
        Int128 sum{0}; // in 10^-scale
        int scale{0};
        std::uint64_t count{0};
        bool exact{true}; // false: it was more than 128 bits hold, and the sum is none
    };

    void add(const TableCell& cell); // a cell without value or number counts nothing
    [[nodiscard]] const std::map<Currency, Part>& parts() const noexcept { return m_parts; }
    // "sum USD 1,204.50, average USD 401.50, count 3"; empty where nothing was added.
    [[nodiscard]] QString text(const MoneyText& money) const;

private:
    std::map<Currency, Part> m_parts; // without currency: of plain numbers
};

// The sums of `columns` over the rows of `ranges`; on a worker where they are many.
Result<std::vector<ColumnSums>> sumsOf(const TableReader& reader,
    const std::vector<RowRange>& ranges, const std::vector<int>& columns,
    const TaskContext& context);

} // namespace sluice::ui
