// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/ChargeSegment.h"

#include "core/base/Check.h"
#include "core/base/Timestamp.h"
#include "core/ledger/CostColumns.h"
#include "core/ledger/SegmentFormat.h"

#include <algorithm>
#include <limits>

namespace sluice {

namespace {

constexpr std::size_t MaxSegmentTextBytes = PackedBlocks::MaxRawBytes;

// Follows the writer's dictionary column: the entry of each row, entries being made by `makeNew`.
template <class Value>
class ReferenceReader {
public:
    // False when the code refers to an entry that does not exist.
    template <class MakeNew>
    [[nodiscard]] bool next(
        std::uint64_t code, std::uint32_t key, const MakeNew& makeNew, Value& out)
    {
        Value& last = m_last->of(key);
        if (code == SegmentFormat::Predicted) {
            out = last;
            return true;
        }
        if (code == SegmentFormat::New || code == SegmentFormat::NewTwin) {
            if (!makeNew(out))
                return false;
            m_entries.push_back(out);
        } else if (code >= SegmentFormat::First) {
            if (code - SegmentFormat::First >= m_entries.size())
                return false;
            out = m_entries[code - SegmentFormat::First];
        } else if (!makeNew(out)) { // a twin of something already in the dictionary
            return false;
        }
        last = out;
        return true;
    }

private:
    std::unique_ptr<SegmentFormat::Prediction<Value>> m_last{
        std::make_unique<SegmentFormat::Prediction<Value>>()};
    std::vector<Value> m_entries;
};

template <class Narrow>
void narrow(ColumnReader& in, std::span<const std::uint64_t> wide, std::vector<Narrow>& out)
{
    out.resize(wide.size());
    for (std::size_t i = 0; i < wide.size(); ++i) {
        if (wide[i] > std::numeric_limits<Narrow>::max())
            in.fail();
        out[i] = static_cast<Narrow>(wide[i]);
    }
}

template <class Narrow>
void readNarrow(ColumnReader& in, std::size_t count, std::vector<Narrow>& out)
{
    std::vector<std::uint64_t> wide;
    in.numbers(count, wide);
    narrow(in, wide, out);
}

void readDays(ColumnReader& in, std::size_t count, std::vector<std::int32_t>& out)
{
    std::vector<std::int64_t> wide;
    in.steps(count, wide);
    out.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (wide[i] < std::numeric_limits<std::int32_t>::min()
            || wide[i] > std::numeric_limits<std::int32_t>::max())
            in.fail();
        out[i] = static_cast<std::int32_t>(wide[i]);
    }
}

void readRunning(ColumnReader& in, std::size_t count, std::vector<std::uint64_t>& out)
{
    in.numbers(count, out);
    std::int64_t last = 0;
    for (std::uint64_t& value : out) {
        last = addDifference(value, last);
        value = static_cast<std::uint64_t>(last);
    }
}

void readScaled(ColumnReader& in, std::size_t count, std::vector<Scaled>& out)
{
    std::vector<std::uint64_t> mantissas;
    std::vector<std::uint64_t> scales;
    in.numbers(count, mantissas);
    in.numbers(count, scales);
    out.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (scales[i] >> 1 > Scaled::MaxScale)
            in.fail();
        out[i].mantissa = unzigzag(mantissas[i]);
        out[i].scale = static_cast<std::uint8_t>(scales[i] >> 1);
        out[i].exact = (scales[i] & 1) == 0;
    }
}

void readPrices(ColumnReader& in, std::span<const KeyId> keys, std::vector<Scaled>& out)
{
    std::vector<std::uint64_t> codes;
    std::vector<Scaled> prices;
    in.numbers(keys.size(), codes);
    readScaled(in,
        static_cast<std::size_t>(std::count(codes.begin(), codes.end(), SegmentFormat::New)),
        prices);
    ReferenceReader<Scaled> references;
    std::size_t used = 0;
    const auto makeNew = [&](Scaled& price) {
        if (used == prices.size())
            return false;
        price = prices[used++];
        return true;
    };
    out.resize(keys.size());
    for (std::size_t i = 0; i < keys.size() && in.ok(); ++i) {
        if (!references.next(codes[i], keys[i], makeNew, out[i]))
            in.fail();
    }
}

// A text column: the texts live in `bytes`, which is never moved once the views exist.
struct Texts {
    std::vector<char> bytes;
    std::vector<std::string_view> rows;

    void read(ColumnReader& in, std::span<const std::uint32_t> keys, const Texts* twins);

private:
    [[nodiscard]] std::vector<std::string_view> readEntries(
        ColumnReader& in, std::span<const std::uint32_t> keysOfNew);
};

std::vector<std::string_view> splitBytes(ColumnReader& in, std::span<const std::uint64_t> lengths)
{
    std::vector<std::string_view> parts;
    parts.reserve(lengths.size());
    for (const std::uint64_t length : lengths)
        parts.push_back(in.bytes(length));
    return parts;
}

std::vector<std::string_view> Texts::readEntries(
    ColumnReader& in, std::span<const std::uint32_t> keysOfNew)
{
    std::vector<std::uint64_t> prefixCodes;
    std::vector<std::uint64_t> lengths;
    in.numbers(keysOfNew.size(), prefixCodes);
    in.numbers(static_cast<std::size_t>(
                   std::count(prefixCodes.begin(), prefixCodes.end(), SegmentFormat::New)),
        lengths);
    const std::vector<std::string_view> prefixes = splitBytes(in, lengths);
    in.numbers(keysOfNew.size(), lengths);
    const std::vector<std::string_view> suffixes = splitBytes(in, lengths);

    ReferenceReader<std::string_view> references;
    std::size_t used = 0;
    const auto makeNew = [&](std::string_view& prefix) {
        if (used == prefixes.size())
            return false;
        prefix = prefixes[used++];
        return true;
    };
    std::vector<std::string_view> prefixOf(keysOfNew.size());
    std::size_t total = 0;
    for (std::size_t i = 0; i < keysOfNew.size() && in.ok(); ++i) {
        if (!references.next(prefixCodes[i], keysOfNew[i], makeNew, prefixOf[i]))
            in.fail();
        total += prefixOf[i].size() + suffixes[i].size();
        if (total > MaxSegmentTextBytes)
            in.fail();
    }
    std::vector<std::string_view> entries(keysOfNew.size());
    if (!in.ok())
        return entries;
    bytes.reserve(total);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::size_t begin = bytes.size();
        bytes.insert(bytes.end(), prefixOf[i].begin(), prefixOf[i].end());
        bytes.insert(bytes.end(), suffixes[i].begin(), suffixes[i].end());
        entries[i] = {bytes.data() + begin, bytes.size() - begin};
    }
    return entries;
}

void Texts::read(ColumnReader& in, std::span<const std::uint32_t> keys, const Texts* twins)
{
    std::vector<std::uint64_t> codes;
    in.numbers(keys.size(), codes);
    std::vector<std::uint32_t> keysOfNew;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (codes[i] == SegmentFormat::New)
            keysOfNew.push_back(keys[i]);
    }
    const std::vector<std::string_view> entries = readEntries(in, keysOfNew);
    ReferenceReader<std::string_view> references;
    std::size_t used = 0;
    std::size_t row = 0;
    const auto makeNew = [&](std::string_view& text) {
        const bool twin = codes[row] != SegmentFormat::New;
        if (twin ? twins == nullptr : used == entries.size())
            return false;
        text = twin ? twins->rows[row] : entries[used++];
        return true;
    };
    rows.resize(keys.size());
    for (; row < keys.size() && in.ok(); ++row) {
        if (!references.next(codes[row], keys[row], makeNew, rows[row]))
            in.fail();
    }
}

} // namespace

struct ChargeSegment::State {
    std::vector<std::uint64_t> rows;
    std::vector<KeyId> keys;
    std::vector<std::uint32_t> scopes;
    std::vector<std::int32_t> days;
    std::vector<std::int64_t> starts;
    CostColumns costs;
    std::vector<std::uint8_t> nullCosts;

    bool hasDetails{false};
    std::vector<std::uint32_t> documents;
    std::vector<std::uint64_t> lines;
    std::vector<std::int64_t> durations;
    std::vector<std::uint8_t> nullNumbers;
    std::vector<Scaled> pricingQuantities;
    std::vector<Scaled> consumedQuantities;
    std::vector<Scaled> listPrices;
    std::vector<Scaled> contractedPrices;
    Texts resourceIds;
    Texts resourceNames;
    Texts invoiceIds;

    void readFacts(ColumnReader& in, std::size_t count);
    void readDetails(ColumnReader& in, std::size_t count);
};

void ChargeSegment::State::readFacts(ColumnReader& in, std::size_t count)
{
    readRunning(in, count, rows);
    readNarrow(in, count, keys);
    readNarrow(in, count, scopes);
    readDays(in, count, days);
    in.steps(count, starts);
    for (std::size_t i = 0; i < count; ++i)
        starts[i] = wrappedSum(starts[i], days[i] * Timestamp::SecondsPerDay);
    readCosts(in, count, costs);
    readNarrow(in, count, nullCosts);
}

void ChargeSegment::State::readDetails(ColumnReader& in, std::size_t count)
{
    std::vector<std::int64_t> wide;
    in.steps(count, wide);
    narrow(in, std::vector<std::uint64_t>{wide.begin(), wide.end()}, documents);
    readRunning(in, count, lines);
    in.steps(count, durations);
    readNarrow(in, count, nullNumbers);
    readScaled(in, count, pricingQuantities);
    std::vector<std::uint64_t> differs;
    in.numbers(count, differs);
    std::vector<Scaled> others;
    readScaled(in,
        count
            - static_cast<std::size_t>(
                std::count(differs.begin(), differs.end(), std::uint64_t{0})),
        others);
    consumedQuantities = pricingQuantities;
    std::size_t used = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (differs[i] != 0)
            consumedQuantities[i] = others[used++];
    }
    readPrices(in, keys, listPrices);
    readPrices(in, keys, contractedPrices);
    resourceIds.read(in, keys, nullptr);
    resourceNames.read(in, keys, &resourceIds);
    invoiceIds.read(in, scopes, nullptr);
    hasDetails = true;
}

Result<ChargeSegment> ChargeSegment::decode(std::string_view bytes, SegmentPart part)
{
    SLUICE_TRY(const PackedBlocks blocks,
        PackedBlocks::open(bytes, SegmentFormat::Magic, ChargeSegmentBuilder::MaxRows));
    SLUICE_TRY(const std::string facts, blocks.unpack(0));
    std::string details;
    if (part == SegmentPart::All) {
        SLUICE_TRY(details, blocks.unpack(1));
    }
    return decodeBlocks(blocks.rows, facts, details, part);
}

Result<ChargeSegment> ChargeSegment::decodeBlocks(
    std::size_t rows, std::string_view facts, std::string_view details, SegmentPart part)
{
    const Error damaged{ErrorCode::Damaged, {},
        "the columns of a segment of charges contradict each other",
        "Run sluice-cli verify, and restore a backup if it finds faults"};
    auto state = std::make_unique<State>();
    ColumnReader factsIn{facts};
    state->readFacts(factsIn, rows);
    if (!factsIn.ok() || !factsIn.atEnd())
        return damaged;
    if (part == SegmentPart::All) {
        ColumnReader detailsIn{details};
        state->readDetails(detailsIn, rows);
        if (!detailsIn.ok() || !detailsIn.atEnd())
            return damaged;
    }
    return ChargeSegment{std::move(state)};
}

ChargeSegment::ChargeSegment(std::unique_ptr<State> state)
    : m_state{std::move(state)}
{
}
ChargeSegment::ChargeSegment(ChargeSegment&&) noexcept = default;
ChargeSegment& ChargeSegment::operator=(ChargeSegment&&) noexcept = default;
ChargeSegment::~ChargeSegment() = default;

std::size_t ChargeSegment::size() const noexcept
{
    return m_state->keys.size();
}

Charge ChargeSegment::at(std::size_t index) const
{
    const State& state = *m_state;
    SLUICE_CHECK(index < size());
    Charge charge;
    charge.row = state.rows[index];
    charge.key = state.keys[index];
    charge.scope = state.scopes[index];
    charge.day = state.days[index];
    charge.start = state.starts[index];
    for (std::size_t m = 0; m < MeasureCount; ++m)
        charge.costs[m] = state.costs[m][index];
    charge.nullCosts = state.nullCosts[index];
    if (!state.hasDetails)
        return charge;
    charge.document = state.documents[index];
    charge.line = state.lines[index];
    charge.end = wrappedSum(charge.start, state.durations[index]);
    charge.nullNumbers = state.nullNumbers[index];
    charge.pricingQuantity = Quantity{state.pricingQuantities[index]};
    charge.consumedQuantity = Quantity{state.consumedQuantities[index]};
    charge.listUnitPrice = UnitPrice{state.listPrices[index]};
    charge.contractedUnitPrice = UnitPrice{state.contractedPrices[index]};
    charge.resourceId = state.resourceIds.rows[index];
    charge.resourceName = state.resourceNames.rows[index];
    charge.invoiceId = state.invoiceIds.rows[index];
    return charge;
}

const std::vector<std::uint64_t>& ChargeSegment::rows() const noexcept
{
    return m_state->rows;
}

const std::vector<KeyId>& ChargeSegment::keys() const noexcept
{
    return m_state->keys;
}

const std::vector<std::uint32_t>& ChargeSegment::scopes() const noexcept
{
    return m_state->scopes;
}

const std::vector<std::uint32_t>& ChargeSegment::documents() const noexcept
{
    return m_state->documents;
}

const std::vector<std::int32_t>& ChargeSegment::days() const noexcept
{
    return m_state->days;
}

const std::vector<std::int64_t>& ChargeSegment::costs(Measure measure) const noexcept
{
    return m_state->costs[static_cast<std::size_t>(measure)];
}

} // namespace sluice
