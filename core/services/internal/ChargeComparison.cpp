// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/ChargeComparison.h"

#include <map>

namespace sluice {
namespace {

bool sameCharge(const Charge& a, const Charge& b)
{
    return a.row == b.row && a.document == b.document && a.line == b.line && a.scope == b.scope
        && a.day == b.day && a.start == b.start && a.end == b.end && a.costs == b.costs
        && a.nullCosts == b.nullCosts && a.nullNumbers == b.nullNumbers
        && a.pricingQuantity == b.pricingQuantity && a.consumedQuantity == b.consumedQuantity
        && a.listUnitPrice == b.listUnitPrice && a.contractedUnitPrice == b.contractedUnitPrice
        && a.resourceId == b.resourceId && a.resourceName == b.resourceName
        && a.invoiceId == b.invoiceId;
}

std::map<std::string_view, std::string_view> cellsOf(
    const KeyDictionary& keys, KeyId key, const std::set<std::string>& demoted)
{
    std::map<std::string_view, std::string_view> cells;
    for (const KeyCell& cell : keys.cells(key)) {
        if (demoted.count(std::string{keys.text(cell.field)}) == 0)
            cells[keys.text(cell.field)] = keys.text(cell.value);
    }
    return cells;
}

} // namespace

ChargeComparison::ChargeComparison(ReadPool& readers, const StoredBatch& stored, AuditCheck& check)
    : m_readers{readers}
    , m_stored{stored}
    , m_check{check}
{
}

Status ChargeComparison::add(const ImportOutput& output)
{
    if (const auto* segment = std::get_if<SegmentOutput>(&output))
        return m_chargesDiffer ? Status::success() : compareSegment(*segment);
    if (const auto* rows = std::get_if<QuarantineOutput>(&output))
        return m_rowsDiffer ? Status::success() : compareRows(*rows);
    return Status::success(); // the roll-up is compared with the charges
}

Status ChargeComparison::finish()
{
    if (!m_chargesDiffer) {
        SLUICE_TRY(const bool more, fill());
        if (more)
            chargeFault(m_kept->at(m_at).row, "its documents do not give this charge");
    }
    SLUICE_TRY(ReadPool::Lease lease, m_readers.acquire());
    SLUICE_TRY(const std::vector<QuarantinedRow> rest,
        readQuarantine(lease.connection(), m_stored.batch.id, 1, m_row));
    if (!rest.empty() && !m_rowsDiffer)
        m_check.fault(
            place(rest.front().row) + ": its documents do not give this row in quarantine");
    return Status::success();
}

Status ChargeComparison::compareSegment(const SegmentOutput& given)
{
    SLUICE_TRY(const bool same, isNextSegment(given.bytes));
    SLUICE_TRY(const ChargeSegment segment,
        ChargeSegment::decode(given.bytes, same ? SegmentPart::Facts : SegmentPart::All));
    if (same) {
        ++m_segment;
        m_bytes.clear();
        for (std::size_t i = 0; i < segment.size(); ++i)
            notePair(segment.keys()[i], segment.keys()[i], segment.rows()[i]);
        return Status::success();
    }
    for (std::size_t i = 0; i < segment.size() && !m_chargesDiffer; ++i) {
        const Charge charge = segment.at(i);
        SLUICE_TRY(const bool more, fill());
        if (more)
            compareCharge(charge, m_kept->at(m_at++));
        else
            chargeFault(charge.row, "the charge that its documents give is not in the ledger");
    }
    return Status::success();
}

Result<bool> ChargeComparison::isNextSegment(const std::string& bytes)
{
    if (m_kept || m_ended)
        return false;
    if (m_bytes.empty()) {
        SLUICE_TRY(ReadPool::Lease lease, m_readers.acquire());
        auto read = readChargeSegmentBytes(lease.connection(), m_stored.batch.id, m_segment);
        if (!read.ok()) {
            // That there is no further one is a difference, which fill() finds.
            m_ended = read.error().code == ErrorCode::Damaged;
            return m_ended ? Result<bool>{false} : std::move(read).error();
        }
        m_bytes = std::move(read).value();
    }
    return m_bytes == bytes;
}

Result<bool> ChargeComparison::fill()
{
    while (!m_kept || m_at == m_kept->size()) {
        m_kept.reset();
        SLUICE_TRY_DO(isNextSegment({}));
        if (m_ended)
            return false;
        auto decoded = ChargeSegment::decode(m_bytes, SegmentPart::All);
        if (!decoded.ok())
            return std::move(decoded).error();
        m_kept.emplace(std::move(decoded).value());
        ++m_segment;
        m_bytes.clear();
        m_at = 0;
    }
    return true;
}

void ChargeComparison::compareCharge(const Charge& given, const Charge& kept)
{
    if (!sameCharge(given, kept))
        chargeFault(given.row, "the charge differs from the one that its documents give");
    notePair(given.key, kept.key, given.row);
}

void ChargeComparison::notePair(KeyId given, KeyId kept, std::uint64_t row)
{
    if (given >= m_pairs.size())
        m_pairs.resize(given + 1);
    KeyPair& pair = m_pairs[given];
    if (kept >= m_stored.keys.size())
        return chargeFault(row, "the charge has a key that its batch does not have");
    const KeyId ledger = m_stored.keys[kept];
    if (pair.row == 0)
        pair = {ledger, row};
    else if (pair.ledger != ledger)
        chargeFault(row,
            "the charge has another key than row " + std::to_string(pair.row)
                + ", which says the same");
}

Status ChargeComparison::compareRows(const QuarantineOutput& given)
{
    SLUICE_TRY(ReadPool::Lease lease, m_readers.acquire());
    SLUICE_TRY(const std::vector<QuarantinedRow> kept,
        readQuarantine(lease.connection(), m_stored.batch.id, given.rows.size(), m_row));
    for (std::size_t i = 0; i < given.rows.size(); ++i) {
        m_row = given.rows[i].row;
        if (i < kept.size() && kept[i] == given.rows[i])
            continue;
        m_check.fault(
            place(m_row) + ": the row in quarantine differs from the one that its documents give");
        m_rowsDiffer = true;
        break;
    }
    return Status::success();
}

void ChargeComparison::compareKeys(
    const KeyDictionary& given, const KeyDictionary& ledger, const std::set<std::string>& demoted)
{
    for (KeyId key = 0; key < m_pairs.size(); ++key) {
        const KeyPair& pair = m_pairs[key];
        if (pair.row == 0 || m_chargesDiffer)
            continue;
        if (pair.ledger >= ledger.keyCount())
            return chargeFault(pair.row, "the charge has a key that the ledger does not have");
        const auto wanted = cellsOf(given, key, demoted);
        const auto kept = cellsOf(ledger, pair.ledger, {});
        if (wanted == kept)
            continue;
        const auto differs = [](const auto& from, const auto& other) {
            for (const auto& cell : from) {
                const auto twin = other.find(cell.first);
                if (twin == other.end() || twin->second != cell.second)
                    return cell.first;
            }
            return std::string_view{};
        };
        const std::string_view field
            = differs(wanted, kept).empty() ? differs(kept, wanted) : differs(wanted, kept);
        const auto said = [field](const auto& cells) {
            const auto cell = cells.find(field);
            return cell == cells.end() ? std::string{"nothing"}
                                       : "'" + std::string{cell->second} + "'";
        };
        chargeFault(pair.row,
            std::string{field} + " says " + said(kept) + ", its documents say " + said(wanted));
    }
}

void ChargeComparison::chargeFault(std::uint64_t row, const std::string& what)
{
    m_check.fault(place(row) + ": " + what);
    m_chargesDiffer = true;
}

std::string ChargeComparison::place(std::uint64_t row) const
{
    return m_stored.batch.publicId + ", row " + std::to_string(row);
}

} // namespace sluice
