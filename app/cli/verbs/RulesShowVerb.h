// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"
#include "app/cli/verbs/QueryOptions.h"

#include <string>

namespace sluice {

// The rules of a published version, in order, with what each of them decides.
class RulesShowVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_ledger;
    std::string m_number;
    QueryOptions m_query;
};

} // namespace sluice
