// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Output.h"

namespace sluice {

void Output::answer(
    std::optional<std::uint64_t> revision, const std::function<void(JsonWriter&)>& members)
{
    if (m_format != OutputFormat::Json)
        return;
    JsonWriter json{JsonWriter::Style::Indented};
    json.beginObject();
    members(json);
    json.key("revision");
    revision ? json.count(*revision) : json.null();
    json.endObject();
    m_out << json.take() << '\n';
}

void Output::table(const Table& table)
{
    csv(table);
    peopleTable(table);
}

void Output::csv(const Table& table)
{
    if (m_format == OutputFormat::Csv)
        m_out << table.csv();
}

void Output::peopleTable(const Table& table)
{
    if (m_format == OutputFormat::People)
        m_out << table.text();
}

void Output::line(std::string_view text)
{
    if (m_format == OutputFormat::People)
        m_out << printable(text) << '\n';
}

void Output::note(std::string_view text)
{
    if (!m_quiet)
        line(text);
}

void Output::plain(std::string_view text)
{
    m_out << text;
}

ExitCode Output::fail(const Error& error)
{
    if (m_format == OutputFormat::Json) {
        JsonWriter json;
        json.beginObject().key("error").beginObject();
        json.member("code", errorCodeName(error.code)).member("where", error.where);
        json.member("message", error.what).member("fix", error.fix);
        json.endObject().endObject();
        m_err << json.take() << '\n';
    } else {
        m_err << "sluice-cli: " << printable(errorSentence(error)) << '\n';
    }
    m_err.flush();
    return exitCodeOf(error.code);
}

bool Output::flush()
{
    m_out.flush();
    return m_out.good();
}

} // namespace sluice
