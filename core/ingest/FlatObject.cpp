// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/FlatObject.h"

#include <simdjson.h>

#include <algorithm>

namespace sluice {
namespace {

namespace ondemand = simdjson::ondemand;

std::string_view trimmed(std::string_view text)
{
    while (!text.empty()
        && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n'
            || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

std::size_t digits(std::string_view text)
{
    return static_cast<std::size_t>(std::find_if(text.begin(), text.end(), [](char c) {
        return c < '0' || c > '9';
    }) - text.begin());
}

// The reader that leaves numbers alone does not look at how they are written either.
bool isNumber(std::string_view text)
{
    const auto take = [&text](std::size_t count) {
        text.remove_prefix(count);
        return count > 0;
    };
    const auto starts = [&text](std::string_view any) {
        return !text.empty() && any.find(text.front()) != std::string_view::npos;
    };
    if (starts("-"))
        take(1);
    const bool leadingZero = starts("0");
    const std::size_t whole = digits(text);
    if (!take(whole) || (leadingZero && whole > 1))
        return false;
    if (starts(".") && (take(1), !take(digits(text))))
        return false;
    if (starts("eE")) {
        take(1);
        if (starts("+-"))
            take(1);
        if (!take(digits(text)))
            return false;
    }
    return text.empty();
}

std::string withoutBlanks(std::string_view json)
{
    std::string out(json.size(), '\0');
    std::size_t size = 0;
    return simdjson::minify(json.data(), json.size(), out.data(), size) == simdjson::SUCCESS
        ? out.substr(0, size)
        : std::string{json};
}

// Appends the value's text to `object` unless it is null; false when it is broken.
bool readMember(std::string name, ondemand::value value, FlatObject& object)
{
    ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS)
        return false;
    std::string_view text;
    bool ok = true;
    switch (type) {
    case ondemand::json_type::string:
        ok = value.get_string().get(text) == simdjson::SUCCESS;
        break;
    case ondemand::json_type::number:
        text = trimmed(value.raw_json_token());
        ok = isNumber(text);
        break;
    case ondemand::json_type::boolean: {
        bool truth = false;
        ok = value.get_bool().get(truth) == simdjson::SUCCESS;
        text = truth ? "true" : "false";
        break;
    }
    case ondemand::json_type::null: {
        bool isNull = false;
        return value.is_null().get(isNull) == simdjson::SUCCESS && isNull;
    }
    case ondemand::json_type::object: {
        object.isFlat = false;
        ondemand::object nested;
        ok = value.get_object().get(nested) == simdjson::SUCCESS
            && nested.raw_json().get(text) == simdjson::SUCCESS;
        break;
    }
    case ondemand::json_type::array: {
        object.isFlat = false;
        ondemand::array nested;
        ok = value.get_array().get(nested) == simdjson::SUCCESS
            && nested.raw_json().get(text) == simdjson::SUCCESS;
        break;
    }
    }
    const bool isNested = type == ondemand::json_type::object || type == ondemand::json_type::array;
    if (ok)
        object.members.emplace_back(
            std::move(name), isNested ? withoutBlanks(text) : std::string{text});
    return ok;
}

} // namespace

std::optional<FlatObject> readFlatObject(std::string_view json)
{
    thread_local ondemand::parser parser;
    const simdjson::padded_string padded{json};
    ondemand::document document;
    ondemand::object object;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS
        || document.get_object().get(object) != simdjson::SUCCESS)
        return std::nullopt;
    FlatObject result;
    std::vector<std::string> names;
    for (auto member : object) {
        std::string_view name;
        ondemand::value value;
        if (member.unescaped_key().get(name) != simdjson::SUCCESS
            || member.value().get(value) != simdjson::SUCCESS)
            return std::nullopt;
        names.emplace_back(name);
        if (!readMember(names.back(), value, result))
            return std::nullopt;
    }
    // something stands behind the object
    if (document.current_location().error() == simdjson::SUCCESS)
        return std::nullopt;
    std::sort(names.begin(), names.end());
    result.isFlat = result.isFlat && std::adjacent_find(names.begin(), names.end()) == names.end();
    return result;
}

std::vector<std::pair<std::string, std::string>> parseFlatObject(std::string_view text)
{
    if (text.empty() || (text.front() != '{' && text.front() != '"'))
        return {};
    auto object
        = readFlatObject(text.front() == '"' ? "{" + std::string{text} + "}" : std::string{text});
    return object ? std::move(object->members) : std::vector<std::pair<std::string, std::string>>{};
}

} // namespace sluice
