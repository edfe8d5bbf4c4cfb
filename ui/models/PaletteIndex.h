// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <map>
#include <vector>

namespace sluice::ui {

// What one can find and go to.
enum class PaletteKind : std::uint8_t {
    Action,
    Page,
    Setting,
    Help, // topic
    Unit,
    Owner,
    CostCentre,
    Workflow,
    Vendor,
    Model,
    Provider,
    Service,
    Batch,
};

[[nodiscard]] QString paletteKindText(PaletteKind kind); // "Owner"

struct PaletteEntry {
    PaletteKind kind{PaletteKind::Action};
    QString text; // "Ana Marsh"
    QString note; // at its end: a shortcut, an id; may be empty
    QString id; // of what it is: an action's name, a person's id …
};

struct PaletteHit {
    std::uint32_t entry{0}; // its number in the index
    int score{0}; // more is better
};

// Everything that can be found, folded once. Immutable once made; find() may run on any thread.
class PaletteIndex {
public:
    explicit PaletteIndex(std::vector<PaletteEntry> entries);

    [[nodiscard]] const PaletteEntry& entry(std::uint32_t number) const
    {
        return m_entries[number];
    }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

    // The best `limit` matches, best first; equal ones in their order. Each word of the query must
    // occur in an entry (its text and note) with its letters in their order, or begin the name of
    // its kind ("own" of "Owner"); the beginnings of words, runs of letters and short entries count
    // more. A first character of > (actions), @ (owners) or # (imports) narrows to that kind. An
    // empty query matches nothing.
    [[nodiscard]] std::vector<PaletteHit> find(const QString& query, std::size_t limit) const;

private:
    std::vector<PaletteEntry> m_entries;
    std::vector<QString> m_folded;
    std::map<PaletteKind, QString> m_kinds; // folded names of those that occur
};

// How well the word's letters occur in the text, both folded; −1: not at all. Pure.
[[nodiscard]] int paletteScore(QStringView text, QStringView word);

} // namespace sluice::ui
