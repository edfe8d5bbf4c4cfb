// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Currency.h"

#include "core/base/Resource.h"

#include <algorithm>
#include <vector>

namespace sluice {
namespace {

std::vector<std::uint32_t> codesOf(std::string_view path)
{
    std::vector<std::uint32_t> codes;
    for (const std::string_view line : resourceLines(path)) {
        SLUICE_CHECK(line.size() == 3);
        codes.push_back(static_cast<std::uint32_t>(line[0] << 16 | line[1] << 8 | line[2]));
    }
    std::sort(codes.begin(), codes.end());
    return codes;
}

bool contains(const std::vector<std::uint32_t>& codes, std::string_view code)
{
    return code.size() == 3
        && std::binary_search(codes.begin(), codes.end(),
            static_cast<std::uint32_t>(code[0] << 16 | code[1] << 8 | code[2]));
}

} // namespace

Result<Currency> Currency::parse(std::string_view text)
{
    const auto isLetter = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.size() != 3 || !std::all_of(text.begin(), text.end(), isLetter))
        return Error{ErrorCode::BadInput, {}, "'" + std::string{text} + "' is not a currency code",
            "Use the three capital letters of ISO 4217, as in USD"};
    Currency currency;
    currency.m_code = {text[0], text[1], text[2]};
    return currency;
}

int Currency::scale() const noexcept
{
    static const std::vector<std::uint32_t> lowValue = codesOf("focus/low_value_currencies.txt");
    return contains(lowValue, code()) ? 6 : 9;
}

int Currency::minorDigits() const noexcept
{
    constexpr std::array<std::string_view, 17> NoMinorUnit{"BIF", "CLP", "DJF", "GNF", "IRR", "ISK",
        "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
    constexpr std::array<std::string_view, 7> ThousandthMinorUnit{
        "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
    if (std::find(NoMinorUnit.begin(), NoMinorUnit.end(), code()) != NoMinorUnit.end())
        return 0;
    if (std::find(ThousandthMinorUnit.begin(), ThousandthMinorUnit.end(), code())
        != ThousandthMinorUnit.end())
        return 3;
    return *this == literal("CLF") || *this == literal("UYW") ? 4 : 2;
}

bool isIso4217(std::string_view code)
{
    static const std::vector<std::uint32_t> codes = codesOf("focus/currencies.txt");
    return contains(codes, code);
}

} // namespace sluice
