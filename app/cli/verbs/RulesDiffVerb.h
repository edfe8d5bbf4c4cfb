// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"

#include <string>

namespace sluice {

// What a version of the rules changed against another one.
class RulesDiffVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_ledger;
    std::string m_before;
    std::string m_after;
};

} // namespace sluice
