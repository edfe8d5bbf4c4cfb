// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/CanonicalJson.h"

#include "core/base/JsonWriter.h"
#include "core/base/Utf8.h"

#include <simdjson.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace sluice {

namespace {

Error refused(std::string what)
{
    return {ErrorCode::BadInput, "canonical JSON", std::move(what), {}};
}

// In Unicode's composed form (NFC, UAX #15), so that what looks the same has the same bytes.
Result<std::string> composed(const std::string& text)
{
    if (!isUtf8(text))
        return refused("a text is not UTF-8");
    if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
        return text;
    constexpr auto Options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    utf8proc_uint8_t* made = nullptr;
    const utf8proc_ssize_t size
        = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
            static_cast<utf8proc_ssize_t>(text.size()), &made, Options);
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> holder{made, &std::free};
    if (size < 0)
        return refused(std::string{"a text cannot be composed: "} + utf8proc_errmsg(size));
    return std::string{reinterpret_cast<const char*>(made), static_cast<std::size_t>(size)};
}

Status write(const JsonValue& value, int depth, JsonWriter& json)
{
    if (depth > MaxCanonicalDepth)
        return refused(
            "values are nested more than " + std::to_string(MaxCanonicalDepth) + " deep");
    if (const auto* members = value.asObject()) {
        json.beginObject();
        for (const JsonMember& member : *members) {
            if (!isUtf8(member.name))
                return refused("a name is not UTF-8");
            json.key(member.name);
            SLUICE_TRY_DO(write(member.value, depth + 1, json));
        }
        json.endObject();
    } else if (const auto* values = value.asArray()) {
        json.beginArray();
        for (const JsonValue& element : *values)
            SLUICE_TRY_DO(write(element, depth + 1, json));
        json.endArray();
    } else if (const auto* text = value.asText()) {
        SLUICE_TRY(const std::string form, composed(*text));
        json.string(form);
    } else if (const auto* integer = value.asInteger()) {
        json.integer(*integer);
    } else if (const auto* boolean = value.asBool()) {
        json.boolean(*boolean);
    } else {
        json.null();
    }
    return Status::success();
}

Result<JsonValue> read(simdjson::dom::element element);

Result<JsonValue> readObject(simdjson::dom::object members)
{
    JsonValue object = JsonValue::object();
    for (const auto member : members) {
        SLUICE_TRY(JsonValue value, read(member.value));
        if (!object.set(member.key, std::move(value)))
            return refused("the name '" + std::string{member.key} + "' occurs twice in one object");
    }
    return object;
}

Result<JsonValue> readArray(simdjson::dom::array values)
{
    JsonValue array = JsonValue::array();
    for (const auto element : values) {
        SLUICE_TRY(JsonValue value, read(element));
        array.append(std::move(value));
    }
    return array;
}

Result<JsonValue> read(simdjson::dom::element element)
{
    using Type = simdjson::dom::element_type;
    switch (element.type()) {
    case Type::OBJECT:
        return readObject(element.get_object().value_unsafe());
    case Type::ARRAY:
        return readArray(element.get_array().value_unsafe());
    case Type::STRING:
        return JsonValue{element.get_string().value_unsafe()};
    case Type::INT64:
        return JsonValue{element.get_int64().value_unsafe()};
    case Type::BOOL:
        return JsonValue{element.get_bool().value_unsafe()};
    case Type::NULL_VALUE:
        return JsonValue{};
    case Type::UINT64:
    case Type::DOUBLE:
        break;
    }
    return refused("a number is not an integer within ±2^53");
}

} // namespace

Result<std::string> canonicalJson(const JsonValue& value, std::size_t maxBytes)
{
    JsonWriter json;
    SLUICE_TRY_DO(write(value, 1, json));
    std::string bytes = json.take();
    if (bytes.size() > maxBytes)
        return refused(std::to_string(bytes.size()) + " bytes are more than the "
            + std::to_string(maxBytes) + " allowed");
    return bytes;
}

Result<JsonValue> parseCanonicalJson(std::string_view bytes, std::size_t maxBytes)
{
    if (bytes.size() > maxBytes)
        return refused(std::to_string(bytes.size()) + " bytes are more than the "
            + std::to_string(maxBytes) + " allowed");
    simdjson::dom::parser parser;
    const simdjson::padded_string padded{bytes};
    // simdjson counts the levels itself, in one word each; the capacity is what it needs for the
    // text.
    auto error = parser.allocate(padded.size() + 1, MaxCanonicalDepth + 1);
    simdjson::dom::element root;
    if (error == simdjson::SUCCESS)
        error = parser.parse(padded).get(root);
    if (error != simdjson::SUCCESS)
        return refused(std::string{"not JSON ("} + simdjson::error_message(error) + ")");
    SLUICE_TRY(JsonValue value, read(root));
    SLUICE_TRY(const std::string again, canonicalJson(value, maxBytes));
    if (again != bytes)
        return refused("the bytes are not in canonical form");
    return value;
}

} // namespace sluice
