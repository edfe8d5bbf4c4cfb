// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace sluice {

// Secret bytes: in pages locked out of swap where the system allows it, wiped when they go.
// Movable, not copyable, not printable, compared in constant time. Any thread; what is as small as
// a key or a passphrase is made and wiped without asking the system, so that the window may.
class SecureBytes {
public:
    SecureBytes() noexcept = default;
    explicit SecureBytes(std::size_t size); // zeroed
    static SecureBytes copyOf(std::span<const std::uint8_t> bytes);
    static SecureBytes copyOf(std::string_view text);
    ~SecureBytes();
    SecureBytes(SecureBytes&& other) noexcept;
    SecureBytes& operator=(SecureBytes&& other) noexcept;
    SecureBytes(const SecureBytes&) = delete;
    SecureBytes& operator=(const SecureBytes&) = delete;

    [[nodiscard]] SecureBytes clone() const;
    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] bool empty() const noexcept { return m_size == 0; }
    [[nodiscard]] std::uint8_t* data() noexcept { return m_data; }
    [[nodiscard]] const std::uint8_t* data() const noexcept { return m_data; }
    [[nodiscard]] std::span<const std::uint8_t> bytes() const noexcept { return {m_data, m_size}; }
    void wipe() noexcept; // overwrites and frees; then empty()
    bool operator==(const SecureBytes& other) const noexcept;

private:
    std::uint8_t* m_data{nullptr};
    std::size_t m_size{0};
};

} // namespace sluice
