// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

namespace sluice {

// Hands values from some threads to others, at most `capacity` of them waiting: a slow taker slows
// the givers down instead of filling memory.
template <class Value>
class BoundedQueue {
public:
    explicit BoundedQueue(std::size_t capacity)
        : m_capacity{capacity}
    {
    }

    // Waits for room. False when the queue was closed: the value is dropped.
    bool push(Value value)
    {
        std::unique_lock lock{m_mutex};
        m_room.wait(lock, [this] { return m_closed || m_values.size() < m_capacity; });
        if (m_closed)
            return false;
        m_values.push_back(std::move(value));
        m_ready.notify_one();
        return true;
    }

    // Waits for a value. Nothing when the queue was closed and is empty.
    std::optional<Value> pop()
    {
        std::unique_lock lock{m_mutex};
        m_ready.wait(lock, [this] { return m_closed || !m_values.empty(); });
        if (m_values.empty())
            return std::nullopt;
        std::optional<Value> value{std::move(m_values.front())};
        m_values.pop_front();
        m_room.notify_one();
        return value;
    }

    // What waits is still taken; nothing more is accepted.
    void close()
    {
        const std::lock_guard lock{m_mutex};
        m_closed = true;
        m_room.notify_all();
        m_ready.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_room;
    std::condition_variable m_ready;
    std::deque<Value> m_values; // guarded by m_mutex
    std::size_t m_capacity;
    bool m_closed{false}; // guarded by m_mutex
};

} // namespace sluice
