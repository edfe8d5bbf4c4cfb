// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/ingest/Instant.h"
#include "core/ingest/RecordBatch.h"
#include "core/ledger/Measure.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

enum class Delivery : std::uint8_t { Overwrite, Append };

// What tells the rows of one exporter from those of any other that has the same columns. Names are
// folded; values are compared as numbers where both are numbers.
struct RowMarks {
    std::map<std::string, std::string> equal; // column → its value in each row
    std::map<std::string, std::set<std::string>> differ; // column → values that no row has
    std::set<std::string> empty; // columns without values, where there are such
    std::vector<std::set<std::string>>
        same; // columns with one value in a row, where there are such

    [[nodiscard]] bool none() const
    {
        return equal.empty() && differ.empty() && empty.empty() && same.empty();
    }
};

// How one kind of file becomes FOCUS columns: data, not code. The same form serves the built-in
// provider profiles (resources/profiles/*.json) and a user's own mapping (`import --map FILE`),
// which is laid over a profile.
struct Profile {
    std::string id;
    std::string title;
    // name of the source when the user gives none; empty: from the file's provider
    std::string source;
    BatchKind kind{BatchKind::Billed};
    // nothing: as the source's deliveries were before, at first Overwrite
    std::optional<Delivery> delivery;
    // Recognised when each inner list has at least one column of the file (names folded).
    std::vector<std::vector<std::string>> recognise;
    // And when the file has none of these (names folded) and its rows bear these marks.
    std::set<std::string> lacks;
    RowMarks rows;
    // FOCUS column → names it has in the file, the first present one wins. Columns not named keep
    // their own name.
    std::map<std::string, std::vector<std::string>> columns;
    // FOCUS column → value for all rows, where the file has no such column.
    std::map<std::string, std::string> constants;
    // FOCUS column → (value in the file → FOCUS value).
    std::map<std::string, std::map<std::string, std::string>> values;
    // date columns whose end day is the last day, not the day after
    std::set<std::string> inclusiveEnds;
    DateOrder dateOrder{DateOrder::MonthFirst};
    char decimalPoint{'.'};
    char thousandsSeparator{'\0'}; // none: a separator in a number is a fault
    // no billing period in the file or the row: the calendar month of the charge
    bool billingPeriodFromCharge{false};
    // no end of the charge period in the file or the row: the day of its start
    bool chargeIsOneDay{false};
    std::set<std::string> waivers; // rule ids whose findings are known and not the user's to mend

    // Whether the value of `column` is derived where the file has none.
    [[nodiscard]] bool derives(std::string_view column) const;
};

// The reader of both forms; `fileName` is for messages, which name line and column.
Result<Profile> parseProfile(std::string_view json, std::string_view fileName);
// `mapping` laid over `base`: what it says wins, what it leaves out stays.
Profile overlaid(Profile base, const Profile& mapping);
// Whether both read a file to the same charges: they differ in name, kind and waivers at most.
bool readsAlike(const Profile& a, const Profile& b);

// All built-in profiles, most specific first; the last one, "focus", recognises every file.
const std::vector<Profile>& builtInProfiles();
Result<const Profile*> findProfile(std::string_view id);
// The first built-in profile that recognises the file by its header and all rows of `first`, its
// first records; null or empty: the file has no rows, and profiles that go by rows are left out.
const Profile& recogniseProfile(std::span<const std::string> header, const RecordBatch* first);

// A column's name as it is compared: what stands in parentheses at the end where there is such
// ("Abonnement-GUID (SubscriptionGuid)" is SubscriptionGuid), without blanks, '_' and '-', in lower
// case (ASCII).
std::string foldedColumnName(std::string_view name);

} // namespace sluice
