// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/JsonWriter.h"

#include "core/base/Check.h"
#include "core/base/Utf8.h"

#include <utility>

namespace sluice {

namespace {

constexpr std::uint64_t MaxExactInteger = std::uint64_t{1} << 53;

void appendEscaped(std::string& out, char c)
{
    constexpr std::string_view Digits = "0123456789abcdef";
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\b':
        out += "\\b";
        return;
    case '\t':
        out += "\\t";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\f':
        out += "\\f";
        return;
    case '\r':
        out += "\\r";
        return;
    default:
        break;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20) {
        out += "\\u00";
        out += Digits[byte >> 4];
        out += Digits[byte & 15U];
    } else {
        out += c;
    }
}

void appendQuoted(std::string& out, std::string_view text)
{
    out += '"';
    if (isUtf8(text)) {
        for (const char c : text)
            appendEscaped(out, c);
    } else {
        for (const char c : repairUtf8(text))
            appendEscaped(out, c);
    }
    out += '"';
}

} // namespace

void JsonWriter::newLine()
{
    if (m_style == Style::Compact)
        return;
    m_text += '\n';
    m_text.append(2 * m_levels.size(), ' ');
}

void JsonWriter::beginValue()
{
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (m_levels.empty()) {
        SLUICE_CHECK(m_text.empty()); // one value per document
        return;
    }
    SLUICE_CHECK(m_levels.back().closing == ']');
    if (!m_levels.back().empty)
        m_text += ',';
    m_levels.back().empty = false;
    newLine();
}

JsonWriter& JsonWriter::begin(char opening, char closing)
{
    beginValue();
    m_text += opening;
    m_levels.push_back({closing, true});
    return *this;
}

JsonWriter& JsonWriter::end(char closing)
{
    SLUICE_CHECK(!m_levels.empty() && m_levels.back().closing == closing && !m_afterKey);
    const bool empty = m_levels.back().empty;
    m_levels.pop_back();
    if (!empty)
        newLine();
    m_text += closing;
    return *this;
}

JsonWriter& JsonWriter::beginObject()
{
    return begin('{', '}');
}

JsonWriter& JsonWriter::endObject()
{
    return end('}');
}

JsonWriter& JsonWriter::beginArray()
{
    return begin('[', ']');
}

JsonWriter& JsonWriter::endArray()
{
    return end(']');
}

JsonWriter& JsonWriter::key(std::string_view name)
{
    SLUICE_CHECK(!m_levels.empty() && m_levels.back().closing == '}' && !m_afterKey);
    if (!m_levels.back().empty)
        m_text += ',';
    m_levels.back().empty = false;
    newLine();
    appendQuoted(m_text, name);
    m_text += m_style == Style::Compact ? ":" : ": ";
    m_afterKey = true;
    return *this;
}

JsonWriter& JsonWriter::string(std::string_view text)
{
    beginValue();
    appendQuoted(m_text, text);
    return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value)
{
    const std::uint64_t magnitude
        = value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
    if (magnitude > MaxExactInteger)
        return string(std::to_string(value));
    beginValue();
    m_text += std::to_string(value);
    return *this;
}

JsonWriter& JsonWriter::count(std::uint64_t value)
{
    if (value > MaxExactInteger)
        return string(std::to_string(value));
    beginValue();
    m_text += std::to_string(value);
    return *this;
}

JsonWriter& JsonWriter::boolean(bool value)
{
    beginValue();
    m_text += value ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::null()
{
    beginValue();
    m_text += "null";
    return *this;
}

std::string JsonWriter::take()
{
    SLUICE_CHECK(m_levels.empty() && !m_text.empty());
    return std::move(m_text);
}

} // namespace sluice
