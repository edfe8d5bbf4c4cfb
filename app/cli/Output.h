// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/ExitCode.h"
#include "app/cli/Table.h"

#include <functional>
#include <ostream>

namespace sluice {

enum class OutputFormat : std::uint8_t { People, Json, Csv };

// Where a verb's answer goes. A verb says everything once for programs (answer, table) and once for
// people (table, line); what the chosen format does not show is dropped here.
class Output {
public:
    Output(std::ostream& out, std::ostream& err)
        : m_out{out}
        , m_err{err}
    {
    }
    void setFormat(OutputFormat format) { m_format = format; }
    void setQuiet(bool quiet) { m_quiet = quiet; }

    // JSON: an object of these members and the revision it answers; null where no ledger was asked.
    void answer(
        std::optional<std::uint64_t> revision, const std::function<void(JsonWriter&)>& members);
    // People and CSV.
    void table(const Table& table);
    void csv(const Table& table); // CSV alone
    // People alone.
    void peopleTable(const Table& table);
    void line(std::string_view text);
    // People alone, and not with --quiet: what one could do without.
    void note(std::string_view text);
    // Any format: text that was asked for by itself (help, version).
    void plain(std::string_view text);

    // "sluice-cli: WHERE: WHAT. FIX.", or an object for programs, on the error stream.
    ExitCode fail(const Error& error);
    // False when the answer could not be written, as to a full disk.
    [[nodiscard]] bool flush();

private:
    std::ostream& m_out;
    std::ostream& m_err;
    OutputFormat m_format{OutputFormat::People};
    bool m_quiet{false};
};

} // namespace sluice
