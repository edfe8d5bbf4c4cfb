// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"

#include <cstdint>
#include <string>

namespace sluice {

// A made-up company in a new ledger: the same seed gives the same company.
class DemoVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_ledger;
    std::uint64_t m_seed{7};
    std::string m_today;
    std::string m_truthFile;
};

} // namespace sluice
