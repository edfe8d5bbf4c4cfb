// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Currency.h"
#include "core/base/KeyedHash.h"
#include "core/ingest/ColumnMap.h"
#include "core/ingest/FlatObject.h"
#include "core/ledger/KeyDictionary.h"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sluice {

// What all rows of one class have in common. A class is one combination of raw texts in the class
// columns: there are few thousand of them in millions of rows, so everything descriptive is worked
// out once per class, not per row.
struct RowClass {
    KeyId key{0}; // in the batch's dictionary
    Currency currency; // not set: missing or unreadable
    StringId billingAccount{0};
};

// Finds the class of a row by one hash of its descriptive texts, and makes the charge key of a new
// one: nulls left out, tags and SKU price details taken apart into "tag:KEY" and
// "SkuPriceDetails.KEY". A capped field with more than MaxDistinct values is demoted: it is part of
// no class from then on, and of no key of the batch (see demoted(); keys made before are cleaned by
// the caller). One per document; the dictionary is the batch's.
class ClassTable {
public:
    static constexpr std::size_t MaxDistinct = 4'096;

    // `map` and `keys` outlive the table.
    ClassTable(const ColumnMap& map, KeyDictionary& keys, std::set<std::string>& demoted);

    struct Found {
        std::uint32_t id{0}; // dense, from 0, starting anew after a demotion of a column
        bool isNew{false};
    };
    // `texts` are the texts of all slots. May set columnsChanged().
    Found find(std::span<const std::string_view> texts);
    [[nodiscard]] const RowClass& at(std::uint32_t id) const noexcept { return m_classes[id]; }
    // Since the last call: a whole column left the classes. The rule plan has to be made again;
    // class ids start at 0.
    [[nodiscard]] bool takeColumnsChanged() noexcept
    {
        return std::exchange(m_columnsChanged, false);
    }
    // By slot: whether it is a class column now.
    [[nodiscard]] const std::vector<bool>& classColumns() const noexcept { return m_isClass; }

private:
    struct Distinct {
        std::size_t slot;
        std::unordered_set<std::string> values;
    };

    // A class column, with what a new class most often needs again.
    struct ClassSlot {
        std::size_t slot;
        std::optional<StringId> field; // of the dictionary, once a class had a value
        StringId lastValue{0};
    };
    // A column of key-value objects. Once a member was demoted, its text is told apart by the
    // members that are left.
    struct Object {
        std::size_t slot;
        std::string prefix;
        bool reduced{false};
        std::string text; // of the row at hand, where reduced
        std::unordered_map<std::string, std::vector<KeyCell>> cellsOf; // by JSON text, of some
    };
    static constexpr std::size_t MaxRemembered = 4'096; // JSON texts of one column

    struct Entry {
        KeyedHash::Value hash;
        std::uint32_t number{0}; // class + 1; 0 = free
    };

    [[nodiscard]] KeyedHash::Value hashOf(std::span<const std::string_view> texts);
    void reduce(Object& object, std::string_view json) const;
    [[nodiscard]] Entry& probe(const KeyedHash::Value& hash);
    void grow();
    RowClass describe(std::span<const std::string_view> texts);
    void addCell(ClassSlot& at, std::string_view value);
    void addObject(Object& object, std::string_view json);
    [[nodiscard]] std::vector<KeyCell> takeApart(Object& object, std::string_view json);
    bool countDistinct(const std::string& field, std::string_view value);
    bool demoteColumns(std::span<const std::string_view> texts);

    const ColumnMap& m_map;
    KeyDictionary& m_keys;
    std::set<std::string>& m_demoted;
    std::vector<bool> m_isClass;
    std::vector<ClassSlot> m_classSlots;
    std::vector<Distinct> m_distinct; // of capped slots that are plain texts
    std::vector<Object> m_objects;
    bool m_anyReduced{false};
    // the texts of the row at hand, by slot, where any is reduced
    std::vector<std::string_view> m_row;
    // of tags and price details
    std::map<std::string, std::unordered_set<std::string>> m_distinctOfField;
    std::vector<RowClass> m_classes;
    std::vector<Entry> m_table; // open addressing, at most half full
    std::vector<KeyCell> m_cells;
    bool m_columnsChanged{false};
};

} // namespace sluice
