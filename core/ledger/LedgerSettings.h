// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Currency.h"
#include "core/base/Period.h"
#include "core/base/Timestamp.h"

#include <string>

namespace sluice {

// Fixed when the ledger is made: stored days depend on the time zone.
struct LedgerSettings {
    std::string ledgerId; // "l-" and 32 hex digits, random
    Currency currency; // of reports
    FiscalCalendar calendar;
    std::string timeZone{"UTC"}; // IANA name
    Timestamp createdAt;
};

} // namespace sluice
