// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/Digest.h"
#include "core/base/Timestamp.h"
#include "core/store/Connection.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

// Versions of rulesets and of the organisation, each kept as the text it was published as.
struct StoredText {
    std::uint32_t number{0};
    std::string name; // of a ruleset
    BusinessDate effectiveFrom; // of a ruleset
    Timestamp publishedAt;
    std::uint64_t revision{0};
    Sha256 sha256{};
    std::string body;
};

Status insertRuleset(Connection& connection, const StoredText& ruleset);
// by number
Result<std::vector<StoredText>> readRulesets(Connection& connection, std::uint64_t revision);
Status insertOrganisation(Connection& connection, const StoredText& organisation);
// The newest version up to a revision; nothing when there is none.
Result<std::optional<StoredText>> readOrganisation(Connection& connection, std::uint64_t revision);
// Every version, one at a time.
using VisitText = std::function<Status(const StoredText& text)>;
Status forEachRuleset(Connection& connection, const VisitText& visit);
Status forEachOrganisation(Connection& connection, const VisitText& visit);

} // namespace sluice
