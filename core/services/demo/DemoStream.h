// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"
#include "core/ledger/Measure.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

enum class DemoSource : std::uint8_t {
    Aws,
    Azure,
    Google,
    Oracle,
    OpenAi,
    Anthropic,
    Mistral,
    Software,
    Cards,
    Invoices,
    Review,
    Orders
};
inline constexpr std::size_t DemoSourceCount = 12;

// What is the same for all of a source's lines.
struct DemoSourceInfo {
    std::string_view name; // of the ledger's source
    std::string_view provider;
    std::string_view issuer;
    std::string_view accountId;
    std::string_view accountName;
    std::string_view accountType;
    std::string_view subAccountType;
    std::string_view currency;
    BatchKind kind{BatchKind::Billed};
};
const DemoSourceInfo& demoSource(DemoSource source);

// How the money moves over a week and a month.
enum class DemoRhythm : std::uint8_t { Flat, Office, Consumer, MonthEnd, Weekly, Monthly };

// One kind of line that comes again and again: a model's meter for one workflow, a machine, a seat.
struct DemoStream {
    std::uint32_t id{0};
    DemoSource source{DemoSource::Aws};
    std::string provider; // where it is not the source's own (a card statement, a software invoice)
    std::string publisher;
    std::string subAccountId;
    std::string subAccountName;
    std::string service;
    std::string serviceCategory;
    std::string serviceSubcategory;
    std::string skuId;
    std::string skuMeter;
    std::string model;
    std::string description;
    std::string regionId;
    std::string regionName;
    std::string resourceId;
    std::string resourceName;
    std::string resourceType;
    std::string tags; // JSON
    std::string unit; // of quantities
    std::string workflow; // id; empty: none. The truth, whatever the tags say.
    bool purchase{false};
    bool committed{false}; // covered by the savings plan
    bool incidentOnly{false}; // there is none of it but in an incident
    std::int64_t price{1'000'000'000'000}; // list, 10^-12 of the currency for one unit
    int discount{0}; // permille off the list
    int quantityScale{0}; // decimals of a quantity
    // amount of a normal day (week, month) in the first month, 10^-6 of the currency
    std::int64_t daily{0};
    int growth{0}; // permille a month
    int noise{120}; // permille up and down
    DemoRhythm rhythm{DemoRhythm::Flat};
    BusinessDate from;
    BusinessDate until;
};

} // namespace sluice
