// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"
#include "core/ingest/ByteSource.h"
#include "core/ingest/FocusCatalogue.h"
#include "core/ingest/Profile.h"
#include "core/ingest/RuleModel.h"
#include "core/ingest/RuleRun.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

// What the rules say of a file that is read as an import reads it.
struct FileReport {
    HeaderMatch header; // without its columns
    Profile profile;
    std::uint64_t rows{0};
    std::vector<RuleResult> results; // in the model's order, then those of header and records
};

struct FileCheckOptions {
    std::optional<std::string> profile; // id; else recognised by columns
    std::optional<Profile> mapping; // laid over the profile
    // Nothing: our own rules for the file's version, all of them where it is not FOCUS.
    std::shared_ptr<const RuleModel> model;
};

// Runs the rules over the file. Errors: those of reading it, Usage for an unknown profile, BadInput
// for a mapping that does not fit, Cancelled.
Result<FileReport> checkFile(std::unique_ptr<ByteSource> file, const FileCheckOptions& options,
    const TaskContext& context = {});

} // namespace sluice
