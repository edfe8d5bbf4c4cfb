// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Digest.h"

#include "core/base/Check.h"

#include <openssl/evp.h>

namespace sluice {

struct Sha256Stream::State {
    EVP_MD_CTX* context{EVP_MD_CTX_new()};
    State()
    {
        SLUICE_CHECK(context != nullptr && EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1);
    }
    ~State() { EVP_MD_CTX_free(context); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

Sha256Stream::Sha256Stream()
    : m_state{std::make_unique<State>()}
{
}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::add(std::string_view bytes)
{
    SLUICE_CHECK(EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size()) == 1);
}

Sha256 Sha256Stream::finish()
{
    Sha256 digest{};
    unsigned length = 0;
    SLUICE_CHECK(EVP_DigestFinal_ex(m_state->context, digest.data(), &length) == 1
        && length == digest.size());
    return digest;
}

Sha256 sha256(std::string_view bytes)
{
    Sha256Stream stream;
    stream.add(bytes);
    return stream.finish();
}

std::string toHex(std::span<const std::uint8_t> bytes)
{
    constexpr std::string_view Digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        hex.push_back(Digits[byte >> 4]);
        hex.push_back(Digits[byte & 15]);
    }
    return hex;
}

bool parseSha256(std::string_view hex, Sha256& out)
{
    const auto digit = [](char c) -> int {
        if (c >= '0' && c <= '9')
            return c - '0';
        if (c >= 'a' && c <= 'f')
            return c - 'a' + 10;
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    };
    if (hex.size() != 2 * out.size())
        return false;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const int high = digit(hex[2 * i]);
        const int low = digit(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

} // namespace sluice
