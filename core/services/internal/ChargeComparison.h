// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/internal/AuditCheck.h"
#include "core/services/internal/BatchImport.h"
#include "core/store/ReadPool.h"
#include "core/store/tables/BatchTable.h"

#include <limits>
#include <optional>
#include <set>
#include <vector>

namespace sluice {

// Compares the charges and quarantined rows that documents give with those that a batch stored,
// one after the other as they come. Of each kind the first difference is named and no other.
class ChargeComparison {
public:
    // All of them outlive this object.
    ChargeComparison(ReadPool& readers, const StoredBatch& stored, AuditCheck& check);

    // The next that the documents give.
    Status add(const ImportOutput& output);
    // After the last one.
    Status finish();
    // After finish(): what the charges' keys say, without the fields in `demoted`.
    void compareKeys(const KeyDictionary& given, const KeyDictionary& ledger,
        const std::set<std::string>& demoted);

private:
    // Which of the ledger's keys stands for a key of the documents, and in which row first.
    struct KeyPair {
        KeyId ledger{std::numeric_limits<KeyId>::max()};
        std::uint64_t row{0};
    };

    Status compareSegment(const SegmentOutput& given);
    Status compareRows(const QuarantineOutput& given);
    // Whether the stored segment at hand has not been begun and has these bytes.
    Result<bool> isNextSegment(const std::string& bytes);
    // Makes sure that a stored charge is at hand; false after the last one.
    Result<bool> fill();
    void compareCharge(const Charge& given, const Charge& kept);
    void notePair(KeyId given, KeyId kept, std::uint64_t row);
    void chargeFault(std::uint64_t row, const std::string& what);
    [[nodiscard]] std::string place(std::uint64_t row) const;

    ReadPool& m_readers;
    const StoredBatch& m_stored;
    AuditCheck& m_check;
    std::uint32_t m_segment{0}; // the next stored one
    std::string m_bytes; // of it, once it was asked for
    bool m_ended{false};
    std::optional<ChargeSegment> m_kept; // the one at hand
    std::size_t m_at{0};
    std::vector<KeyPair> m_pairs; // by key of the documents
    bool m_chargesDiffer{false};
    std::uint64_t m_row{0}; // the last quarantined row
    bool m_rowsDiffer{false};
};

} // namespace sluice
