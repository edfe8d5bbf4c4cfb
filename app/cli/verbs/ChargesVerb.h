// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"
#include "app/cli/verbs/QueryOptions.h"

#include <string>

namespace sluice {

// The charges behind a figure, page by page.
class ChargesVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_ledger;
    QueryOptions m_query;
    std::size_t m_limit{100};
    std::string m_after;
};

} // namespace sluice
