// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"

#include <string>

namespace sluice {

// The money that would change hands under a ruleset.
class RulesPreviewVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_ledger;
    std::string m_file;
    std::string m_effectiveFrom;
};

} // namespace sluice
