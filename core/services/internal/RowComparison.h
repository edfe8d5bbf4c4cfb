// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/KeyedHash.h"
#include "core/base/TaskContext.h"
#include "core/ledger/Charge.h"
#include "core/services/ImportPreview.h"
#include "core/store/tables/BatchTable.h"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sluice {

// Tells, row by row, what a delivery would change: its charges beside those that stand in the
// periods it takes the place of, as multisets. Runs inside the transaction that would bring the
// delivery. Where nothing stands only the sampled rows are read.
class RowComparison {
public:
    struct Ledger {
        Connection& connection;
        std::uint64_t revision{0};
        const KeyDictionary& keys; // of the ledger, the delivery's own among them
    };
    RowComparison(const Ledger& ledger, std::size_t samples, const TaskContext& context);

    // `preview.batch` is the delivery as it is stored by now. Fills counts, rows and totals.
    Status run(DeliveryPreview& preview);

private:
    // What is kept of a charge, whatever the number of them. Hashes stand for what they were made
    // of (KeyedHash).
    struct Row {
        KeyedHash::Value content; // all that a charge says
        KeyedHash::Value identity; // its period, key, start and resource
        KeyedHash::Value likeness; // the same, of the key only what hardly changes
        std::array<std::uint32_t, 6> details{}; // of the columns in DetailColumns
        std::uint64_t row{0};
        std::uint64_t line{0};
        std::uint32_t document{0};
        std::uint32_t batch{0}; // index into m_batches
        KeyId key{0};
        std::int32_t day{0};
        std::int64_t end{0};
        std::uint8_t nullCosts{0};
        bool isOfNewPeriod{false};
        PreviewCosts costs{};
    };
    struct KeyHashes {
        KeyedHash::Value whole;
        KeyedHash::Value likeness;
    };

    Status findStanding(const Batch& batch);
    Status readStanding(std::uint32_t batch, std::vector<Row>& rows);
    Status compareAll(DeliveryPreview& preview);
    Status sampleNew(DeliveryPreview& preview);
    // By one hash, those of `fresh` with those of `old` in their order; what is matched leaves
    // both.
    template <class Matched>
    static void match(std::vector<Row>& fresh, std::vector<Row>& old, KeyedHash::Value Row::*hash,
        const Matched& matched);
    template <class Visit>
    Status forEachCharge(std::uint32_t batch, const Visit& visit);
    Row rowOf(const Charge& charge, std::uint32_t batch, std::uint32_t group);
    const KeyHashes& hashesOf(KeyId key);
    PreviewRow shown(PreviewState state, const Row& row) const;
    void add(DeliveryPreview& preview, PreviewState state, const Row& row, const Row* standing);
    std::vector<std::string> differences(const Row& fresh, const Row& old) const;
    Status addErrors(DeliveryPreview& preview);
    void addTotals(DeliveryPreview& preview) const;
    [[nodiscard]] std::string_view text(KeyId key, std::string_view field) const;

    static constexpr std::array<std::string_view, 6> DetailColumns{"PricingQuantity",
        "ConsumedQuantity", "ListUnitPrice", "ContractedUnitPrice", "ResourceName", "InvoiceId"};

    Ledger m_ledger;
    std::size_t m_samples;
    const TaskContext& m_context;
    std::vector<StoredBatch> m_batches;
    std::uint32_t m_fresh{0}; // the delivery, of m_batches
    // by batch, scope: of the delivery, the scope; of what stands, the delivery's scope that takes
    // its place
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> m_groups;
    std::set<std::uint32_t> m_restated; // scopes of the delivery that take a place
    std::set<StringId> m_left; // fields that are no part of the source's keys any more
    std::vector<std::optional<KeyHashes>> m_keyHashes; // by key of the ledger
    std::array<std::size_t, PreviewStateCount> m_shown{};
};

} // namespace sluice
