// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(std::string_view bytes);
std::string toHex(std::span<const std::uint8_t> bytes); // lower case
// False unless `hex` is exactly 64 hex digits.
[[nodiscard]] bool parseSha256(std::string_view hex, Sha256& out);

// SHA-256 of a stream (libcrypto, which uses the processor's SHA instructions).
class Sha256Stream {
public:
    Sha256Stream();
    ~Sha256Stream();
    Sha256Stream(Sha256Stream&&) noexcept;
    Sha256Stream& operator=(Sha256Stream&&) noexcept;

    void add(std::string_view bytes);
    [[nodiscard]] Sha256 finish(); // once

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sluice
