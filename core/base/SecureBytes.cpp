// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/SecureBytes.h"

#include <cstring>
#include <new>
#include <utility>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/mman.h>
#endif

namespace sluice {
namespace {

// A volatile pointer keeps the compiler from dropping a write to memory that is about to be freed.
void overwrite(std::uint8_t* data, std::size_t size) noexcept
{
    volatile std::uint8_t* at = data;
    while (size-- > 0)
        *at++ = 0;
}

void lockPages([[maybe_unused]] void* data, [[maybe_unused]] std::size_t size) noexcept
{
#if defined(__unix__) || defined(__APPLE__)
    // May fail under a small RLIMIT_MEMLOCK; swap is then the operating system's (full-disk
    // encryption's) duty.
    [[maybe_unused]] const int ignored = mlock(data, size);
#endif
}

} // namespace

SecureBytes::SecureBytes(std::size_t size)
    : m_data{size == 0 ? nullptr : new std::uint8_t[size]{}}
    , m_size{size}
{
    if (m_data)
        lockPages(m_data, m_size);
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
    overwrite(m_data, m_size);
    // munlock would unlock the whole page, which other secrets may share; the lock goes with the
    // page.
    delete[] m_data;
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
