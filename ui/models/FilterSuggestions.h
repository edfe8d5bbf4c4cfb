// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/FilterText.h"

#include <QString>

#include <map>
#include <string>
#include <vector>

namespace sluice::ui {

// What a filter can name in one revision of a ledger. Made on a worker.
struct FilterVocabulary {
    struct Value {
        QString text; // as it stands in a filter, in quotes where it has to
        QString name; // of the object; may be empty
        QString folded; // both, for finding
    };
    std::vector<QString> keys; // dimensions, by name
    std::map<QString, std::vector<Value>> values; // by key, in their order
    std::vector<QString> periods; // newest first: "2026-10", "2026-Q4", "2026"
};
[[nodiscard]] FilterVocabulary filterVocabulary(
    const LedgerSnapshot& snapshot, const std::vector<Period>& months, FiscalCalendar calendar);

// The term that the cursor stands in or behind, [first, end) in characters.
struct FilterTokenSpan {
    qsizetype first{0};
    qsizetype end{0};
};
[[nodiscard]] FilterTokenSpan filterTokenAt(const QString& text, qsizetype cursor);

// A way to complete a term: what takes its place, and what that is.
struct FilterSuggestion {
    QString text; // "vendor:" asks for more, "vendor:openai" is whole
    QString note; // "OpenAI Ireland"; may be empty
};
// For a term as far as it is typed: keys and periods, behind a ':' the values of the key (those
// that begin so first, then those that hold it). Pure; at most `limit`.
[[nodiscard]] std::vector<FilterSuggestion> filterSuggestions(
    const QString& term, const FilterVocabulary& vocabulary, std::size_t limit);

} // namespace sluice::ui
