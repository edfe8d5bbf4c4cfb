// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"
#include "app/cli/verbs/QueryOptions.h"
#include "app/cli/verbs/SheetOption.h"

#include <string>

namespace sluice {

// How much of the spend has an owner, a cost centre, a workflow.
class CoverageVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_ledger;
    QueryOptions m_query;
    SheetOption m_sheet;
};

} // namespace sluice
