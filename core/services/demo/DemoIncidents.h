// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Int128.h"
#include "core/services/demo/DemoCalendar.h"
#include "core/services/demo/DemoStream.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

// What an incident does to one stream on one day. Amounts and prices in permille of what they would
// have been.
struct DemoEffect {
    std::int64_t amount{1'000};
    std::int64_t extra{0}; // 10^-6 of the currency on top
    std::int64_t price{1'000};
    int copies{1}; // 0: the line is missing, 2: it is delivered twice
    [[nodiscard]] bool isNone() const noexcept
    {
        return amount == 1'000 && extra == 0 && price == 1'000 && copies == 1;
    }
};

struct DemoIncident {
    std::string kind;
    std::map<std::string, std::string> scope; // dimension → value
    BusinessDate firstDay;
    BusinessDate lastDay; // inclusive
    std::string currency{"USD"};
    Int128 money{0}; // 10^-18 of the currency, added up while the deliveries are made
};

// The plan of what goes wrong, when and where, and the account of what it cost.
class DemoIncidents {
public:
    DemoIncidents(const std::vector<DemoStream>& streams, const DemoCalendar& calendar);

    // The incident that this stream is part of on this day, as an index, and what it does; nothing
    // on a quiet day.
    [[nodiscard]] std::optional<std::size_t> on(
        const DemoStream& stream, BusinessDate day, DemoEffect& effect) const;
    void account(std::size_t incident, Int128 difference)
    {
        m_incidents[incident].money += difference;
    }
    // The restated month: the first delivery of this source and month was too low by 4 % and came
    // again.
    [[nodiscard]] static bool isRestated(DemoSource source, int month)
    {
        return source == DemoSource::Aws && month == DemoCalendar::Months - 4;
    }
    void accountRestatement(Int128 difference) { m_incidents.back().money += difference; }

    [[nodiscard]] std::string truthJson() const;

private:
    enum class Kind : std::uint8_t {
        RetryLoop,
        RunawayAgent,
        IdleGpu,
        PriceChange,
        DoubleDelivery,
        MissingDays,
        NewVendor,
        VanishedSpend
    };
    struct Rule {
        Kind kind{Kind::RetryLoop};
        std::size_t incident{0};
        std::vector<bool> streams; // by id
    };

    template <class Match>
    void plan(Kind kind, std::string_view name, int daysAgo, int days,
        std::map<std::string, std::string> scope, Match match);
    // A deployment that has run from the beginning and shares its scope with no other, because what
    // the truth says of a scope must hold for the whole of it. The one after `skip` others, or the
    // last there is; null where there is none.
    [[nodiscard]] const DemoStream* deployment(
        DemoSource source, std::string_view category, std::size_t skip) const;
    void planDeployment(
        Kind kind, std::string_view name, int daysAgo, int days, const DemoStream* stream);

    const std::vector<DemoStream>& m_streams;
    const DemoCalendar& m_calendar;
    std::vector<DemoIncident> m_incidents;
    std::vector<Rule> m_rules;
};

} // namespace sluice
