// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"

#include <string>

namespace sluice {

// What each rule of FOCUS says about a file. Needs no ledger.
class ValidateVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_file;
    std::string m_rules;
    bool m_all{false};
};

} // namespace sluice
