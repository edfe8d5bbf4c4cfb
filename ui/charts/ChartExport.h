// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace sluice::ui {

class ChartCanvas;

// What stands around an exported picture, so that it can be read without the program.
struct ChartCaption {
    QString title;
    QString sentence; // scope, period and filter, as the page says it
    QString freshness; // "to 14 Sep 2026, preliminary"; may be empty
};

enum class PictureFormat : std::uint8_t { Png, Svg, Pdf };
// By the ending of the path; nothing for another ending.
[[nodiscard]] std::optional<PictureFormat> pictureFormatOf(const QString& path);

// Exactly what the chart shows at its present size, with the caption: PNG at twice the size and SVG
// in the colours of the screen; PDF/A-1b as vectors, in light colours, because it is printed. GUI
// thread. Error: Unavailable when this machine cannot make the format.
Result<QByteArray> chartPicture(
    const ChartCanvas& chart, const ChartCaption& caption, PictureFormat format);
// Writes to a temporary file beside `path` and renames: a picture that was there before stays whole
// when this one cannot be written. Any thread. Errors with the path: NotFound (no such folder),
// ReadOnly, DiskFull, Io.
Status savePicture(const QString& path, const QByteArray& picture);
// Both, for one call; BadInput when the ending names no format. GUI thread, so only for small
// pictures and tests: pages save on a worker.
Status exportChart(const ChartCanvas& chart, const ChartCaption& caption, const QString& path);

} // namespace sluice::ui
