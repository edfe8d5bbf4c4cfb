// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/ProgressText.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr qint64 EstimateAfterMs = 3000;
constexpr double BytesPerMegabyte = 1e6;

QString tr(const char* text)
{
    return QCoreApplication::translate("ProgressText", text);
}

QString megabytes(std::uint64_t bytes)
{
    return QLocale{}.toString(static_cast<double>(bytes) / BytesPerMegabyte, 'f', 1);
}

QString number(std::uint64_t count)
{
    return QLocale{}.toString(static_cast<qulonglong>(count));
}

QString timeLeft(std::uint64_t seconds)
{
    constexpr std::uint64_t Minute = 60;
    return seconds < 2 * Minute ? tr("about %1 s left").arg(seconds)
                                : tr("about %1 min left").arg((seconds + Minute / 2) / Minute);
}

} // namespace

QString progressText(const Progress& progress, qint64 elapsedMs)
{
    if (progress.total == 0)
        return {};
    const bool bytes = progress.unit == ProgressUnit::Bytes;
    const std::uint64_t done = std::min(progress.done, progress.total);
    QStringList parts{bytes ? tr("%1 of %2 MB").arg(megabytes(done), megabytes(progress.total))
                            : tr("%1 of %2").arg(number(done), number(progress.total))};
    if (elapsedMs > EstimateAfterMs && done > 0) {
        const auto elapsed = static_cast<std::uint64_t>(elapsedMs);
        const std::uint64_t rate = done * 1000 / elapsed;
        if (bytes)
            parts << tr("%1 MB/s").arg(megabytes(rate));
        else if (rate > 0)
            parts << tr("%1 a second").arg(number(rate));
        parts << timeLeft(elapsed * (progress.total - done) / done / 1000 + 1);
    }
    return parts.join(QStringLiteral(" \u00B7 "));
}

std::optional<int> progressPerMille(const Progress& progress)
{
    constexpr std::uint64_t Whole = 1000;
    if (progress.total == 0)
        return std::nullopt;
    return static_cast<int>(std::min(progress.done, progress.total) * Whole / progress.total);
}

} // namespace sluice::ui
