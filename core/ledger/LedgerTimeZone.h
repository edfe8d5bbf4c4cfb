// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"

#include <cstdint>
#include <memory>
#include <string>

namespace sluice {

// Local days of an IANA time zone (Howard Hinnant's date library over the system's zone database).
class LedgerTimeZone {
public:
    static Result<LedgerTimeZone> find(const std::string& name); // Usage for an unknown name

    // The local day on which the instant lies. Keeps the last offset interval: fast for instants
    // near each other. One object per thread.
    [[nodiscard]] BusinessDate localDay(std::int64_t utcSeconds) const;
    // The instant at which a local day starts.
    [[nodiscard]] std::int64_t startOfDay(BusinessDate day) const;
    [[nodiscard]] const std::string& name() const noexcept { return m_name; }

private:
    LedgerTimeZone(std::string name, const void* zone);

    std::string m_name;
    const void* m_zone{nullptr}; // date::time_zone, kept out of the header
    mutable std::int64_t m_validFrom{1};
    mutable std::int64_t m_validUntil{0};
    mutable std::int64_t m_offset{0};
};

} // namespace sluice
