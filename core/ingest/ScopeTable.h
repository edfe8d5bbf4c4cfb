// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/RowMapper.h"
#include "core/ledger/Batch.h"

#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace sluice {

// Sorts accepted rows into the scopes of the delivery and adds up each scope. What is the same
// period (Batch.h) is one scope: it has the start of its first row and ends with the last of those
// that begin so.
class ScopeTable {
public:
    // The scope's ordinal in the batch.
    std::uint32_t add(const MappedRow& row);
    // The scopes by ordinal; `keys` is the dictionary that the accounts were interned in.
    [[nodiscard]] std::vector<Scope> scopes(const KeyDictionary& keys) const;

private:
    struct Entry {
        StringId account{0};
        std::int64_t start{0};
        std::int64_t end{0};
        std::uint64_t rows{0};
        std::vector<CurrencyTotals> totals;
    };

    std::vector<Entry> m_entries;
    using Key = std::tuple<StringId, std::int64_t, std::int64_t>; // account, start, end

    // The ordinal of a period as a file writes it.
    std::uint32_t ordinalOf(const Key& key);

    std::map<Key, std::uint32_t> m_index;
    std::map<StringId, std::vector<std::uint32_t>> m_ofAccount;
    Key m_lastKey;
    std::optional<std::uint32_t> m_last; // of m_lastKey
};

} // namespace sluice
