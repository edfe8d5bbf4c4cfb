// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"
#include "app/cli/verbs/QueryOptions.h"
#include "app/cli/verbs/SheetOption.h"
#include "core/services/SpendService.h"

#include <string>

namespace sluice {

// The charges behind a figure, page by page.
class ChargesVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

private:
    Status writeSheet(const VerbContext& context, const OpenLedger& ledger, ChargeQuery query,
        std::uint64_t revision) const;

    std::string m_ledger;
    QueryOptions m_query;
    SheetOption m_sheet;
    std::size_t m_limit{100};
    std::string m_after;
};

} // namespace sluice
