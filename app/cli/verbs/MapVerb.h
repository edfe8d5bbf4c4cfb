// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"
#include "app/cli/verbs/QueryOptions.h"
#include "app/cli/verbs/SheetOption.h"

#include <string>
#include <vector>

namespace sluice {

// The spend map as a tree.
class MapVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_ledger;
    QueryOptions m_query;
    SheetOption m_sheet;
    std::vector<std::string> m_nest{"category", "unit", "workflow"};
    std::size_t m_top{0};
};

} // namespace sluice
