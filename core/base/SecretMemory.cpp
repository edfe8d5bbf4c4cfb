// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/SecretMemory.h"

#include <atomic>
#include <bit>
#include <functional>
#include <new>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/mman.h>
#endif
#if __has_include(<sanitizer/asan_interface.h>)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(data, size) (static_cast<void>(data), static_cast<void>(size))
#define ASAN_UNPOISON_MEMORY_REGION(data, size) (static_cast<void>(data), static_cast<void>(size))
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

#if defined(__unix__) || defined(__APPLE__)
// Zeroed; null when there is no memory left.
std::uint8_t* mapPages(std::size_t size) noexcept
{
    void* pages = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED)
        return nullptr;
    // May fail under a small RLIMIT_MEMLOCK; swap is then the operating system's (full-disk
    // encryption's) duty.
    [[maybe_unused]] const int ignored = mlock(pages, size);
    return static_cast<std::uint8_t*>(pages);
}

void unmapPages(std::uint8_t* pages, std::size_t size) noexcept
{
    munmap(pages, size); // the lock goes with them
}
#else
std::uint8_t* mapPages(std::size_t size) noexcept
{
    return new (std::nothrow) std::uint8_t[size]{};
}

void unmapPages(std::uint8_t* pages, std::size_t) noexcept
{
    delete[] pages;
}
#endif

// As many slots as a word has bits, which is more small secrets than there are at a time. What
// nobody has is zero, and poisoned under AddressSanitizer.
class Slots {
public:
    Slots() noexcept
        : m_pages{mapPages(Size)}
    {
        if (m_pages)
            ASAN_POISON_MEMORY_REGION(m_pages, Size);
    }

    // Null when none is free.
    std::uint8_t* take(std::size_t size) noexcept
    {
        std::uint64_t taken = m_pages ? m_taken.load(std::memory_order_relaxed) : AllTaken;
        while (taken != AllTaken) {
            const int slot = std::countr_one(taken);
            if (!m_taken.compare_exchange_weak(taken, taken | bitOf(slot),
                    std::memory_order_acquire, std::memory_order_relaxed))
                continue;
            std::uint8_t* data = m_pages + static_cast<std::size_t>(slot) * SmallSecretMax;
            ASAN_UNPOISON_MEMORY_REGION(data, size);
            return data;
        }
        return nullptr;
    }

    [[nodiscard]] bool has(const std::uint8_t* data) const noexcept
    {
        const std::less<> before;
        return m_pages && !before(data, m_pages) && before(data, m_pages + Size);
    }

    void giveBack(std::uint8_t* data) noexcept
    {
        ASAN_POISON_MEMORY_REGION(data, SmallSecretMax);
        const auto slot = static_cast<std::size_t>(data - m_pages) / SmallSecretMax;
        m_taken.fetch_and(~bitOf(static_cast<int>(slot)), std::memory_order_release);
    }

private:
    static constexpr std::uint64_t AllTaken = ~std::uint64_t{0};
    static constexpr std::size_t Size = std::size_t{64} * SmallSecretMax;
    static constexpr std::uint64_t bitOf(int slot) { return std::uint64_t{1} << slot; }

    std::uint8_t* m_pages; // never given back: a secret may outlive every static object
    std::atomic<std::uint64_t> m_taken{0};
};

Slots& slots()
{
    static Slots only;
    return only;
}

} // namespace

std::uint8_t* takeSecretMemory(std::size_t size)
{
    std::uint8_t* data = size <= SmallSecretMax ? slots().take(size) : nullptr;
    if (!data)
        data = mapPages(size);
    if (!data)
        throw std::bad_alloc{};
    return data;
}

void giveBackSecretMemory(std::uint8_t* data, std::size_t size) noexcept
{
    overwrite(data, size);
    if (slots().has(data))
        slots().giveBack(data);
    else
        unmapPages(data, size);
}

} // namespace sluice
