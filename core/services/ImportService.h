// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"
#include "core/ledger/Batch.h"
#include "core/ledger/Principal.h"
#include "core/services/ImportPreview.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

class Workspace;

// A file that is in memory instead of on disk.
struct NamedBytes {
    std::string name;
    std::shared_ptr<const std::string> bytes;
};

struct ImportRequest {
    std::vector<std::string> paths; // files, or folders (one delivery each)
    std::vector<NamedBytes> inMemory; // one delivery each
    // empty: the mapping's, else the one that brought the accounts before, else the profile's or
    // the provider's
    std::string source;
    std::string profile; // empty: recognised by columns
    std::optional<BatchKind> kind; // empty: the profile's
    std::string mappingFile; // empty: none
    bool dryRun{false}; // everything but the commit
    bool replaceSmaller{false};
    // what is known and has given way to a later delivery takes its place again, read as it was
    bool restate{false};
};

enum class BatchStatus : std::uint8_t { Imported, Unchanged };
std::string_view batchStatusName(BatchStatus status);

struct ImportedBatch {
    std::string file; // as given
    BatchStatus status{BatchStatus::Imported};
    Batch batch;
    // what stands in the folder and is no part of a delivery, by name; a subfolder's ends with "/"
    std::vector<std::string> skipped;
    // what else counts for its accounts and periods, sentence by sentence
    std::vector<std::string> beside;
};

struct ImportReport {
    std::uint64_t revision{0};
    std::vector<ImportedBatch> batches;
};

// A line of `diff`: what one (charge key, day) cost in either batch, by Measure, in units of the
// currency.
struct DiffRow {
    std::string day;
    std::string service;
    std::string sku;
    std::string subAccount;
    std::string key; // "FIELD=VALUE, …": what tells it from rows that are otherwise alike
    Currency currency;
    std::array<Int128, MeasureCount> before{};
    std::array<Int128, MeasureCount> after{};
    [[nodiscard]] Int128 difference(Measure measure) const
    {
        return after[static_cast<std::size_t>(measure)] - before[static_cast<std::size_t>(measure)];
    }
};
struct BatchDiff {
    std::uint64_t revision{0};
    std::string before; // public ids; empty: nothing was there
    std::string after;
    // that differ in any cost, by absolute difference of the billed cost, descending
    std::vector<DiffRow> rows;
    std::vector<CurrencyTotals> totalsBefore;
    std::vector<CurrencyTotals> totalsAfter;
};

// Brings files into the ledger. All paths of one request are one command: one transaction and one
// event, or nothing.
class ImportService {
public:
    explicit ImportService(Workspace& workspace)
        : m_workspace{workspace}
    {
    }

    // Fails (nothing changed) when any file is rejected: the error names file, line and column. A
    // request that brings nothing new changes nothing either. Cancel takes effect within 100 ms and
    // leaves the ledger as it was.
    Result<ImportReport> import(
        const ImportRequest& request, const Principal& principal, const TaskContext& context);

    // What importing these would do, delivery by delivery and row by row, without keeping any of
    // it. `samples`: so many rows of each state are shown; counts and totals are of all. Why it
    // would be refused is part of the answer, as long as the files can be opened. Cancel as for
    // import().
    Result<ImportPreview> preview(const ImportRequest& request, const Principal& principal,
        const TaskContext& context, std::size_t samples = 200);

    Result<std::vector<Batch>> batches(const Principal& principal) const; // newest first
    Result<std::vector<QuarantinedRow>> quarantine(
        const std::string& batch, std::size_t limit, const Principal& principal) const;
    // Reads the batch's stored documents again under the present (or a given) mapping and
    // supersedes it: charge ids stay the same. Unchanged when not one row more would be accepted
    // under the mapping it had, or fewer under another. SmallerDelivery when its rows turn out to
    // be of an account and period of which another batch brought more than twice as much.
    Result<ImportReport> retry(const std::string& batch, const std::string& mappingFile,
        const Principal& principal, const TaskContext& context, bool replaceSmaller = false);
    // Brings a batch back that has given way since: the same documents once more, as a delivery of
    // their own. Unchanged when all of it counts.
    Result<ImportReport> restate(const std::string& batch, const Principal& principal,
        const TaskContext& context, bool replaceSmaller = false);
    // What changed between a batch and the one it superseded (or another one): by key and day, with
    // money effect.
    Result<BatchDiff> diff(const std::string& batch, const std::string& against,
        const Principal& principal, const TaskContext& context) const;

private:
    Workspace& m_workspace;
};

} // namespace sluice
