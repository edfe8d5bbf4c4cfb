// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"
#include "core/services/ImportService.h"

#include <string>

namespace sluice {

// Brings files or deliveries into the ledger, all of them or none.
class ImportVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_ledger;
    ImportRequest m_request;
    std::string m_kind;
    bool m_preview{false};
};

} // namespace sluice
