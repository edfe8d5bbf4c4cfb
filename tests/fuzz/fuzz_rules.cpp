// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a rules file: it is a model or an error, and every model runs over a small table to
// the end, telling the same with and without class columns.
#include "core/base/Check.h"
#include "core/ingest/RuleDriver.h"

#include <array>
#include <cstddef>

namespace {

using namespace sluice;

constexpr std::array<std::array<std::string_view, 4>, 4> Rows{
    {{"1.5", "USD", "2024-09-01T00:00:00Z", "{}"}, {"", "NULL", "x", "{\"a\":1}"},
        {"-1e+5", "eur", "2024-09-01", "\xff"}, {"1.5", "USD", "", "GB-Hours"}}};

std::vector<RuleResult> resultsOf(const std::shared_ptr<const RuleModel>& model, bool ofClass)
{
    RuleDriver driver{model, {"BilledCost", "BillingCurrency", "ChargePeriodStart", "Tags"},
        std::vector<bool>(4, ofClass)};
    std::size_t at = 0;
    auto results = driver.run([&at](RuleRecord& record) -> Result<bool> {
        if (at == Rows.size())
            return false;
        record = {Rows[at], at + 2};
        ++at;
        return true;
    });
    SLUICE_CHECK(results.ok());
    return std::move(*results);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto parsed = RuleModel::parse({reinterpret_cast<const char*>(data), size});
    if (!parsed.ok())
        return 0;
    const auto model = std::make_shared<const RuleModel>(std::move(*parsed));
    const auto byClass = resultsOf(model, true);
    const auto byRow = resultsOf(model, false);
    SLUICE_CHECK(byClass.size() == model->rules().size() && byRow.size() == byClass.size());
    for (std::size_t i = 0; i < byClass.size(); ++i) {
        const bool counted = byRow[i].outcome != RuleOutcome::NotChecked
            && byClass[i].outcome != RuleOutcome::NotChecked;
        SLUICE_CHECK(!counted
            || (byClass[i].failingRows == byRow[i].failingRows
                && byClass[i].firstLine == byRow[i].firstLine));
        SLUICE_CHECK((byClass[i].outcome == RuleOutcome::Fail) == !byClass[i].fix.empty());
    }
    return 0;
}
