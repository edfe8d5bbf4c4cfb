// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"
#include "core/services/Workspace.h"

#include <string>

namespace sluice {

// Makes an empty ledger and prints the recovery code, once.
class InitVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_ledger;
    NewLedger m_wanted;
};

} // namespace sluice
