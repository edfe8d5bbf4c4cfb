// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/JsonValue.h"

#include "core/base/Check.h"

#include <algorithm>
#include <utility>

namespace sluice {

namespace {

// UTF-8 bytes sort as code points do. UTF-16 differs in one place: characters beyond U+FFFF (lead
// byte F0 and up) are written with surrogates and so come before U+E000 … U+FFFF (lead bytes EE and
// EF).
bool utf16Less(std::string_view a, std::string_view b) noexcept
{
    const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (left == a.end() || right == b.end())
        return right != b.end();
    const auto x = static_cast<unsigned char>(*left);
    const auto y = static_cast<unsigned char>(*right);
    const bool surrogates = x >= 0xF0;
    if (surrogates != (y >= 0xF0) && std::min(x, y) >= 0xEE)
        return surrogates;
    return x < y;
}

} // namespace

// Defined here, where a member of an object is a complete type.
JsonValue::JsonValue() = default;
JsonValue::~JsonValue() = default;
JsonValue::JsonValue(const JsonValue& other) = default;
JsonValue::JsonValue(JsonValue&& other) noexcept = default;
JsonValue& JsonValue::operator=(const JsonValue& other) = default;
JsonValue& JsonValue::operator=(JsonValue&& other) noexcept = default;

JsonValue::JsonValue(std::int64_t value)
    : m_data{value}
{
}

JsonValue::JsonValue(int value)
    : m_data{std::int64_t{value}}
{
}

JsonValue::JsonValue(bool value)
    : m_data{value}
{
}

JsonValue::JsonValue(std::string value)
    : m_data{std::move(value)}
{
}

JsonValue::JsonValue(std::string_view value)
    : m_data{std::string{value}}
{
}

JsonValue::JsonValue(const char* value)
    : m_data{std::string{value}}
{
}

JsonValue JsonValue::object()
{
    JsonValue value;
    value.m_data = Object{};
    return value;
}

JsonValue JsonValue::array()
{
    JsonValue value;
    value.m_data = Array{};
    return value;
}

bool JsonValue::set(std::string_view name, JsonValue value)
{
    auto* members = std::get_if<Object>(&m_data);
    SLUICE_CHECK(members != nullptr);
    const auto at = std::lower_bound(members->begin(), members->end(), name,
        [](const JsonMember& member, std::string_view wanted) {
            return utf16Less(member.name, wanted);
        });
    if (at != members->end() && at->name == name) {
        at->value = std::move(value);
        return false;
    }
    members->insert(at, {std::string{name}, std::move(value)});
    return true;
}

void JsonValue::append(JsonValue value)
{
    auto* values = std::get_if<Array>(&m_data);
    SLUICE_CHECK(values != nullptr);
    values->push_back(std::move(value));
}

const JsonValue* JsonValue::find(std::string_view name) const noexcept
{
    const auto* members = asObject();
    if (members == nullptr)
        return nullptr;
    const auto at = std::find_if(members->begin(), members->end(),
        [name](const JsonMember& member) { return member.name == name; });
    return at == members->end() ? nullptr : &at->value;
}

std::string_view JsonValue::text(std::string_view name) const noexcept
{
    const JsonValue* value = find(name);
    const std::string* text = value == nullptr ? nullptr : value->asText();
    return text == nullptr ? std::string_view{} : std::string_view{*text};
}

bool JsonValue::operator==(const JsonValue& other) const noexcept
{
    return m_data == other.m_data;
}

} // namespace sluice
