// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/BusinessDate.h"
#include "core/base/Currency.h"
#include "core/base/Id.h"
#include "core/base/Int128.h"
#include "core/base/Timestamp.h"
#include "core/ledger/Digest.h"
#include "core/ledger/Measure.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

// A file as it came, kept byte for byte. Known by its SHA-256.
struct DocumentInfo {
    DocumentRowId id;
    std::string name; // file name without folder
    Sha256 sha256{};
    std::uint64_t byteCount{0};
};

// Costs in units of the currency's scale, summed in 128 bits, by Measure.
struct CurrencyTotals {
    Currency currency;
    std::array<Int128, MeasureCount> costs{};
    std::uint64_t charges{0};
    bool operator==(const CurrencyTotals&) const = default;
};

// What a delivery replaces as a whole: (source, billing account, billing period). FOCUS data is
// restated by scope.
struct Scope {
    std::string billingAccount;
    std::int64_t periodStart{0}; // UTC seconds, inclusive
    std::int64_t periodEnd{0}; // UTC seconds, exclusive
    std::uint64_t rows{0}; // accepted charges
    std::vector<CurrencyTotals> totals; // sorted by currency
    std::string supersedes; // public id of the batch whose scope this one replaces; empty when none
    std::string supersededBy; // public id of the batch that took its place since; empty: it counts
};

// The first day of the month that the period is, in UTC or in a zone whose midnight a provider's
// months begin at; nothing when it is no calendar month.
std::optional<BusinessDate> calendarMonth(std::int64_t periodStart, std::int64_t periodEnd);
// How the period of one scope lies to that of another one. Crossing: they share some time, and
// neither restates the other: the first lies within the second, or begins or ends in it.
enum class PeriodRelation : std::uint8_t { Apart, Same, Around, Crossing };
// Apart when the accounts differ. Periods of one month that begin together are the same one (to
// date, it ends later each day), and a month stays the same month when the provider changes the
// hour at which it writes that it begins.
PeriodRelation periodRelation(const Scope& scope, const Scope& other);
bool isSamePeriod(const Scope& a, const Scope& b);
// Whether a delivery of `newer` brings all of the days of `older` anew.
bool takesPlaceOf(const Scope& newer, const Scope& older);
// "2025-05" when the period is a calendar month in UTC or close to one (a provider's month may
// start at 07:00Z); else "2025-05-01..2025-05-15".
std::string billingPeriodLabel(std::int64_t periodStart, std::int64_t periodEnd);
// "acc-1, 2025-05"
std::string scopeLabel(const Scope& scope);

// The proof that nothing was lost: file (all rows read) and accepted are exact decimal sums, ledger
// is what is stored, residual = accepted − ledger, exactly (rounding below the currency's scale).
struct ControlTotal {
    std::string column;
    Currency currency;
    std::string file;
    std::string accepted;
    std::string ledger;
    std::string residual;
    bool operator==(const ControlTotal&) const = default;
};

enum class VerdictLevel : std::uint8_t { Finding, Quarantine, Reject, Waived };
std::string_view verdictLevelName(VerdictLevel level);

// What one rule had to say about one batch.
struct Verdict {
    std::string rule;
    std::string column;
    VerdictLevel level{VerdictLevel::Finding};
    std::uint64_t rows{0};
    std::uint64_t firstLine{0}; // 1-based line of the first document it occurs in
    std::string sample; // the value on that line
    std::string fix;
    bool operator==(const Verdict&) const = default;
};

// A row that cannot be a charge. It stays with its batch and is retried after a mapping change.
struct QuarantinedRow {
    std::uint64_t row{0}; // 1-based data row of the batch
    std::uint32_t document{0}; // ordinal in the batch
    std::uint64_t line{0}; // 1-based line of the document
    std::string rule;
    std::string column;
    std::string value;
    std::string reason;
    std::string rawLine;
    bool operator==(const QuarantinedRow&) const = default;
};

// One import: one file or one manifest's files.
struct Batch {
    BatchRowId id;
    std::string publicId; // "b-" and 16 hex digits of its documents' hash; see deliveryId
    std::string source;
    BatchKind kind{BatchKind::Billed};
    // deliveries of its source add to what is there instead of taking its place
    bool appends{false};
    std::string profile;
    std::string focusVersion; // empty when the file is not FOCUS
    Timestamp importedAt;
    std::uint64_t revision{0}; // the ledger revision that brought it
    std::uint64_t rowsRead{0};
    std::uint64_t rowsAccepted{0};
    std::uint64_t rowsQuarantined{0};
    std::vector<DocumentInfo> documents;
    std::vector<Scope> scopes;
    std::vector<ControlTotal> controlTotals;
    std::vector<Verdict> verdicts;
};

// Whether other batches have taken the place of all of its scopes, or of any.
bool isReplaced(const Batch& batch);
bool hasGivenWay(const Batch& batch);
// Whether the batch has periods of the account that share days. Its bills run side by side then (a
// yearly fee beside the months), and a period takes the place of none but itself.
bool isBilledSideBySide(const Batch& batch, const std::string& account);
// The hash that tells a delivery from others: of its one document, or of the hashes of its
// documents in order.
Sha256 deliveryHash(const std::vector<DocumentInfo>& documents);
// "b-" and its first 16 hex digits, so that the same file gives the same id everywhere.
std::string batchPublicId(const std::vector<DocumentInfo>& documents);
// The id of the n-th delivery of the same documents: the batchPublicId, and ".2", ".3" … where they
// were brought again after another delivery had taken their place.
std::string deliveryId(const std::string& batchPublicId, unsigned delivery);
// The batchPublicId of a delivery's id; empty when it is no id of a batch.
std::string documentsId(std::string_view deliveryId);

} // namespace sluice
