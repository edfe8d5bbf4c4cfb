// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/RowMapper.h"
#include "core/ledger/Batch.h"

#include <memory>

namespace sluice {

// The rules of `model` that a file with these columns has to keep: those of its FOCUS version, all
// where it is not FOCUS.
std::shared_ptr<const RuleModel> rulesFor(const ColumnMap& map, const RuleModel& model);

// What a broken rule comes to in a batch that is read with `profile`.
Verdict verdictOf(const RuleResult& result, const Profile& profile);

// The verdicts that an import counts for one record, in the model's order. Rules that compare the
// rows of a whole file (one name for each account) or look at its header are the batch's alone:
// nobody can say of one row that it is the one that breaks them.
std::vector<Verdict> verdictsOfRow(std::span<const std::string_view> fields, std::uint64_t line,
    const ColumnMap& map, const Profile& profile, const LedgerTimeZone& zone);

} // namespace sluice
