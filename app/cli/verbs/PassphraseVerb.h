// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"

#include <string>

namespace sluice {

// Gives a ledger another passphrase.
class PassphraseVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_ledger;
    std::string m_file;
};

} // namespace sluice
