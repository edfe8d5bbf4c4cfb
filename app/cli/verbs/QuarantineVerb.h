// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"
#include "core/services/ImportService.h"
#include "core/services/Workspace.h"

#include <string>
#include <vector>

namespace sluice {

// Rows that could not be charges: list, export, try again.
class QuarantineVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    std::string m_ledger;
    std::string m_batch;
    std::string m_exportFile;
    std::string m_mappingFile;
    bool m_retry{false};
    bool m_replaceSmaller{false};
};

} // namespace sluice
