// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analytics/FilterText.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr std::string_view Amount = "amount";
constexpr std::string_view Tag = "tag";

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class FilterParser {
public:
    FilterParser(std::string_view text, FiscalCalendar calendar)
        : m_text{text}
        , m_calendar{calendar}
    {
    }

    Result<std::vector<FilterTerm>> parse()
    {
        std::vector<FilterTerm> terms;
        for (skipBlanks(); m_at < m_text.size(); skipBlanks()) {
            SLUICE_TRY(FilterTerm term, readTerm());
            terms.push_back(std::move(term));
        }
        return terms;
    }

private:
    [[nodiscard]] Error faultAt(std::size_t at, std::string what, std::string fix) const
    {
        const auto before = m_text.substr(0, at);
        const auto characters = std::count_if(before.begin(), before.end(),
            [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
        return {ErrorCode::Usage, "filter, column " + std::to_string(characters + 1),
            std::move(what), std::move(fix)};
    }

    void skipBlanks()
    {
        while (m_at < m_text.size() && isBlank(m_text[m_at]))
            ++m_at;
    }
    [[nodiscard]] bool atQuote() const { return m_at < m_text.size() && m_text[m_at] == '"'; }
    [[nodiscard]] bool atEnd() const { return m_at == m_text.size() || isBlank(m_text[m_at]); }
    bool take(std::string_view text)
    {
        if (!m_text.substr(m_at).starts_with(text))
            return false;
        m_at += text.size();
        return true;
    }
    // Up to a blank, or to one of `ends`.
    std::string_view word(std::string_view ends)
    {
        const std::size_t start = m_at;
        while (!atEnd() && ends.find(m_text[m_at]) == std::string_view::npos)
            ++m_at;
        return m_text.substr(start, m_at - start);
    }

    Result<FilterTerm> readTerm()
    {
        FilterTerm term;
        const std::size_t start = m_at;
        if (m_text[m_at] == '-' && m_at + 1 < m_text.size() && !isBlank(m_text[m_at + 1])) {
            term.excludes = true;
            ++m_at;
        }
        if (atQuote()) {
            SLUICE_TRY(term.text, readQuoted());
            SLUICE_TRY_DO(requireEnd());
            if (term.text.empty())
                return faultAt(
                    start, "there is nothing between the quotes", "Write what to look for");
            return term;
        }
        const std::string_view head
            = m_text.substr(m_at, m_text.find_first_of(" \t\n\r\"", m_at) - m_at);
        if (const std::size_t colon = head.find(':'); colon != std::string_view::npos) {
            SLUICE_TRY_DO(readKeyed(head.substr(0, colon), term));
            return term;
        }
        SLUICE_TRY_DO(readWord(start, term));
        return term;
    }

    Status readWord(std::size_t start, FilterTerm& term)
    {
        const std::string_view text = word("\"");
        SLUICE_TRY_DO(requireEnd());
        const auto period = parsePeriod(text, m_calendar);
        if (!period.ok()) {
            term.text = text;
            return Status::success();
        }
        if (term.excludes)
            return faultAt(start, "a period cannot be turned round",
                "Ask for the periods before or after it, as D..D");
        if (m_hasPeriod)
            return faultAt(
                start, "there is a period already", "Write one that holds both, as D..D");
        m_hasPeriod = true;
        term.kind = FilterTerm::Kind::Period;
        term.period = *period;
        return Status::success();
    }

    Status readKeyed(std::string_view key, FilterTerm& term)
    {
        const std::size_t start = m_at;
        m_at += key.size() + 1;
        if (key == Amount)
            return readAmount(term);
        std::string name{key};
        if (key == Tag) {
            SLUICE_TRY(const FilterTerm::Value tag, readValue("="));
            name += ":" + tag.text;
            if (tag.text.empty() || !take("="))
                return faultAt(m_at, "the tag has no value", "Write for example tag:team=growth");
        }
        auto dimension = parseDimension(name);
        if (!dimension.ok())
            return faultAt(start, dimension.error().what,
                dimension.error().fix + "; to look for the text, put it in \"quotes\"");
        term.kind = FilterTerm::Kind::Dimension;
        term.dimension = *std::move(dimension);
        do {
            SLUICE_TRY(FilterTerm::Value value, readValue(","));
            if (value.text.empty())
                return faultAt(m_at, "'" + name + "' has no value",
                    "Write for example vendor:OpenAI, or " + name + ":" + std::string{NoValue});
            term.values.push_back(std::move(value));
        } while (take(","));
        return requireEnd();
    }

    Result<FilterTerm::Value> readValue(std::string_view ends)
    {
        if (!atQuote())
            return FilterTerm::Value{std::string{word(std::string{ends} + '"')}, false};
        SLUICE_TRY(std::string text, readQuoted());
        return FilterTerm::Value{std::move(text), true};
    }

    Result<std::string> readQuoted()
    {
        const std::size_t start = m_at;
        std::string text;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == '"') {
                ++m_at;
                return text;
            }
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            text.push_back(m_text[m_at]);
        }
        return faultAt(start, "the quotes are not closed", "End it with \"");
    }

    Status requireEnd() const
    {
        if (atEnd())
            return Status::success();
        return faultAt(m_at, "a term ends here, and another begins without a blank between them",
            "Put the whole value in \"quotes\", or a blank before this");
    }

    Status readAmount(FilterTerm& term)
    {
        term.kind = FilterTerm::Kind::Amount;
        skipBlanks();
        const bool most = m_at < m_text.size() && m_text[m_at] == '<';
        const bool least = m_at < m_text.size() && m_text[m_at] == '>';
        if (most || least) {
            ++m_at;
            const bool included = take("=");
            skipBlanks();
            SLUICE_TRY(const Decimal bound, readNumber(word("")));
            (most ? term.amount.most : term.amount.least) = AmountRange::Bound{bound, included};
            return Status::success();
        }
        if (take("="))
            skipBlanks();
        const std::string_view text = word("");
        const std::size_t dots = text.find("..");
        SLUICE_TRY(const Decimal first, readNumber(text.substr(0, dots)));
        Decimal last = first;
        if (dots != std::string_view::npos) {
            SLUICE_TRY(last, readNumber(text.substr(dots + 2)));
            if (compare(last, first) < 0)
                return faultAt(
                    m_at, "the range ends before it begins", "Write the smaller one first");
        }
        term.amount = {AmountRange::Bound{first, true}, AmountRange::Bound{last, true}};
        return Status::success();
    }

    Result<Decimal> readNumber(std::string_view text) const
    {
        Decimal number;
        if (tryParseDecimal(text, number))
            return number;
        return faultAt(m_at - text.size(), "'" + std::string{text} + "' is not an amount",
            "Write for example amount:>=100, amount:<0.5 or amount:10..20");
    }

    std::string_view m_text;
    FiscalCalendar m_calendar;
    std::size_t m_at{0};
    bool m_hasPeriod{false};
};

std::string quoted(std::string_view value)
{
    std::string text{"\""};
    for (const char c : value) {
        if (c == '"' || c == '\\')
            text.push_back('\\');
        text.push_back(c);
    }
    return text + '"';
}

std::string dimensionText(const FilterTerm& term)
{
    constexpr std::string_view TagPrefix = "tag:";
    const std::string& name = term.dimension.name;
    std::string text = name.starts_with(TagPrefix)
        ? std::string{TagPrefix} + filterValue(name.substr(TagPrefix.size())) + "="
        : name + ":";
    for (std::size_t i = 0; i < term.values.size(); ++i) {
        const FilterTerm::Value& value = term.values[i];
        text += (i == 0 ? "" : ",") + (value.isQuoted ? quoted(value.text) : value.text);
    }
    return text;
}

std::string amountText(const AmountRange& range)
{
    std::string text{Amount};
    if (range.least && range.most)
        return text + ":" + toString(range.least->amount) + ".." + toString(range.most->amount);
    const AmountRange::Bound& bound = range.least ? *range.least : *range.most;
    text += range.least ? ":>" : ":<";
    return text + (bound.isIncluded ? "=" : "") + toString(bound.amount);
}

std::string termText(const FilterTerm& term)
{
    switch (term.kind) {
    case FilterTerm::Kind::Dimension:
        return dimensionText(term);
    case FilterTerm::Kind::Period:
        return term.period.first.toIso() + ".." + term.period.end.toIso();
    case FilterTerm::Kind::Amount:
        return amountText(term.amount);
    case FilterTerm::Kind::Text:
        break;
    }
    const bool isPlain = term.text.find_first_of(" \t\n\r\":") == std::string::npos
        && !term.text.starts_with('-') && !parsePeriod(term.text, {}).ok();
    return isPlain ? term.text : quoted(term.text);
}

} // namespace

Result<std::vector<FilterTerm>> parseFilter(std::string_view text, FiscalCalendar calendar)
{
    return FilterParser{text, calendar}.parse();
}

std::string filterText(const std::vector<FilterTerm>& terms)
{
    std::string text;
    for (const FilterTerm& term : terms) {
        text += text.empty() ? "" : " ";
        text += term.excludes ? "-" : "";
        text += termText(term);
    }
    return text;
}

std::string filterValue(std::string_view value)
{
    const bool isPlain
        = !value.empty() && value.find_first_of(" \t\n\r\"\\,=*?") == std::string_view::npos;
    return isPlain ? std::string{value} : quoted(value);
}

std::string filterText(const SpendQuery& query)
{
    std::vector<FilterTerm> terms;
    for (const DimensionFilter& filter : query.where) {
        FilterTerm& term = terms.emplace_back();
        term.kind = FilterTerm::Kind::Dimension;
        term.dimension = filter.dimension;
        term.excludes = filter.excludes;
        for (const std::string& value : filter.values)
            term.values.push_back({value, value != NoValue});
    }
    for (const AmountFilter& filter : query.amounts) {
        FilterTerm& term = terms.emplace_back();
        term.kind = FilterTerm::Kind::Amount;
        term.excludes = filter.excludes;
        term.amount = filter.range;
    }
    for (const TextFilter& filter : query.words) {
        FilterTerm& term = terms.emplace_back();
        term.excludes = filter.excludes;
        term.text = filter.text;
    }
    if (query.period) {
        FilterTerm& term = terms.emplace_back();
        term.kind = FilterTerm::Kind::Period;
        term.period = *query.period;
    }
    return filterText(terms);
}

} // namespace sluice
