// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/ChargeReader.h"

#include "core/store/tables/SegmentTable.h"

#include <algorithm>
#include <charconv>

namespace sluice {

Result<ChargeId> ChargeId::parse(std::string_view text)
{
    const auto dash = text.rfind('-');
    ChargeId id;
    if (dash != std::string_view::npos) {
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data() + dash + 1, end, id.row);
        id.batch = text.substr(0, dash);
        if (error == std::errc{} && stop == end && id.row > 0 && !documentsId(id.batch).empty())
            return id;
    }
    return Error{ErrorCode::Usage, {}, "'" + std::string{text} + "' is not the id of a charge",
        "It looks like b-0123456789abcdef-17; `sluice-cli charges LEDGER` shows them"};
}

ChargeReader::ChargeReader(ReadPool::Lease lease, std::vector<StoredBatch> batches,
    std::map<ScopeRef, BatchRowId> superseded)
    : m_lease{std::move(lease)}
    , m_batches{std::move(batches)}
    , m_superseded{std::move(superseded)}
{
}

Result<ChargeReader> ChargeReader::open(ReadPool& readers, std::uint64_t revision)
{
    SLUICE_TRY(ReadPool::Lease lease, readers.acquire());
    SLUICE_TRY(std::vector<StoredBatch> batches, readBatches(lease.connection(), revision, false));
    SLUICE_TRY(auto superseded, readSupersessions(lease.connection(), revision));
    return ChargeReader{std::move(lease), std::move(batches), std::move(superseded)};
}

bool ChargeReader::isLive(std::size_t batch, std::uint32_t scope) const
{
    return m_superseded.count({m_batches[batch].batch.id, scope}) == 0;
}

std::string ChargeReader::supersededBy(std::size_t batch, std::uint32_t scope) const
{
    const auto by = m_superseded.find({m_batches[batch].batch.id, scope});
    if (by == m_superseded.end())
        return {};
    const auto newer = std::find_if(m_batches.begin(), m_batches.end(),
        [&](const StoredBatch& stored) { return stored.batch.id == by->second; });
    return newer == m_batches.end() ? std::string{} : newer->batch.publicId;
}

std::optional<std::size_t> ChargeReader::find(const std::string& publicId) const
{
    for (std::size_t i = m_batches.size(); i > 0; --i) {
        if (m_batches[i - 1].batch.publicId == publicId)
            return i - 1;
    }
    return std::nullopt;
}

Result<ChargeSegment> ChargeReader::load(
    std::size_t batch, const StoredSegment& segment, SegmentPart part)
{
    SLUICE_TRY(const std::string bytes,
        readChargeSegmentBytes(m_lease.connection(), m_batches[batch].batch.id, segment.index));
    SLUICE_TRY(ChargeSegment decoded, ChargeSegment::decode(bytes, part));
    const StoredBatch& stored = m_batches[batch];
    const auto below = [](const auto& numbers, std::size_t count) {
        return std::all_of(numbers.begin(), numbers.end(),
            [count](std::uint32_t number) { return number < count; });
    };
    if (below(decoded.keys(), stored.keys.size())
        && below(decoded.scopes(), stored.batch.scopes.size())
        && below(decoded.documents(), stored.batch.documents.size()))
        return decoded;
    return Error{ErrorCode::Damaged, m_lease.connection().path(),
        "a charge names a key, a scope or a document that its batch does not have",
        "Run verify, or open the newest backup"};
}

Status ChargeReader::forEach(std::size_t batch, const Wanted& wanted, const TaskContext& context,
    const std::function<Result<bool>(const Charge&)>& visit)
{
    SLUICE_TRY(const std::vector<StoredSegment> segments,
        readChargeSegments(m_lease.connection(), m_batches[batch].batch.id));
    for (const StoredSegment& info : segments) {
        if (context.stopRequested())
            return TaskContext::cancelled();
        const bool outside = wanted.period
            && (BusinessDate{info.lastDay} < wanted.period->first
                || BusinessDate{info.firstDay} >= wanted.period->end);
        if (info.lastRow <= wanted.afterRow || outside)
            continue;
        SLUICE_TRY(const ChargeSegment segment, load(batch, info, wanted.part));
        for (std::size_t i = 0; i < segment.size(); ++i) {
            Charge charge = segment.at(i);
            if (charge.row <= wanted.afterRow || !isLive(batch, charge.scope))
                continue;
            charge.key = m_batches[batch].keys[charge.key];
            SLUICE_TRY(const bool goOn, visit(charge));
            if (!goOn)
                return Status::success();
        }
    }
    return Status::success();
}

Result<std::optional<Charge>> ChargeReader::at(std::size_t batch, std::uint64_t row)
{
    SLUICE_TRY(const std::vector<StoredSegment> segments,
        readChargeSegments(m_lease.connection(), m_batches[batch].batch.id));
    const auto info
        = std::find_if(segments.begin(), segments.end(), [row](const StoredSegment& segment) {
              return row >= segment.firstRow && row <= segment.lastRow;
          });
    if (info == segments.end())
        return std::optional<Charge>{};
    const std::pair place{batch, info->index};
    if (!m_last || m_lastPlace != place) {
        SLUICE_TRY(m_last, load(batch, *info, SegmentPart::All));
        m_lastPlace = place;
    }
    for (std::size_t i = 0; i < m_last->size(); ++i) {
        Charge charge = m_last->at(i);
        if (charge.row != row)
            continue;
        charge.key = m_batches[batch].keys[charge.key];
        return std::optional<Charge>{charge};
    }
    return std::optional<Charge>{};
}

} // namespace sluice
