// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ProgressLine.h"

#include "app/cli/Table.h"

#include <algorithm>

#include <unistd.h>

namespace sluice {

void ProgressLine::show(const Progress& progress)
{
    constexpr auto Interval = std::chrono::milliseconds{100};
    const std::lock_guard lock{m_mutex};
    const auto now = std::chrono::steady_clock::now();
    if (m_shown && now - m_last < Interval)
        return;
    m_last = now;
    m_shown = true;
    write("\r\x1b[K" + lineOf(progress));
}

void ProgressLine::clear()
{
    const std::lock_guard lock{m_mutex};
    if (m_shown)
        write("\r\x1b[K");
    m_shown = false;
}

std::string ProgressLine::lineOf(const Progress& progress)
{
    const std::string what = printable(progress.what);
    if (progress.total == 0)
        return what + "  " + grouped(std::to_string(progress.done));
    const std::uint64_t done = std::min(progress.done, progress.total);
    return what + "  " + toString(Int128{done} * 100 / Int128{progress.total}) + " %";
}

void ProgressLine::write(const std::string& text) const
{
    // A terminal that is gone is no reason to stop the work.
    if (::write(m_descriptor, text.data(), text.size()) < 0)
        return;
}

} // namespace sluice
