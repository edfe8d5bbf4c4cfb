// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"
#include "app/cli/verbs/QueryOptions.h"

#include <string>

namespace sluice {

// Whether a period's figures are final, preliminary or missing, and which source has not delivered
// which days.
class FreshnessVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_ledger;
    QueryOptions m_query;
};

} // namespace sluice
