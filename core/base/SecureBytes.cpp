// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/SecureBytes.h"

#include "core/base/SecretMemory.h"

#include <cstring>
#include <utility>

namespace sluice {

SecureBytes::SecureBytes(std::size_t size)
    : m_data{size == 0 ? nullptr : takeSecretMemory(size)}
    , m_size{size}
{
}

SecureBytes SecureBytes::copyOf(std::span<const std::uint8_t> bytes)
{
    SecureBytes copy{bytes.size()};
    if (!bytes.empty())
        std::memcpy(copy.m_data, bytes.data(), bytes.size());
    return copy;
}

SecureBytes SecureBytes::copyOf(std::string_view text)
{
    SecureBytes copy{text.size()};
    if (!text.empty())
        std::memcpy(copy.m_data, text.data(), text.size());
    return copy;
}

SecureBytes::~SecureBytes()
{
    wipe();
}

SecureBytes::SecureBytes(SecureBytes&& other) noexcept
    : m_data{std::exchange(other.m_data, nullptr)}
    , m_size{std::exchange(other.m_size, 0)}
{
}

SecureBytes& SecureBytes::operator=(SecureBytes&& other) noexcept
{
    if (this != &other) {
        wipe();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

SecureBytes SecureBytes::clone() const
{
    return copyOf(bytes());
}

void SecureBytes::wipe() noexcept
{
    if (!m_data)
        return;
    giveBackSecretMemory(m_data, m_size);
    m_data = nullptr;
    m_size = 0;
}

bool SecureBytes::operator==(const SecureBytes& other) const noexcept
{
    if (m_size != other.m_size)
        return false;
    std::uint8_t difference = 0;
    for (std::size_t i = 0; i < m_size; ++i)
        difference = static_cast<std::uint8_t>(difference | (m_data[i] ^ other.m_data[i]));
    return difference == 0;
}

} // namespace sluice
