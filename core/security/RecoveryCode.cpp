// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/RecoveryCode.h"

#include "core/security/Sodium.h"

#include <array>
#include <cstdint>

namespace sluice {
namespace {

constexpr std::string_view Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t GroupCount = 8;
constexpr std::size_t GroupDigits = 4; // of 5 bits each; the fifth character is the check
constexpr std::size_t CodeDigits = GroupCount * (GroupDigits + 1);

// In the field of 32 elements (x^5 + x^2 + 1).
unsigned multiply(unsigned a, unsigned b)
{
    unsigned product = 0;
    for (; b != 0; b >>= 1) {
        if (b & 1U)
            product ^= a;
        a <<= 1;
        if (a & 32U)
            a ^= 0b100101U;
    }
    return product;
}

// Digits weighted with distinct non-zero elements (the check itself has weight 1): changes of one
// digit and swaps of two never cancel out. The group's number takes part, so that swapped groups do
// not pass either.
unsigned checkDigit(const std::uint8_t* digits, std::size_t group)
{
    unsigned check = multiply(7, static_cast<unsigned>(group) + 1);
    for (unsigned i = 0; i < GroupDigits; ++i)
        check ^= multiply(i + 2, digits[i]);
    return check;
}

// 0–31, or -1 for a character that is no digit.
int digitValue(char c)
{
    if (c >= 'a' && c <= 'z')
        c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O')
        return 0;
    if (c == 'I' || c == 'L')
        return 1;
    const std::size_t at = Alphabet.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

bool isSeparator(char c)
{
    return c == ' ' || c == '-' || c == '.' || c == '_' || c == '\t' || c == '\r' || c == '\n';
}

Error badCode(const std::string& what)
{
    return {ErrorCode::BadInput, "recovery code", what, "Compare it with the printed sheet"};
}

} // namespace

SecureBytes newRecoverySecret()
{
    requireSodium();
    SecureBytes secret{RecoverySecretSize};
    randombytes_buf(secret.data(), secret.size());
    return secret;
}

SecureBytes formatRecoveryCode(const SecureBytes& secret)
{
    SLUICE_CHECK(secret.size() == RecoverySecretSize);
    SecureBytes text{CodeDigits + GroupCount - 1};
    std::uint8_t* out = text.data();
    for (std::size_t group = 0; group < GroupCount; ++group) {
        if (group > 0)
            *out++ = '-';
        // Four digits are 20 bits: two groups share five bytes.
        const std::uint8_t* bytes = secret.data() + group / 2 * 5 + (group % 2) * 2;
        const unsigned three
            = unsigned{bytes[0]} << 16U | unsigned{bytes[1]} << 8U | unsigned{bytes[2]};
        const unsigned bits = group % 2 == 0 ? three >> 4U : three & 0xFFFFFU;
        SecureBytes digits{GroupDigits};
        for (std::size_t i = 0; i < GroupDigits; ++i)
            digits.data()[i] = static_cast<std::uint8_t>(bits >> (15 - 5 * i) & 31U);
        for (const std::uint8_t digit : digits.bytes())
            *out++ = static_cast<std::uint8_t>(Alphabet[digit]);
        *out++ = static_cast<std::uint8_t>(Alphabet[checkDigit(digits.data(), group)]);
    }
    return text;
}

Result<SecureBytes> parseRecoveryCode(std::string_view text)
{
    SecureBytes digits{CodeDigits};
    std::size_t count = 0;
    for (const char c : text) {
        if (isSeparator(c))
            continue;
        const int value = digitValue(c);
        if (value < 0)
            return badCode(
                "character " + std::to_string(count + 1) + " is not one of a recovery code");
        if (count == CodeDigits)
            return badCode("there are more than " + std::to_string(CodeDigits) + " characters");
        digits.data()[count++] = static_cast<std::uint8_t>(value);
    }
    if (count != CodeDigits)
        return badCode("there are " + std::to_string(count) + " characters instead of "
            + std::to_string(CodeDigits));
    SecureBytes secret{RecoverySecretSize};
    for (std::size_t group = 0; group < GroupCount; ++group) {
        const std::uint8_t* five = digits.data() + group * (GroupDigits + 1);
        if (checkDigit(five, group) != five[GroupDigits])
            return badCode("group " + std::to_string(group + 1) + " has a typing error");
        const unsigned bits
            = static_cast<unsigned>(five[0] << 15 | five[1] << 10 | five[2] << 5 | five[3]);
        std::uint8_t* bytes = secret.data() + group / 2 * 5 + (group % 2) * 2;
        if (group % 2 == 0) {
            bytes[0] = static_cast<std::uint8_t>(bits >> 12);
            bytes[1] = static_cast<std::uint8_t>(bits >> 4);
            bytes[2] = static_cast<std::uint8_t>(bits << 4);
        } else {
            bytes[0] = static_cast<std::uint8_t>(bytes[0] | bits >> 16);
            bytes[1] = static_cast<std::uint8_t>(bits >> 8);
            bytes[2] = static_cast<std::uint8_t>(bits);
        }
    }
    return secret;
}

} // namespace sluice
