// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// The one place where JSON text is made. Escapes as RFC 8785 does (the shortest form, everything
// beyond ASCII as it is). There are no floats: amounts are written as decimal strings. Integers
// beyond ±2^53 are written as strings too, because many readers hold numbers in doubles. Bytes that
// are not UTF-8 become U+FFFD. Wrong nesting is our bug (SLUICE_CHECK).
class JsonWriter {
public:
    enum class Style : std::uint8_t { Compact, Indented };

    explicit JsonWriter(Style style = Style::Compact)
        : m_style{style}
    {
    }
    JsonWriter& beginObject();
    JsonWriter& endObject();
    JsonWriter& beginArray();
    JsonWriter& endArray();
    JsonWriter& key(std::string_view name); // before each value of an object
    JsonWriter& string(std::string_view text);
    JsonWriter& integer(std::int64_t value);
    JsonWriter& count(std::uint64_t value);
    JsonWriter& boolean(bool value);
    JsonWriter& null();

    JsonWriter& member(std::string_view name, std::string_view text)
    {
        return key(name).string(text);
    }
    JsonWriter& countMember(std::string_view name, std::uint64_t value)
    {
        return key(name).count(value);
    }

    // The whole document; every object and array is closed. Call once.
    [[nodiscard]] std::string take();

private:
    struct Level {
        char closing{'}'};
        bool empty{true};
    };
    void beginValue();
    JsonWriter& begin(char opening, char closing);
    JsonWriter& end(char closing);
    void newLine();

    Style m_style;
    std::string m_text;
    std::vector<Level> m_levels;
    bool m_afterKey{false};
};

} // namespace sluice
