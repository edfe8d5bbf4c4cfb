// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/ChargeSegment.h"

#include "core/base/Check.h"
#include "core/base/Timestamp.h"
#include "core/ledger/CostColumns.h"
#include "core/ledger/SegmentFormat.h"
#include "core/ledger/TextTable.h"

#include <cstring>

namespace sluice {

namespace {

std::uint64_t scaleCode(const Scaled& number)
{
    return static_cast<std::uint64_t>(number.scale) << 1
        | static_cast<std::uint64_t>(!number.exact);
}

void writeScaled(ColumnWriter& out, std::span<const Scaled> numbers)
{
    std::vector<std::uint64_t> coded(numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i)
        coded[i] = zigzag(numbers[i].mantissa);
    out.numbers(coded);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        coded[i] = scaleCode(numbers[i]);
    out.numbers(coded);
}

using IdPrediction = SegmentFormat::Prediction<std::uint32_t>; // 1 + id, so that 0 is "nothing yet"

// Unit prices: looked up only when the key's last one was another.
class PriceColumn {
public:
    void add(const Scaled& price, KeyId key)
    {
        std::uint32_t& last = m_last.of(key);
        if (last != 0 && m_prices[last - 1] == price) {
            m_codes.push_back(SegmentFormat::Predicted);
            return;
        }
        const std::uint32_t id = m_index.add(identity(price).view());
        last = id + 1;
        const bool isNew = id == m_prices.size();
        if (isNew)
            m_prices.push_back(price);
        m_codes.push_back(isNew ? SegmentFormat::New : SegmentFormat::First + id);
    }
    void write(ColumnWriter& out) const
    {
        out.numbers(m_codes);
        writeScaled(out, m_prices);
    }
    void clear()
    {
        m_index.clear();
        m_prices.clear();
        m_codes.clear();
        m_last = {};
    }

private:
    struct Identity {
        std::array<char, sizeof(std::int64_t) + 1> bytes{};
        [[nodiscard]] std::string_view view() const noexcept
        {
            return {bytes.data(), bytes.size()};
        }
    };
    static Identity identity(const Scaled& price)
    {
        Identity made;
        std::memcpy(made.bytes.data(), &price.mantissa, sizeof price.mantissa);
        made.bytes.back() = static_cast<char>(scaleCode(price));
        return made;
    }

    IdPrediction m_last;
    TextTable m_index;
    std::vector<Scaled> m_prices;
    std::vector<std::uint64_t> m_codes;
};

class TextColumn {
public:
    // Where texts mostly differ from row to row, a look at the last one first would be a wasted
    // miss of the cache.
    enum class Expect : std::uint8_t { Repeats, Distinct };
    explicit TextColumn(Expect expect)
        : m_expect{expect}
    {
    }
    // `twin`: the resource id of the row, where this is another column that may repeat it.
    void add(std::string_view text, std::uint32_t key, const std::string_view* twin)
    {
        std::uint32_t& last = m_last.of(key);
        if (m_expect == Expect::Repeats && last != 0 && m_table.text(last - 1) == text) {
            m_codes.push_back(SegmentFormat::Predicted);
            return;
        }
        const std::size_t known = m_table.size();
        const std::uint32_t id = m_table.add(text);
        if (last == id + 1) {
            m_codes.push_back(SegmentFormat::Predicted);
            return;
        }
        last = id + 1;
        const bool isNew = id == known;
        if (twin != nullptr && *twin == text) {
            m_codes.push_back(isNew ? SegmentFormat::NewTwin : SegmentFormat::Twin);
            return;
        }
        m_codes.push_back(isNew ? SegmentFormat::New : SegmentFormat::First + id);
        if (isNew)
            addEntry(text, key);
    }
    void write(ColumnWriter& out) const
    {
        out.numbers(m_codes);
        out.numbers(m_prefixCodes);
        std::vector<std::uint64_t> lengths;
        for (std::uint32_t i = 0; i < m_prefixes.size(); ++i)
            lengths.push_back(m_prefixes.text(i).size());
        out.numbers(lengths);
        for (std::uint32_t i = 0; i < m_prefixes.size(); ++i)
            out.bytes(m_prefixes.text(i));
        out.numbers(m_suffixLengths);
        out.bytes(m_suffixes);
    }
    [[nodiscard]] std::size_t byteCount() const noexcept { return m_table.byteCount(); }
    void clear()
    {
        const auto clearAll = [](auto&... parts) { (parts.clear(), ...); };
        clearAll(m_table, m_prefixes, m_codes, m_prefixCodes, m_suffixLengths, m_suffixes);
        m_last = {};
        m_lastPrefix = {};
    }

private:
    void addEntry(std::string_view text, std::uint32_t key)
    {
        const std::size_t cut = SegmentFormat::prefixLength(text);
        const std::string_view prefix = text.substr(0, cut);
        m_suffixLengths.push_back(text.size() - cut);
        m_suffixes.append(text.substr(cut));
        std::uint32_t& last = m_lastPrefix.of(key);
        if (last != 0 && m_prefixes.text(last - 1) == prefix) {
            m_prefixCodes.push_back(SegmentFormat::Predicted);
            return;
        }
        const std::size_t known = m_prefixes.size();
        const std::uint32_t id = m_prefixes.add(prefix);
        last = id + 1;
        m_prefixCodes.push_back(id == known ? SegmentFormat::New : SegmentFormat::First + id);
    }

    Expect m_expect;
    TextTable m_table;
    TextTable m_prefixes;
    IdPrediction m_last;
    IdPrediction m_lastPrefix;
    std::vector<std::uint64_t> m_codes;
    std::vector<std::uint64_t> m_prefixCodes;
    std::vector<std::uint64_t> m_suffixLengths;
    std::string m_suffixes;
};

} // namespace

struct ChargeSegmentBuilder::State {
    std::vector<std::uint64_t> rows; // differences to the row before
    std::vector<std::uint64_t> keys;
    std::vector<std::uint64_t> scopes;
    std::vector<std::int64_t> days;
    std::vector<std::int64_t> starts; // seconds after UTC midnight of the day
    CostColumns costs;
    std::vector<std::uint64_t> nullCosts;

    std::vector<std::int64_t> documents;
    std::vector<std::uint64_t> lines; // differences to the row before
    std::vector<std::int64_t> durations;
    std::vector<std::uint64_t> nullNumbers;
    std::vector<Scaled> pricingQuantities;
    std::vector<std::uint64_t> consumedDiffers;
    std::vector<Scaled> consumedQuantities; // only those that differ from the pricing quantity
    PriceColumn listPrices;
    PriceColumn contractedPrices;
    TextColumn resourceIds{TextColumn::Expect::Distinct};
    TextColumn resourceNames{TextColumn::Expect::Repeats};
    TextColumn invoiceIds{TextColumn::Expect::Repeats};

    ColumnWriter facts; // kept for their memory
    ColumnWriter details;

    std::int64_t lastRow{0};
    std::int64_t lastLine{0};

    void addFacts(const Charge& charge);
    void addDetails(const Charge& charge);
    void clear();
    void writeFacts(ColumnWriter& out) const;
    void writeDetails(ColumnWriter& out) const;
};

void ChargeSegmentBuilder::State::addFacts(const Charge& charge)
{
    const auto row = static_cast<std::int64_t>(charge.row);
    rows.push_back(difference(row, lastRow));
    lastRow = row;
    keys.push_back(charge.key);
    scopes.push_back(charge.scope);
    days.push_back(charge.day);
    starts.push_back(wrappedDifference(charge.start, charge.day * Timestamp::SecondsPerDay));
    for (std::size_t m = 0; m < MeasureCount; ++m)
        costs[m].push_back(charge.costs[m]);
    nullCosts.push_back(charge.nullCosts);
}

void ChargeSegmentBuilder::State::addDetails(const Charge& charge)
{
    documents.push_back(charge.document);
    const auto line = static_cast<std::int64_t>(charge.line);
    lines.push_back(difference(line, lastLine));
    lastLine = line;
    durations.push_back(wrappedDifference(charge.end, charge.start));
    nullNumbers.push_back(charge.nullNumbers);
    pricingQuantities.push_back(charge.pricingQuantity);
    const bool differs
        = !(static_cast<const Scaled&>(charge.consumedQuantity) == charge.pricingQuantity);
    consumedDiffers.push_back(differs);
    if (differs)
        consumedQuantities.push_back(charge.consumedQuantity);
    listPrices.add(charge.listUnitPrice, charge.key);
    contractedPrices.add(charge.contractedUnitPrice, charge.key);
    resourceIds.add(charge.resourceId, charge.key, nullptr);
    resourceNames.add(charge.resourceName, charge.key, &charge.resourceId);
    invoiceIds.add(charge.invoiceId, charge.scope, nullptr);
}

void ChargeSegmentBuilder::State::clear()
{
    const auto clearAll = [](auto&... columns) { (columns.clear(), ...); };
    clearAll(rows, keys, scopes, days, starts, nullCosts, documents, lines, durations, nullNumbers,
        pricingQuantities, consumedDiffers, consumedQuantities, listPrices, contractedPrices,
        resourceIds, resourceNames, invoiceIds, facts, details);
    for (auto& column : costs)
        column.clear();
    lastRow = 0;
    lastLine = 0;
}

void ChargeSegmentBuilder::State::writeFacts(ColumnWriter& out) const
{
    out.numbers(rows);
    out.numbers(keys);
    out.numbers(scopes);
    out.steps(days);
    out.steps(starts);
    writeCosts(out, costs);
    out.numbers(nullCosts);
}

void ChargeSegmentBuilder::State::writeDetails(ColumnWriter& out) const
{
    out.steps(documents);
    out.numbers(lines);
    out.steps(durations);
    out.numbers(nullNumbers);
    writeScaled(out, pricingQuantities);
    out.numbers(consumedDiffers);
    writeScaled(out, consumedQuantities);
    listPrices.write(out);
    contractedPrices.write(out);
    resourceIds.write(out);
    resourceNames.write(out);
    invoiceIds.write(out);
}

ChargeSegmentBuilder::ChargeSegmentBuilder()
    : m_state{std::make_unique<State>()}
{
}
ChargeSegmentBuilder::~ChargeSegmentBuilder() = default;

void ChargeSegmentBuilder::add(const Charge& charge)
{
    SLUICE_CHECK(size() < MaxRows);
    SLUICE_CHECK(charge.resourceId.size() <= MaxTextBytes
        && charge.resourceName.size() <= MaxTextBytes && charge.invoiceId.size() <= MaxTextBytes);
    m_state->addFacts(charge);
    m_state->addDetails(charge);
}

std::size_t ChargeSegmentBuilder::size() const noexcept
{
    return m_state->keys.size();
}

bool ChargeSegmentBuilder::full() const noexcept
{
    const std::size_t texts = m_state->resourceIds.byteCount() + m_state->resourceNames.byteCount()
        + m_state->invoiceIds.byteCount();
    return size() == MaxRows || texts >= MaxTextBytes;
}

std::string ChargeSegmentBuilder::encode(int zstdLevel)
{
    State& state = *m_state;
    state.writeFacts(state.facts);
    state.writeDetails(state.details);
    std::string bytes = PackedBlocks::pack(SegmentFormat::Magic, static_cast<std::uint32_t>(size()),
        {state.facts.data(), state.details.data()}, zstdLevel);
    m_state->clear();
    return bytes;
}

} // namespace sluice
