// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/Sha256.h"
#include "core/base/Check.h"

#include <openssl/evp.h>

namespace sluice {

struct Sha256::Context {
    Context() { SLUICE_CHECK(state != nullptr && EVP_DigestInit_ex(state, EVP_sha256(), nullptr) == 1); }
    ~Context() { EVP_MD_CTX_free(state); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    EVP_MD_CTX* state{EVP_MD_CTX_new()};
};

Sha256::Sha256()
    : m_context{std::make_unique<Context>()}
{
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes)
{
    SLUICE_CHECK(EVP_DigestUpdate(m_context->state, bytes.data(), bytes.size()) == 1);
}

Sha256Digest Sha256::finish()
{
    Sha256Digest digest{};
    unsigned size = 0;
    SLUICE_CHECK(EVP_DigestFinal_ex(m_context->state, digest.data(), &size) == 1 && size == digest.size());
    return digest;
}

std::string hexOf(const Sha256Digest& digest)
{
    constexpr std::string_view Digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : digest) {
        text += Digits[byte >> 4U];
        text += Digits[byte & 15U];
    }
    return text;
}

} // namespace sluice
