// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/RowArranger.h"

#include <QCollator>
#include <QHash>

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <unordered_map>

namespace sluice::ui {

namespace {

constexpr std::size_t LookRows = 8'192; // between two looks at the stop token

bool isLook(std::size_t row)
{
    return row % LookRows == 0;
}

// Sorts pieces and merges them, so that it can be stopped between two steps, which std::stable_sort
// cannot. False when it was.
template <class Less>
bool sortInSteps(RowOrder& order, const Less& less, const TaskContext& context)
{
    constexpr std::size_t Piece = 32'768;
    const std::size_t size = order.size();
    for (std::size_t begin = 0; begin < size; begin += Piece) {
        if (context.stopRequested())
            return false;
        std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(begin),
            order.begin() + static_cast<std::ptrdiff_t>(std::min(begin + Piece, size)), less);
    }
    RowOrder merged(size);
    for (std::size_t width = Piece; width < size; width *= 2) {
        for (std::size_t begin = 0; begin < size; begin += 2 * width) {
            if (context.stopRequested())
                return false;
            const auto at = [&](std::size_t place) {
                return order.begin() + static_cast<std::ptrdiff_t>(std::min(place, size));
            };
            std::merge(at(begin), at(begin + width), at(begin + width), at(begin + 2 * width),
                merged.begin() + static_cast<std::ptrdiff_t>(begin), less);
        }
        order.swap(merged);
    }
    return true;
}

template <class Key>
bool sortByKey(
    RowOrder& order, const std::vector<Key>& keys, bool descending, const TaskContext& context)
{
    if (descending)
        return sortInSteps(
            order, [&keys](std::uint32_t a, std::uint32_t b) { return keys[a] > keys[b]; },
            context);
    return sortInSteps(
        order, [&keys](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; }, context);
}

QStringList wordsOf(const QString& filter)
{
    return filter.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
}

// Brings numbers of several scales and currencies to one line.
class NumberLine {
public:
    void note(const TableCell& cell)
    {
        m_scale = std::max(m_scale, std::min(cell.number.scale, ScaleMax));
        m_currencies.insert(cell.currency);
    }
    [[nodiscard]] Int128 place(const TableCell& cell) const
    {
        constexpr Int128 Step = Int128{1} << 112; // from one currency to the next
        Int128 units = 0;
        if (!rescale(cell.number, m_scale, Rounding::Down, units))
            units = cell.number.isNegative() ? Int128Min : Int128Max;
        if (m_currencies.size() <= 1)
            return units;
        const auto rank = std::distance(m_currencies.begin(), m_currencies.find(cell.currency));
        return std::clamp<Int128>(units, -Step / 2 + 1, Step / 2 - 1)
            + static_cast<Int128>(rank) * Step;
    }

private:
    static constexpr int ScaleMax = 18;
    int m_scale{0};
    std::set<Currency> m_currencies;
};

} // namespace

RowArranger::KeysResult RowArranger::numberKeys(int column, const TaskContext& context) const
{
    auto keys = std::make_shared<Keys>();
    const std::size_t rows = m_source->size();
    keys->none.resize(rows);
    std::vector<TableCell> cells(rows);
    NumberLine line;
    for (std::size_t row = 0; row < rows; ++row) {
        if (isLook(row) && context.stopRequested())
            return TaskContext::cancelled();
        cells[row] = m_source->value(row, column);
        keys->none[row]
            = cells[row].none || (cells[row].kind == CellKind::Text && !cells[row].ranked);
        if (!keys->none[row])
            line.note(cells[row]);
    }
    keys->wide.resize(rows);
    bool fits = true;
    for (std::size_t row = 0; row < rows; ++row) {
        if (isLook(row) && context.stopRequested())
            return TaskContext::cancelled();
        if (!keys->none[row])
            keys->wide[row] = line.place(cells[row]);
        fits = fits && fitsInt64(keys->wide[row]);
    }
    if (fits) {
        keys->narrow.reserve(rows);
        for (const Int128 key : keys->wide)
            keys->narrow.push_back(static_cast<std::int64_t>(key));
        keys->wide = {};
    }
    return std::shared_ptr<const Keys>{keys};
}

// By rank: the language's order is asked for distinct texts alone.
RowArranger::KeysResult RowArranger::textKeys(int column, const TaskContext& context) const
{
    auto keys = std::make_shared<Keys>();
    const std::size_t rows = m_source->size();
    keys->none.resize(rows);
    keys->narrow.resize(rows);
    std::unordered_map<std::string, std::uint32_t> numbers;
    std::vector<const std::string*> texts;
    for (std::size_t row = 0; row < rows; ++row) {
        if (isLook(row) && context.stopRequested())
            return TaskContext::cancelled();
        TableCell cell = m_source->value(row, column);
        if (row == 0 && cell.ranked)
            return numberKeys(column, context);
        keys->none[row] = cell.none;
        const auto [found, fresh]
            = numbers.try_emplace(std::move(cell.text), static_cast<std::uint32_t>(texts.size()));
        if (fresh)
            texts.push_back(&found->first);
        keys->narrow[row] = found->second;
    }
    const QCollator collator;
    std::vector<QCollatorSortKey> order;
    order.reserve(texts.size());
    for (const std::string* text : texts) {
        if (isLook(order.size()) && context.stopRequested())
            return TaskContext::cancelled();
        order.push_back(collator.sortKey(QString::fromStdString(*text)));
    }
    RowOrder sorted(texts.size());
    std::iota(sorted.begin(), sorted.end(), 0U);
    if (!sortInSteps(
            sorted, [&order](auto a, auto b) { return order[a].compare(order[b]) < 0; }, context))
        return TaskContext::cancelled();
    std::vector<std::int64_t> ranks(texts.size());
    std::int64_t rank = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i > 0 && order[sorted[i - 1]].compare(order[sorted[i]]) != 0)
            ++rank;
        ranks[sorted[i]] = rank;
    }
    for (std::int64_t& key : keys->narrow)
        key = ranks[static_cast<std::size_t>(key)];
    return std::shared_ptr<const Keys>{keys};
}

RowArranger::KeysResult RowArranger::keys(int column, const TaskContext& context) const
{
    {
        const QMutexLocker lock{&m_mutex};
        if (const auto found = m_keys.find(column); found != m_keys.end())
            return found->second;
    }
    auto made = m_source->kind(column) == CellKind::Text ? textKeys(column, context)
                                                         : numberKeys(column, context);
    if (!made.ok())
        return made;
    const QMutexLocker lock{&m_mutex};
    return m_keys.try_emplace(column, *made).first->second;
}

RowArranger::FoldedResult RowArranger::folded(int column, const TaskContext& context) const
{
    {
        const QMutexLocker lock{&m_mutex};
        if (const auto found = m_folded.find(column); found != m_folded.end())
            return found->second;
    }
    auto made = std::make_shared<Folded>();
    const bool repeats = m_source->kind(column) == CellKind::Text;
    QHash<QString, std::uint32_t> numbers;
    for (std::size_t row = 0; row < m_source->size(); ++row) {
        if (isLook(row) && context.stopRequested())
            return TaskContext::cancelled();
        const QString text = m_source->text(row, column);
        if (repeats) {
            const auto known = numbers.constFind(text);
            if (known != numbers.constEnd()) {
                made->ofRow.push_back(*known);
                continue;
            }
            const auto number = static_cast<std::uint32_t>(numbers.size());
            numbers.insert(text, number);
            made->ofRow.push_back(number);
        }
        made->begins.push_back(static_cast<std::uint32_t>(made->texts.size()));
        made->texts += text.toCaseFolded();
    }
    made->begins.push_back(static_cast<std::uint32_t>(made->texts.size()));
    const QMutexLocker lock{&m_mutex};
    return m_folded.try_emplace(column, std::move(made)).first->second;
}

Result<RowOrder> RowArranger::filtered(
    const ArrangeRequest& request, const TaskContext& context) const
{
    const std::size_t rows = m_source->size();
    const QStringList words = wordsOf(request.filter);
    std::vector<std::uint8_t> found(words.empty() ? 0 : rows); // words that the row has, in turn
    for (qsizetype word = 0; word < words.size(); ++word) {
        const auto before = static_cast<std::uint8_t>(std::min<qsizetype>(word, 254));
        for (const int column : request.columns) {
            SLUICE_TRY(const auto texts, folded(column, context));
            std::vector<bool> has(texts->begins.size() - 1);
            for (std::size_t i = 0; i < has.size(); ++i) {
                if (isLook(i) && context.stopRequested())
                    return TaskContext::cancelled();
                has[i] = QStringView{texts->texts}
                             .sliced(texts->begins[i], texts->begins[i + 1] - texts->begins[i])
                             .contains(words[word]);
            }
            for (std::size_t row = 0; row < rows; ++row) {
                if (found[row] == before && has[texts->ofRow.empty() ? row : texts->ofRow[row]])
                    found[row] = static_cast<std::uint8_t>(before + 1);
            }
        }
    }
    RowOrder order;
    order.reserve(rows);
    const auto all = static_cast<std::uint8_t>(std::min<qsizetype>(words.size(), 255));
    for (std::size_t row = 0; row < rows; ++row) {
        if (words.empty() || found[row] == all)
            order.push_back(static_cast<std::uint32_t>(row));
    }
    return order;
}

Status RowArranger::sortStable(
    RowOrder& order, const Keys& keys, bool descending, const TaskContext& context)
{
    const auto middle = std::stable_partition(
        order.begin(), order.end(), [&keys](std::uint32_t row) { return !keys.none[row]; });
    const RowOrder without(middle, order.end());
    order.erase(middle, order.end());
    const bool done = keys.wide.empty() ? sortByKey(order, keys.narrow, descending, context)
                                        : sortByKey(order, keys.wide, descending, context);
    if (!done)
        return TaskContext::cancelled();
    order.insert(order.end(), without.begin(), without.end());
    return Status::success();
}

Result<RowOrder> RowArranger::arrange(
    const ArrangeRequest& request, const TaskContext& context) const
{
    SLUICE_TRY(RowOrder order, filtered(request, context));
    // The last column first: each pass keeps what the one before it made among equals.
    for (auto by = request.sort.rbegin(); by != request.sort.rend(); ++by) {
        SLUICE_TRY(const auto sortKeys, keys(by->column, context));
        SLUICE_TRY_DO(sortStable(order, *sortKeys, by->order == Qt::DescendingOrder, context));
    }
    if (context.stopRequested())
        return TaskContext::cancelled();
    return order;
}

} // namespace sluice::ui
