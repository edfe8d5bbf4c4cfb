// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a cost export: each record becomes a charge that the ledger can hold, or is refused
// for a reason that names its rule; the sums are those of the records; and a record says the same
// whatever came before it.
#include "core/ingest/ColumnMap.h"
#include "core/ingest/ControlTotals.h"
#include "core/ingest/CsvReader.h"
#include "core/ingest/MemorySource.h"
#include "core/ingest/RowMapper.h"
#include "core/ingest/TextSource.h"

#include <algorithm>
#include <cstddef>

namespace {

using namespace sluice;

// What stays the same over all inputs.
struct Fixed {
    FocusCatalogue catalogue;
    LedgerTimeZone zone = *LedgerTimeZone::find("Europe/Berlin");
    std::shared_ptr<const RuleModel> rules
        = std::make_shared<const RuleModel>(RuleModel::builtIn());
};

class Mapping {
public:
    Mapping(const Fixed& fixed, const ColumnMap& map, const Profile& profile)
        : m_mapper{{map, profile, fixed.zone, fixed.rules, m_keys, m_demoted}}
    {
    }
    RowMapper& mapper() { return m_mapper; }
    [[nodiscard]] const KeyDictionary& keys() const { return m_keys; }

private:
    KeyDictionary m_keys;
    std::set<std::string> m_demoted;
    RowMapper m_mapper;
};

void checkRow(const MappedRow& row, const ColumnMap& map, const KeyDictionary& keys)
{
    if (!row.accepted) {
        SLUICE_CHECK(!row.fault.rule.empty() && !row.fault.reason.empty()
            && row.fault.slot < map.columnSlots.size());
        return;
    }
    const Charge& charge = row.charge;
    SLUICE_CHECK(row.currency.isSet() && charge.key < keys.keyCount());
    SLUICE_CHECK(charge.start <= charge.end && row.periodStart < row.periodEnd);
    // what was billed and what it is worth are always there
    SLUICE_CHECK((charge.nullCosts & 3U) == 0);
    for (std::size_t m = 0; m < MeasureCount; ++m) {
        const bool isNull = (charge.nullCosts & (1U << m)) != 0;
        const bool isShort = (row.readableCosts & (1U << m)) != 0;
        const auto isLong = std::find_if(row.longCosts.begin(), row.longCosts.end(),
            [m](const auto& cost) { return cost.first == m; });
        SLUICE_CHECK(isNull == (!isShort && isLong == row.longCosts.end()));
        Int128 units = 0;
        SLUICE_CHECK(!isShort
            || (rescale(row.exact[m], row.currency.scale(), Rounding::HalfEven, units)
                && units == charge.costs[m]));
        SLUICE_CHECK(isLong == row.longCosts.end()
            || isLong->second.rounded(row.currency.scale()) == Int128{charge.costs[m]});
        SLUICE_CHECK(!isNull || charge.costs[m] == 0);
    }
}

void checkTotals(const ControlTotals& totals, bool allAccepted)
{
    for (const ControlTotal& total : totals.totals()) {
        SLUICE_CHECK(!allAccepted || total.file == total.accepted);
        WideDecimal accepted;
        SLUICE_CHECK(WideDecimal::parse(total.accepted, accepted) == WideDecimal::Fit::Held);
        DecimalSum residual;
        residual.add(accepted);
        residual.subtract(*parseDecimal(total.ledger));
        SLUICE_CHECK(residual.toString() == total.residual);
    }
}

void mapAll(const Fixed& fixed, CsvReader& reader)
{
    RecordBatch batch;
    const auto first = reader.next(batch);
    if (!first.ok() || !*first)
        return;
    const Profile& profile = recogniseProfile(reader.header(), &batch);
    const auto map = mapColumns(reader.header(), profile, fixed.catalogue, {});
    if (!map.ok()) {
        SLUICE_CHECK(map.error().code == ErrorCode::MissingColumns && !map.error().fix.empty());
        return;
    }
    Mapping whole{fixed, *map, profile};
    ControlTotals totals;
    bool allAccepted = true;
    std::uint64_t rows = 0;
    for (auto more = first; more.ok() && *more; more = reader.next(batch)) {
        for (std::size_t i = 0; i < batch.size(); ++i, ++rows) {
            MappedRow row;
            whole.mapper().map(batch.fields(i), batch.line(i), row);
            checkRow(row, *map, whole.keys());
            totals.add(row);
            allAccepted = allAccepted && row.accepted;
            if (rows >= 3) // enough to compare; each compiles the rules anew
                continue;
            Mapping alone{fixed, *map, profile};
            MappedRow again;
            alone.mapper().map(batch.fields(i), batch.line(i), again);
            SLUICE_CHECK(again.accepted == row.accepted && again.charge.costs == row.charge.costs
                && again.fault.rule == row.fault.rule);
            SLUICE_CHECK(again.charge.start == row.charge.start
                && again.charge.day == row.charge.day && again.currency == row.currency);
            if (row.accepted)
                SLUICE_CHECK(alone.keys().cells(again.charge.key).size()
                    == whole.keys().cells(row.charge.key).size());
        }
    }
    checkTotals(totals, allAccepted);
    for (const RuleResult& result : whole.mapper().finish())
        SLUICE_CHECK(result.failingRows <= rows);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Fixed fixed;
    if (size > 20'000)
        return 0;
    auto text = TextSource::open(std::make_unique<MemorySource>(
        "t.csv", std::string{reinterpret_cast<const char*>(data), size}));
    if (!text.ok())
        return 0;
    auto reader = CsvReader::open(std::move(text).value());
    if (reader.ok())
        mapAll(fixed, *reader);
    return 0;
}
