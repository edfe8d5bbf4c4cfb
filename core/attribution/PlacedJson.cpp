// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/PlacedJson.h"

#include "core/base/TextFold.h"

#include <algorithm>
#include <array>
#include <simdjson.h>
#include <tuple>
#include <utility>

namespace sluice {
namespace {

namespace ondemand = simdjson::ondemand;

class Builder {
public:
    explicit Builder(std::string_view json)
        : m_padded{json}
    {
        for (std::size_t i = 0; i < json.size(); ++i)
            if (json[i] == '\n')
                m_lineStarts.push_back(i + 1);
    }

    std::optional<JsonFault> run(PlacedJson& root)
    {
        bool scalar = false;
        ondemand::value value;
        if (fails(m_parser.iterate(m_padded).get(m_document))
            || fails(m_document.is_scalar().get(scalar)))
            return m_fault;
        if (scalar)
            fail("the file holds a single value");
        else if (!fails(m_document.get_value().get(value)) && build(value, root, 0)
            && m_document.current_location().error() == simdjson::SUCCESS)
            fail("text follows the end of the JSON document");
        return m_fault;
    }

private:
    // The fault is where the parser stands, which is near the place and never before it.
    void fail(std::string_view what)
    {
        const char* at = m_padded.data();
        if (m_started && m_document.current_location().get(at) != simdjson::SUCCESS)
            at = m_padded.data() + m_padded.size();
        const auto [line, column] = place(at);
        m_fault = JsonFault{line, column, "this is not JSON: " + std::string{what}};
    }

    bool fails(simdjson::error_code error)
    {
        if (error == simdjson::SUCCESS) {
            m_started = true;
            return false;
        }
        fail(simdjson::error_message(error));
        return true;
    }

    [[nodiscard]] std::pair<std::size_t, std::size_t> place(const char* at) const
    {
        const std::size_t offset
            = std::min(static_cast<std::size_t>(at - m_padded.data()), m_padded.size());
        const auto next = std::upper_bound(m_lineStarts.begin(), m_lineStarts.end(), offset);
        return {static_cast<std::size_t>(next - m_lineStarts.begin()), offset - *(next - 1) + 1};
    }

    bool build(ondemand::value& value, PlacedJson& out, int depth)
    {
        std::tie(out.line, out.column) = place(value.raw_json_token().data());
        if (depth > MaxDepth) {
            m_fault = JsonFault{out.line, out.column, "the JSON nests deeper than 32 levels"};
            return false;
        }
        ondemand::json_type type{};
        if (fails(value.type().get(type)))
            return false;
        if (type == ondemand::json_type::object)
            return buildObject(value, out, depth);
        if (type == ondemand::json_type::array)
            return buildArray(value, out, depth);
        return buildScalar(value, type, out);
    }

    bool buildScalar(ondemand::value& value, ondemand::json_type type, PlacedJson& out)
    {
        std::string_view text;
        bool boolean = false;
        simdjson::error_code error = simdjson::SUCCESS;
        if (type == ondemand::json_type::string) {
            out.kind = PlacedJson::Kind::Text;
            error = value.get_string().get(text);
            out.text = text;
        } else if (type == ondemand::json_type::number) {
            out.kind = PlacedJson::Kind::Number;
            out.text = trimmed(value.raw_json_token());
            // consumes the value and holds its form against the grammar
            ondemand::number number;
            error = value.get_number().get(number);
        } else if (type == ondemand::json_type::boolean) {
            out.kind = PlacedJson::Kind::Boolean;
            error = value.get_bool().get(boolean);
            out.text = boolean ? "true" : "false";
        } else {
            error = value.is_null().get(boolean);
            if (error == simdjson::SUCCESS && !boolean)
                error = simdjson::N_ATOM_ERROR;
        }
        return !fails(error);
    }

    bool buildArray(ondemand::value& value, PlacedJson& out, int depth)
    {
        out.kind = PlacedJson::Kind::Array;
        ondemand::array array;
        if (fails(value.get_array().get(array)))
            return false;
        for (auto element : array) {
            ondemand::value item;
            if (fails(element.get(item)) || !build(item, out.items.emplace_back(), depth + 1))
                return false;
        }
        return true;
    }

    bool buildObject(ondemand::value& value, PlacedJson& out, int depth)
    {
        out.kind = PlacedJson::Kind::Object;
        ondemand::object object;
        if (fails(value.get_object().get(object)))
            return false;
        for (auto element : object) {
            ondemand::field field;
            if (fails(std::move(element).get(field)))
                return false;
            PlacedMember& member = out.members.emplace_back();
            std::tie(member.line, member.column) = place(field.key().raw() - 1);
            std::string_view name;
            if (fails(field.unescaped_key().get(name)))
                return false;
            member.name = name;
            if (!build(field.value(), member.value, depth + 1))
                return false;
        }
        return true;
    }

    static constexpr int MaxDepth = 32;
    simdjson::padded_string m_padded;
    std::vector<std::size_t> m_lineStarts{0};
    ondemand::parser m_parser;
    ondemand::document m_document;
    bool m_started{false}; // only then the document can say where it stands
    std::optional<JsonFault> m_fault;
};

} // namespace

std::string_view PlacedJson::kindName() const noexcept
{
    constexpr std::array<std::string_view, 6> Names{
        "null", "true or false", "a number", "a text", "a list", "an object"};
    return Names[static_cast<std::size_t>(kind)];
}

std::optional<JsonFault> readPlacedJson(std::string_view json, PlacedJson& root)
{
    return Builder{json}.run(root);
}

} // namespace sluice
