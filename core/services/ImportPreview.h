// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"
#include "core/ledger/Batch.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// What would become of a row. Deliveries take the place of periods, never of single rows, and two
// identical rows are two charges: so rows are matched as multisets, within the periods that a
// delivery restates.
enum class PreviewState : std::uint8_t {
    New, // nothing like it stands
    Duplicate, // a charge that says the same stands already
    Changed, // a charge of the same day, key and resource stands, and says something else
    Removed, // stands, and would count no more: the delivery restates its period without it
    Error, // cannot be a charge: it would be kept in quarantine
};
inline constexpr std::size_t PreviewStateCount = 5;
std::string_view previewStateName(PreviewState state); // "new"

using PreviewCosts = std::array<std::int64_t, MeasureCount>; // by Measure, units of the currency

struct PreviewRow {
    PreviewState state{PreviewState::New};
    std::string document; // file name
    std::uint64_t row{0}; // of the delivery; of a removed one: of the batch that it stands in
    std::uint64_t line{0}; // 1-based, of the document
    std::optional<BusinessDate> day; // none of an error
    std::string service;
    std::string description;
    std::string account;
    std::optional<Currency> currency;
    PreviewCosts costs{};
    bool isOfNewPeriod{false}; // New: nothing stands in its period at all
    std::string standing; // id of the charge that stands; of new rows and errors empty
    // Changed: what that one costs, and the columns in which the two differ.
    PreviewCosts costsBefore{};
    std::vector<std::string> differs;
    // Error: the rule that it breaks, where, why, and what to do about it.
    std::string rule;
    std::string column;
    std::string value;
    std::string reason;
    std::string fix;
    std::string rawLine;
};

// Of the delivery's charges in one billing period and currency, and of what stands today in the
// periods that it would take the place of. Exact sums of what the ledger keeps.
struct PreviewTotal {
    std::string billingPeriod; // "2026-09"
    Currency currency;
    std::uint64_t rows{0};
    std::array<Int128, MeasureCount> costs{};
    std::uint64_t standingRows{0};
    std::array<Int128, MeasureCount> standingCosts{};
};

// How well a column of the file is understood.
enum class ColumnMatch : std::uint8_t {
    Named, // it has the name that FOCUS gives it
    Mapped, // the user's mapping says what it is
    Profiled, // the recognised profile says so
    Similar, // nearly the name of a FOCUS column, or an older one: to be checked
    Own, // a column of the source's own (x_…), kept as such
    Unknown, // not understood; kept with the document
};
std::string_view columnMatchName(ColumnMatch match); // "profiled"

struct PreviewColumn {
    std::string name; // in the file; empty: a constant of the profile or mapping
    std::vector<std::string> focus; // what it is read as; empty where it is not understood
    ColumnMatch match{ColumnMatch::Unknown};
    std::string sample; // the first value that is not empty, of the first rows
};

struct DeliveryPreview {
    std::string file; // as given
    std::string profile;
    std::string profileTitle;
    // Whether the profile was recognised by its columns; else it was asked for, or is the one that
    // takes any file.
    bool isRecognised{false};
    std::vector<PreviewColumn> columns; // of its first file that has rows
    std::vector<std::string> missing; // FOCUS columns that a charge needs and the file lacks

    // The rest is there only where the delivery can be read.
    bool isThere{false}; // the ledger has this very delivery: importing it changes nothing
    Batch batch; // as the import would report it, scopes with what they take the place of
    std::vector<std::string> skipped;
    std::vector<std::string> beside;
    std::array<std::uint64_t, PreviewStateCount> counts{}; // rows by state
    // Of a delivery that is there: rows whose period has been taken by a later one.
    std::uint64_t givenWay{0};
    std::vector<PreviewRow> rows; // a sample of each state, by state, then in the order of the file
    std::vector<PreviewTotal> totals; // by period, then currency

    [[nodiscard]] std::uint64_t count(PreviewState state) const
    {
        return counts[static_cast<std::size_t>(state)];
    }
};

struct ImportPreview {
    std::uint64_t revision{0};
    std::vector<DeliveryPreview> deliveries;
    // Why the import would be refused. SmallerDelivery: the rows are there all the same, as they
    // would be if the caller insisted; otherwise the columns alone.
    std::optional<Error> refusal;
};

} // namespace sluice
