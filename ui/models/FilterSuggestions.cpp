// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/FilterSuggestions.h"

#include <algorithm>

namespace sluice::ui {

namespace {

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// Those that begin with it first, then those that hold it; either in their order.
template <class Range, class Folded>
void addMatching(const Range& range, const QString& typed, std::size_t limit, const Folded& folded,
    const std::function<void(const typename Range::value_type&)>& add)
{
    std::vector<const typename Range::value_type*> inside;
    std::size_t count = 0;
    for (const auto& entry : range) {
        const qsizetype at = folded(entry).indexOf(typed);
        if (at == 0 && count < limit) {
            add(entry);
            ++count;
        } else if (at > 0 && inside.size() < limit) {
            inside.push_back(&entry);
        }
    }
    for (std::size_t i = 0; i < inside.size() && count < limit; ++i, ++count)
        add(*inside[i]);
}

} // namespace

FilterVocabulary filterVocabulary(
    const LedgerSnapshot& snapshot, const std::vector<Period>& months, FiscalCalendar calendar)
{
    FilterVocabulary vocabulary;
    for (const std::string_view name : dimensionNames()) {
        const auto dimension = parseDimension(name);
        if (!dimension.ok())
            continue;
        const QString key = fromUtf8(name);
        vocabulary.keys.push_back(key);
        auto& values = vocabulary.values[key];
        for (const DimensionValue& value : dimensionValues(snapshot, *dimension)) {
            const QString text = fromUtf8(filterValue(value.value));
            const QString shown = fromUtf8(value.name);
            values.push_back({text, shown, QString{text + u' ' + shown}.toCaseFolded()});
        }
    }
    for (const Grain grain : {Grain::Month, Grain::Quarter, Grain::Year}) {
        for (auto month = months.rbegin(); month != months.rend(); ++month) {
            const QString label = fromUtf8(bucketLabel(month->first, grain, calendar));
            if (std::ranges::find(vocabulary.periods, label) == vocabulary.periods.end())
                vocabulary.periods.push_back(label);
        }
    }
    return vocabulary;
}

FilterTokenSpan filterTokenAt(const QString& text, qsizetype cursor)
{
    FilterTokenSpan span;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == u'\\') {
            ++i;
        } else if (text[i] == u'"') {
            quoted = !quoted;
        } else if (!quoted && text[i].isSpace()) {
            if (i >= cursor) {
                span.end = i;
                return span;
            }
            span.first = i + 1;
        }
    }
    span.end = text.size();
    return span;
}

std::vector<FilterSuggestion> filterSuggestions(
    const QString& term, const FilterVocabulary& vocabulary, std::size_t limit)
{
    std::vector<FilterSuggestion> suggestions;
    const QString sign = term.startsWith(u'-') ? QStringLiteral("-") : QString{};
    const QString body = term.mid(sign.size());
    const qsizetype colon = body.indexOf(u':');
    if (colon < 0) {
        const QString typed = body.toCaseFolded();
        const auto same = [](const QString& text) { return text.toCaseFolded(); };
        addMatching(vocabulary.keys, typed, limit, same, [&](const QString& key) {
            suggestions.push_back({sign + key + u':', {}});
        });
        if (suggestions.size() < limit && QStringLiteral("amount").startsWith(typed))
            suggestions.push_back({sign + QStringLiteral("amount:>="), {}});
        if (sign.isEmpty())
            addMatching(vocabulary.periods, typed, limit - std::min(limit, suggestions.size()),
                same, [&](const QString& period) {
                    suggestions.push_back({period, {}});
                });
        return suggestions;
    }
    const auto values = vocabulary.values.find(body.left(colon).toLower());
    if (values == vocabulary.values.end())
        return suggestions;
    const qsizetype comma = body.lastIndexOf(u',');
    const qsizetype from = std::max(colon, comma) + 1;
    QString typed = body.mid(from).toCaseFolded();
    if (typed.startsWith(u'"'))
        typed.remove(0, 1);
    const QString before = sign + body.left(from);
    addMatching(
        values->second, typed, limit,
        [](const FilterVocabulary::Value& value) {
            return value.folded.startsWith(u'"') ? value.folded.mid(1) : value.folded;
        },
        [&](const FilterVocabulary::Value& value) {
            suggestions.push_back({before + value.text, value.name});
        });
    return suggestions;
}

} // namespace sluice::ui
