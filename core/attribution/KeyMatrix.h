// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribution/KeyField.h"
#include "core/ledger/KeyDictionary.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sluice {

// The fields that rules read, as columns over all keys: each key holds a small number for its value, so that a test is
// made once for each distinct value and looked up for each key. Number 0: null, or nothing but white space.
class KeyMatrix {
public:
    struct Column {
        std::vector<StringId> values{0}; // by number: the dictionary's string
        std::vector<std::uint32_t> numbers; // by key
    };

    // `fields` are valid key fields, each once.
    KeyMatrix(const KeyDictionary& keys, const std::vector<std::string>& fields);

    [[nodiscard]] const Column& column(std::size_t field) const { return m_columns[field]; }
    [[nodiscard]] std::string_view text(StringId id) const { return m_keys.text(id); }
    [[nodiscard]] std::size_t keyCount() const noexcept { return m_keys.keyCount(); }

private:
    struct Target {
        std::uint32_t column{0};
        std::uint32_t priority{0}; // the lowest one that is there counts
    };

    [[nodiscard]] std::vector<std::vector<Target>> findTargets(const std::vector<std::string>& fields) const;
    void number(std::vector<std::vector<StringId>> raw);

    const KeyDictionary& m_keys;
    std::vector<Column> m_columns;
};

} // namespace sluice
