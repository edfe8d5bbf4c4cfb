// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribution/KeyField.h"
#include "core/ledger/KeyDictionary.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sluice {

class KeyColumnCache;

// The fields that rules read, as columns over all keys: each key holds a small number for its
// value, so that a test is made once for each distinct value and looked up for each key. Number 0:
// null, or nothing but white space.
class KeyMatrix {
public:
    struct Column {
        std::vector<StringId> values{0}; // by number: the dictionary's string
        std::vector<std::uint32_t> numbers; // by key
    };

    // `fields` are valid key fields, each once. `cache`, where there is one, is of the same
    // dictionary.
    KeyMatrix(const KeyDictionary& keys, const std::vector<std::string>& fields,
        KeyColumnCache* cache = nullptr);

    [[nodiscard]] const Column& column(std::size_t field) const { return *m_columns[field]; }
    [[nodiscard]] std::string_view text(StringId id) const { return m_keys.text(id); }
    [[nodiscard]] std::size_t keyCount() const noexcept { return m_keys.keyCount(); }

private:
    struct Target {
        std::uint32_t column{0};
        std::uint32_t priority{0}; // the lowest one that is there counts
    };

    [[nodiscard]] std::vector<Column> makeColumns(const std::vector<std::string>& fields) const;
    [[nodiscard]] std::vector<std::vector<Target>> findTargets(
        const std::vector<std::string>& fields) const;
    [[nodiscard]] std::vector<Column> number(std::vector<std::vector<StringId>> raw) const;

    const KeyDictionary& m_keys;
    std::vector<std::shared_ptr<const Column>> m_columns;
};

} // namespace sluice
