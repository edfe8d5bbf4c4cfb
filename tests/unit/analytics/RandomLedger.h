// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/SpendQuery.h"
#include "core/base/Random.h"

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace sluice::test {

// A small ledger of chance: several batches of two kinds, superseded scopes, two currencies, an
// organisation that changes, eras, splits by fixed share; and every charge behind the cells.
class RandomLedger {
public:
    explicit RandomLedger(std::uint64_t seed);

    [[nodiscard]] const LedgerSnapshot& snapshot() const { return *m_snapshot; }
    [[nodiscard]] std::shared_ptr<const LedgerSnapshot> shared() const { return m_snapshot; }
    struct Placed {
        Charge charge;
        std::uint32_t batch{0};
    };
    [[nodiscard]] const std::vector<Placed>& charges() const { return m_charges; }

    // Dimensions, grain, period, filters, measure and kind by chance.
    SpendQuery query(bool withDetails = false);
    Principal departmentHead();
    SeededRandom& random() { return m_random; }
    // Another attribution of the same keys, by chance.
    std::shared_ptr<const AttributionTable> otherAttribution() { return makeAttribution(); }

    static constexpr std::int32_t FirstDay = 20'000;
    static constexpr std::int32_t Days = 90;

private:
    void makeOrganisation();
    void makeKeys();
    std::shared_ptr<const AttributionTable> makeAttribution();
    void makeBatches();
    std::string pick(std::initializer_list<const char*> texts);

    SeededRandom m_random;
    std::shared_ptr<LedgerSnapshot> m_snapshot;
    std::vector<Placed> m_charges;
    std::deque<std::string> m_texts;
    std::vector<std::string> m_units;
};

// What spend() must answer, from plain loops over maps.
struct NaiveRow {
    Int128 amount{0};
    std::uint64_t charges{0};
    bool operator==(const NaiveRow&) const = default;
};
struct NaiveAnswer {
    // bucket label, currency code, values
    std::map<std::tuple<std::string, std::string, std::vector<std::string>>, NaiveRow> rows;
    std::map<std::string, NaiveRow> totals;
    bool operator==(const NaiveAnswer&) const = default;
};
// One cell or charge of a ledger, and whether the answer may see a share of it.
using MaySee = std::function<bool(const AttributionPart& part, BusinessDate day)>;
NaiveAnswer naiveSpend(
    const LedgerSnapshot& snapshot, const SpendQuery& query, const MaySee& maySee = {});
NaiveAnswer naiveSpendOfCharges(
    const RandomLedger& ledger, const SpendQuery& query, const MaySee& maySee = {});
// The same of charges that each are split alone, as a list of charges shows them.
NaiveAnswer naiveListOfCharges(const RandomLedger& ledger, const SpendQuery& query);
NaiveAnswer asNaive(const SpendAnswer& answer);
std::string naiveValue(const LedgerSnapshot& snapshot, const Dimension& dimension, KeyId key,
    const AttributionPart& part, const SnapshotBatch& batch, std::uint32_t scope);

} // namespace sluice::test
