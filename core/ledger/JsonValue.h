// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sluice {

struct JsonMember;

// A small JSON value for commands and events: object, array, text, integer, boolean, null; no
// floats, ever. The members of an object are sorted as RFC 8785 wants them (by UTF-16 code units),
// each name once. Text is UTF-8, kept as it came; canonicalJson() composes it.
class JsonValue {
public:
    using Array = std::vector<JsonValue>;
    using Object = std::vector<JsonMember>;

    JsonValue(); // null
    JsonValue(std::int64_t value);
    JsonValue(int value);
    JsonValue(bool value);
    JsonValue(std::string value);
    JsonValue(std::string_view value);
    JsonValue(const char* value);
    ~JsonValue();
    JsonValue(const JsonValue& other);
    JsonValue(JsonValue&& other) noexcept;
    JsonValue& operator=(const JsonValue& other);
    JsonValue& operator=(JsonValue&& other) noexcept;
    static JsonValue object();
    static JsonValue array();

    // Sets a member of an object; false when it was there and has been replaced.
    bool set(std::string_view name, JsonValue value);
    void append(JsonValue value); // to an array

    [[nodiscard]] bool isNull() const noexcept
    {
        return std::holds_alternative<std::monostate>(m_data);
    }
    // The content, or null when the value is of another kind.
    [[nodiscard]] const bool* asBool() const noexcept { return std::get_if<bool>(&m_data); }
    [[nodiscard]] const std::int64_t* asInteger() const noexcept
    {
        return std::get_if<std::int64_t>(&m_data);
    }
    [[nodiscard]] const std::string* asText() const noexcept
    {
        return std::get_if<std::string>(&m_data);
    }
    [[nodiscard]] const Array* asArray() const noexcept { return std::get_if<Array>(&m_data); }
    [[nodiscard]] const Object* asObject() const noexcept { return std::get_if<Object>(&m_data); }
    // A member of an object; null when there is none or this is no object.
    [[nodiscard]] const JsonValue* find(std::string_view name) const noexcept;
    // Its text, or nothing: for members that are optional texts.
    [[nodiscard]] std::string_view text(std::string_view name) const noexcept;

    bool operator==(const JsonValue& other) const noexcept;

private:
    std::variant<std::monostate, bool, std::int64_t, std::string, Array, Object> m_data;
};

struct JsonMember {
    std::string name;
    JsonValue value;
    bool operator==(const JsonMember&) const noexcept = default;
};

} // namespace sluice
