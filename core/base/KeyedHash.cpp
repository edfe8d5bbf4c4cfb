// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/KeyedHash.h"

#include <random>

namespace sluice {

const std::array<std::uint64_t, 4> KeyedHash::Key = [] {
    std::random_device device;
    std::array<std::uint64_t, 4> drawn{};
    for (std::uint64_t& word : drawn)
        word = static_cast<std::uint64_t>(device()) << 32 | device();
    return drawn;
}();

} // namespace sluice
