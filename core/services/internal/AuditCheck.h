// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/services/MaintenanceService.h"

#include <string>

namespace sluice {

// Collects the faults of one check of verify; the first few are told. Used by one thread at a time.
class AuditCheck {
public:
    explicit AuditCheck(std::string name)
        : m_name{std::move(name)}
    {
    }
    void fault(const std::string& text)
    {
        if (++m_faults <= MaxTold)
            m_detail += (m_detail.empty() ? "" : "; ") + text;
    }
    // Damage is what is looked for: a fault of this check. Other errors end the verification.
    Status noteDamage(Status done, const std::string& place)
    {
        if (done.ok() || done.error().code != ErrorCode::Damaged)
            return done;
        fault(place + ": " + done.error().what);
        return Status::success();
    }
    [[nodiscard]] VerifyCheck done(const std::string& whenGood) const
    {
        const std::string more
            = m_faults > MaxTold ? "; and " + std::to_string(m_faults - MaxTold) + " more" : "";
        return {m_name, m_faults == 0, m_faults == 0 ? whenGood : m_detail + more};
    }

private:
    static constexpr std::size_t MaxTold = 3;

    std::string m_name;
    std::string m_detail;
    std::size_t m_faults{0};
};

} // namespace sluice
