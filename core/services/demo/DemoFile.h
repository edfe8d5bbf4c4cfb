// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Int128.h"
#include "core/services/demo/DemoCsv.h"
#include "core/services/demo/DemoIncidents.h"
#include "core/services/demo/DemoStream.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

// Writes one delivery's CSV: the streams of one source over some months, line by line, then what a
// provider adds at the end of a month (commitment fees, credits, refunds, taxes).
class DemoFile {
public:
    // Final is what a provider says in the end; Early is the first version of a month that is
    // restated later; Estimate is what the gateway reckons for the calls that pass it.
    enum class Version : std::uint8_t { Final, Early, Estimate };

    // `incidents` may be null: then there are none. All outlive this object.
    DemoFile(std::uint64_t seed, const DemoCalendar& calendar,
        const std::vector<DemoStream>& streams, DemoIncidents* incidents)
        : m_seed{seed}
        , m_calendar{calendar}
        , m_streams{streams}
        , m_incidents{incidents}
    {
    }

    std::string write(DemoSource source, int firstMonth, int lastMonth, Version version);

private:
    struct Usage {
        Int128 quantity{0}; // 10^-quantityScale units
        std::int64_t price{0}; // list, 10^-12
        int copies{0};
    };

    void writeMonth(DemoSource source, int month);
    void writeLine(const DemoStream& stream, int month, BusinessDate day);
    Usage usageOn(
        const DemoStream& stream, BusinessDate day, Usage& quiet, std::size_t& incident) const;
    DemoRow commonRow(const DemoStream& stream, int month) const;
    void setPeriod(DemoRow& row, const DemoStream& stream, BusinessDate day) const;
    void setCosts(DemoRow& row, const DemoStream& stream, const Usage& usage) const;
    void writeMonthEnd(DemoSource source, int month);
    void writeCommitmentFee(const DemoStream& stream, int month);
    void writeAdjustment(const DemoStream& like, int month, std::string_view category,
        std::string_view description, Int128 amount);

    std::uint64_t m_seed;
    const DemoCalendar& m_calendar;
    const std::vector<DemoStream>& m_streams;
    DemoIncidents* m_incidents;
    Version m_version{Version::Final};
    std::string m_csv;
    // by stream: what its lines of the month have in common
    std::vector<std::optional<DemoRow>> m_rows;
    Int128 m_quietSum{0}; // of the month, 10^-18: credits and taxes do not depend on incidents
};

} // namespace sluice
