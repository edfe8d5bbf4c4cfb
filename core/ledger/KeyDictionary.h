// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Interner.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace sluice {

using KeyId = std::uint32_t;

// One descriptive value of a charge: which field ("ServiceName", "tag:team", "x_Project") and what
// it says. Both are numbers of the dictionary's interner. A null value has no cell.
struct KeyCell {
    StringId field{0};
    StringId value{0};
    auto operator<=>(const KeyCell&) const = default;
};

// The interned tuples of everything descriptive: there are orders of magnitude fewer charge keys
// than charges. Keys are numbered 0, 1, 2 … in order of first appearance and never change. Fields
// and values share one interner. Not thread-safe while it grows; a const dictionary may be read by
// many threads.
class KeyDictionary {
public:
    KeyDictionary() = default;
    KeyDictionary(const KeyDictionary& other);
    KeyDictionary& operator=(const KeyDictionary& other);
    KeyDictionary(KeyDictionary&&) = delete; // the index refers to this object
    KeyDictionary& operator=(KeyDictionary&&) = delete;

    StringId intern(std::string_view text) { return m_strings.intern(text); }
    // The key with exactly these cells; the span is sorted by field, each field once, no value 0.
    KeyId internKey(std::span<const KeyCell> cells);
    // One more number for the same cells, which internKey() never answers: where two things that
    // have the same description must be told apart.
    KeyId addTwin(KeyId key);

    [[nodiscard]] const Interner& strings() const noexcept { return m_strings; }
    [[nodiscard]] std::string_view text(StringId id) const { return m_strings.text(id); }
    [[nodiscard]] std::size_t keyCount() const noexcept { return m_offsets.size() - 1; }
    [[nodiscard]] std::span<const KeyCell> cells(KeyId key) const noexcept
    {
        return {m_cells.data() + m_offsets[key], m_cells.data() + m_offsets[key + 1]};
    }
    // The value of one field; 0 (the empty text) when it is null.
    [[nodiscard]] StringId value(KeyId key, StringId field) const noexcept;
    // The values of one field for all keys, by key; all 0 when no key has the field.
    [[nodiscard]] std::vector<StringId> column(std::string_view field) const;
    // The fields that occur, sorted by name.
    [[nodiscard]] std::vector<StringId> fields() const;

private:
    struct Hash {
        const KeyDictionary* self;
        std::size_t operator()(KeyId key) const noexcept;
    };
    struct Equal {
        const KeyDictionary* self;
        bool operator()(KeyId a, KeyId b) const noexcept;
    };

    void noteFields(std::span<const KeyCell> cells);

    Interner m_strings;
    std::vector<KeyCell> m_cells;
    std::vector<std::uint64_t> m_offsets{0};
    std::vector<StringId> m_fields; // those that occur
    std::vector<bool> m_isField; // by string
    std::unordered_set<KeyId, Hash, Equal> m_index{64, Hash{this}, Equal{this}};
};

} // namespace sluice
