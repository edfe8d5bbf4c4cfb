// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/ChargeAssembler.h"

#include <algorithm>

namespace sluice {

ChargeAssembler::ChargeAssembler(GiveSegment giveSegment, GiveSegment giveRollup)
    : m_giveSegment{std::move(giveSegment)}
    , m_giveRollup{std::move(giveRollup)}
{
    m_thread = std::jthread{[this] {
        while (const std::optional<Charges> next = m_queue.pop()) {
            if (m_abandoned)
                return;
            m_status = assemble(next->charges);
            if (!m_status.ok())
                return m_queue.close();
        }
        if (m_abandoned)
            return;
        m_status = flushSegment();
        if (m_status.ok())
            m_status = flushRollup();
    }};
}

ChargeAssembler::~ChargeAssembler()
{
    m_abandoned = true;
    m_queue.close();
}

bool ChargeAssembler::add(Charges charges)
{
    return m_queue.push(std::move(charges));
}

Status ChargeAssembler::finish()
{
    m_queue.close();
    m_thread.join();
    return m_status;
}

Status ChargeAssembler::assemble(const std::vector<Charge>& charges)
{
    for (const Charge& charge : charges) {
        if (m_segment.size() == 0)
            m_segmentInfo
                = {m_segmentInfo.index, charge.row, charge.row, charge.day, charge.day, 0};
        m_segmentInfo.lastRow = charge.row;
        m_segmentInfo.firstDay = std::min(m_segmentInfo.firstDay, charge.day);
        m_segmentInfo.lastDay = std::max(m_segmentInfo.lastDay, charge.day);
        m_segment.add(charge);
        if (m_segment.full())
            SLUICE_TRY_DO(flushSegment());
    }
    return addUp(charges);
}

Status ChargeAssembler::addUp(const std::vector<Charge>& charges)
{
    std::span<const Charge> rest{charges};
    while (!rest.empty()) {
        rest = rest.subspan(m_rollup.add(rest));
        if (m_rollup.full())
            SLUICE_TRY_DO(flushRollup());
    }
    return Status::success();
}

Status ChargeAssembler::flushSegment()
{
    if (m_segment.size() == 0)
        return Status::success();
    m_segmentInfo.count = m_segment.size();
    const StoredSegment info = m_segmentInfo;
    ++m_segmentInfo.index;
    return m_giveSegment(info, m_segment.encode());
}

Status ChargeAssembler::flushRollup()
{
    if (m_rollup.size() == 0)
        return Status::success();
    const RollupCells cells = m_rollup.take();
    const auto [first, last] = std::minmax_element(cells.day.begin(), cells.day.end());
    const StoredSegment info{m_rollupSegments++, 0, 0, *first, *last, cells.size()};
    return m_giveRollup(info, encodeRollup(cells));
}

} // namespace sluice
