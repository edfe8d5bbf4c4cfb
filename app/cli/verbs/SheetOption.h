// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/VerbContext.h"

#include <functional>
#include <string>

namespace sluice {

class Options;

// "--xlsx FILE": the answer as a spreadsheet, beside what is printed.
class SheetOption {
public:
    void declare(Options& options);
    [[nodiscard]] bool isWanted() const noexcept { return !m_path.empty(); }

    // What stands above the table.
    struct Caption {
        std::string title;
        std::string filter;
        std::uint64_t revision{0};
    };
    // Nothing where the option was not given.
    Status write(const VerbContext& context, const Table& table, const Caption& caption) const;
    // The same with rows that are pulled, for tables that need not fit the memory.
    Status write(const VerbContext& context, const std::vector<std::string>& columns,
        const TableSheet::Next& next, const Caption& caption) const;

private:
    Status writeSheet(const VerbContext& context, TableSheet sheet, const Caption& caption) const;

    std::string m_path;
};

} // namespace sluice
