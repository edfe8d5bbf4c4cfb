// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/FileKind.h"

#include <array>

namespace sluice {
namespace {

using namespace std::string_view_literals;

struct Magic {
    std::string_view begins;
    std::string_view inside; // further bytes somewhere in the head; empty: none
    ForeignFile kind;
};
constexpr ForeignFile Workbook{
    "this is a spreadsheet workbook, not a CSV file", "save it as CSV (UTF-8) and import that"};
constexpr ForeignFile Archive{
    "this is an archive, not a CSV file", "unpack it first and import the files inside"};

// The first that fits counts: a workbook is a zip archive of a certain content.
constexpr std::array Magics{
    Magic{"PAR1"sv, {},
        {"this is a Parquet file, which this build cannot read",
            "export as CSV, or convert it to CSV"}},
    Magic{"PK\x03\x04"sv, "[Content_Types].xml"sv, Workbook},
    Magic{"PK\x03\x04"sv, "xl/"sv, Workbook},
    Magic{"PK\x03\x04"sv, {},
        {"this is a zip archive, not a CSV file", "unpack it first and import the files inside"}},
    Magic{"PK\x05\x06"sv, {}, {"this is an empty zip archive", "export it again"}},
    Magic{"\xD0\xCF\x11\xE0"sv, {}, Workbook},
    Magic{
        "\x1F\x8B"sv, {}, {"the file is packed with gzip twice", "unpack it once and import that"}},
    Magic{"\x28\xB5\x2F\xFD"sv, {}, Archive},
    Magic{"BZh"sv, "1AY&SY"sv, Archive},
    Magic{"\xFD"
          "7zXZ"sv,
        {}, Archive},
    Magic{"7z\xBC\xAF"sv, {}, Archive},
    Magic{"%PDF-"sv, {}, {"this is a PDF document, not a CSV file", "export the figures as CSV"}},
    Magic{
        "SQLite format 3"sv, {}, {"this is a database, not a CSV file", "export its table as CSV"}},
};

} // namespace

bool isGzip(std::string_view head)
{
    return head.starts_with("\x1F\x8B\x08"sv);
}

ForeignFile recogniseForeignFile(std::string_view head)
{
    for (const Magic& magic : Magics) {
        if (head.starts_with(magic.begins) && head.find(magic.inside) != std::string_view::npos)
            return magic.kind;
    }
    return {};
}

} // namespace sluice
