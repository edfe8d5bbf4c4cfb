// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/Attribution.h"
#include "core/base/Check.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

// A rules file is written by hand and sent around: whatever it holds, it is read or refused with a
// place, and what was read can be applied.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace sluice;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    RulesetCheck check = checkRuleset(text);
    const bool faulty = std::any_of(
        check.remarks.begin(), check.remarks.end(), [](const RulesetRemark& r) { return r.fault; });
    SLUICE_CHECK(faulty == !check.ruleset);
    for (const RulesetRemark& remark : check.remarks)
        SLUICE_CHECK(!remark.what.empty() && remark.line > 0 && remark.column > 0);
    if (!check.ruleset)
        return 0;
    KeyDictionary keys;
    for (const std::string_view value : {"Amazon Bedrock", "prod", "Größe"}) {
        const StringId id = keys.intern(value);
        std::vector<KeyCell> cells{{keys.intern("ServiceName"), id}, {keys.intern("tag:team"), id},
            {keys.intern("SkuId"), id}};
        std::sort(cells.begin(), cells.end());
        keys.internKey(cells);
    }
    const std::vector<Ruleset> rulesets{*std::move(check.ruleset)};
    const auto table = attribute(keys, rulesets, {}, std::nullopt, {});
    SLUICE_CHECK(table.ok());
    for (KeyId key = 0; key < keys.keyCount(); ++key)
        SLUICE_CHECK(!table->of(key, BusinessDate{20'000}).parts.empty());
    return 0;
}
