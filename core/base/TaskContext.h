// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace sluice {

// Asked from any thread, set from any thread. Copies share one flag.
class StopToken {
public:
    StopToken()
        : m_flag{std::make_shared<std::atomic<bool>>(false)}
    {
    }
    void requestStop() const noexcept { m_flag->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool stopRequested() const noexcept
    {
        return m_flag->load(std::memory_order_relaxed);
    }

private:
    std::shared_ptr<std::atomic<bool>> m_flag;
};

enum class ProgressUnit : std::uint8_t { Steps, Bytes };

// How far a job is. `total` 0 = not known yet.
struct Progress {
    std::string what;
    std::uint64_t done{0};
    std::uint64_t total{0};
    ProgressUnit unit{ProgressUnit::Steps};
};

// What a worker may know: whether it was asked to stop, and how to say how far it is. Long work
// asks at least every 50 ms, so that a cancel shows within 100 ms.
class TaskContext {
public:
    using Report = std::function<void(const Progress&)>;

    TaskContext() = default; // never stopped, tells nobody
    TaskContext(StopToken stop, Report report)
        : m_stop{std::move(stop)}
        , m_report{std::move(report)}
    {
    }
    [[nodiscard]] bool stopRequested() const noexcept { return m_stop.stopRequested(); }
    [[nodiscard]] const StopToken& stopToken() const noexcept { return m_stop; }
    void report(const Progress& progress) const
    {
        if (m_report)
            m_report(progress);
    }
    // The error to return once stopRequested() is true.
    static Error cancelled() { return {ErrorCode::Cancelled, {}, "cancelled", {}}; }

private:
    StopToken m_stop;
    Report m_report;
};

} // namespace sluice
