// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"

#include <chrono>
#include <mutex>
#include <string>

namespace sluice {

// One line on a terminal that is written over, at most ten times a second. Any thread.
class ProgressLine {
public:
    explicit ProgressLine(int descriptor)
        : m_descriptor{descriptor}
    {
    }
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const Progress& progress);
    void clear(); // leaves an empty line for what is printed next

    // "march.csv  45 %", or the number done where the total is not known.
    static std::string lineOf(const Progress& progress);

private:
    void write(const std::string& text) const;

    std::mutex m_mutex;
    int m_descriptor;
    std::chrono::steady_clock::time_point m_last{};
    bool m_shown{false};
};

} // namespace sluice
