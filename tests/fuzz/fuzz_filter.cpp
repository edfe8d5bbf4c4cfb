// SPDX-License-Identifier: GPL-3.0-or-later
// Any text: reading a filter never crashes, and what was understood prints to text that is read
// back as the same.
#include "core/analytics/FilterText.h"
#include "core/base/Check.h"

#include <cstddef>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace sluice;
    const auto terms = parseFilter({reinterpret_cast<const char*>(data), size}, {4});
    if (!terms.ok()) {
        SLUICE_CHECK(!terms.error().where.empty() && !terms.error().fix.empty());
        return 0;
    }
    const std::string printed = filterText(*terms);
    const auto again = parseFilter(printed, {4});
    SLUICE_CHECK(again.ok() && again->size() == terms->size() && filterText(*again) == printed);
    return 0;
}
