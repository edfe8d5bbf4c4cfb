// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"
#include "app/cli/verbs/QueryOptions.h"

#include <string>

namespace sluice {

// What a ledger has to say by itself: what nobody owns, what moved, what is missing, what the rules
// found.
class FindingsVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_ledger;
    QueryOptions m_query;
    std::size_t m_limit{10};
};

} // namespace sluice
