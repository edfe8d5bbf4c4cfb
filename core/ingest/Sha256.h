// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sluice {

using Sha256Digest = std::array<std::uint8_t, 32>;
// 64 small hex digits.
std::string hexOf(const Sha256Digest& digest);

// SHA-256 of bytes that come piece by piece, by libcrypto, which uses the processor's own instructions.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(std::string_view bytes);
    // Of all that was added. Called once.
    Sha256Digest finish();

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

} // namespace sluice
