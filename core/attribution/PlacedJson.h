// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

struct PlacedMember;

// A JSON value that knows where it stands, for messages about a file that people write by hand.
// Numbers stay text.
struct PlacedJson {
    enum class Kind : std::uint8_t { Null, Boolean, Number, Text, Array, Object };
    Kind kind{Kind::Null};
    std::string text; // of a text (unescaped), a number or a boolean
    std::vector<PlacedJson> items; // of an array
    std::vector<PlacedMember> members; // of an object, in the order of the file
    std::size_t line{0}; // 1-based; column counts bytes
    std::size_t column{0};

    [[nodiscard]] bool isText() const noexcept { return kind == Kind::Text; }
    // "a text", "an object" …
    [[nodiscard]] std::string_view kindName() const noexcept;
};

struct PlacedMember {
    std::string name;
    std::size_t line{0};
    std::size_t column{0};
    PlacedJson value;
};

struct JsonFault {
    std::size_t line{0};
    std::size_t column{0};
    std::string what;
};

// Reads `json` into `root`. A fault for text that is not JSON or nests deeper than 32 levels. Names
// that occur twice in an object are both there.
std::optional<JsonFault> readPlacedJson(std::string_view json, PlacedJson& root);

} // namespace sluice
