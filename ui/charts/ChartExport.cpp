// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartExport.h"

#include "core/base/DurableFile.h"
#include "ui/charts/ChartCanvas.h"
#include "ui/kit/Fonts.h"

#include <QBuffer>
#include <QFileInfo>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cerrno>
#include <cmath>

namespace sluice::ui {

namespace {

constexpr double Margin = 20;
constexpr double PixelsPerInch = 96;
constexpr int PdfResolution = 1200;
constexpr int PngScale = 2;

// In pixels, so that a device with another resolution draws letters of the same size.
QFont pixelFont(const QFont& font)
{
    QFont fixed{font};
    fixed.setPixelSize(QFontInfo{font}.pixelSize());
    return fixed;
}

// The caption above and below the chart. Pixels at 1x.
class CaptionedChart {
public:
    CaptionedChart(const ChartCanvas& chart, const ChartCaption& caption)
        : m_chart{chart}
        , m_caption{caption}
        , m_font{pixelFont(chart.font())}
        , m_title{sized(m_font, TextSize::Section, QFont::DemiBold)}
        , m_meta{sized(m_font, TextSize::Meta)}
        , m_area{QPointF{Margin, 0}, QSizeF{chart.size()}}
    {
        double y = Margin;
        const auto place = [&](const QString& text, const QFont& font) {
            if (text.isEmpty())
                return QRectF{};
            const QRectF fit = QFontMetricsF{font}.boundingRect(
                QRectF{0, 0, m_area.width(), 4000}, Qt::TextWordWrap, text);
            const QRectF rect{Margin, y, m_area.width(), std::ceil(fit.height()) + 2};
            y = rect.bottom() + 2;
            return rect;
        };
        m_titleRect = place(caption.title, m_title);
        m_sentenceRect = place(caption.sentence, m_meta);
        m_area.moveTop(y + (y > Margin ? 8 : 0));
        y = m_area.bottom() + 8;
        m_freshRect = place(caption.freshness, m_meta);
        m_size = {m_area.width() + 2 * Margin,
            std::ceil(
                (caption.freshness.isEmpty() ? m_area.bottom() : m_freshRect.bottom()) + Margin)};
    }

    [[nodiscard]] QSizeF size() const { return m_size; }

    void paint(QPainter& painter, const Theme& theme) const
    {
        painter.fillRect(QRectF{{0, 0}, m_size}, theme.color(Token::Surface));
        m_chart.paintChart(painter, m_area, theme, m_font);
        const auto text
            = [&](const QRectF& rect, const QFont& font, Token ink, const QString& words) {
                  painter.setFont(font);
                  painter.setPen(theme.color(ink));
                  painter.drawText(rect, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, words);
              };
        text(m_titleRect, m_title, Token::Text, m_caption.title);
        text(m_sentenceRect, m_meta, Token::Muted, m_caption.sentence);
        text(m_freshRect, m_meta, Token::Muted, m_caption.freshness);
    }

private:
    const ChartCanvas& m_chart;
    const ChartCaption& m_caption;
    QFont m_font;
    QFont m_title;
    QFont m_meta;
    QRectF m_area;
    QRectF m_titleRect;
    QRectF m_sentenceRect;
    QRectF m_freshRect;
    QSizeF m_size;
};

Error cannotDraw()
{
    return {ErrorCode::Unavailable, {},
        "the picture cannot be drawn in this format on this machine", "Choose another format"};
}

Result<QByteArray> pngOf(const CaptionedChart& chart, const Theme& theme)
{
    QImage image{(chart.size() * PngScale).toSize(), QImage::Format_RGB32};
    if (image.isNull())
        return cannotDraw();
    image.setDevicePixelRatio(PngScale);
    {
        QPainter painter{&image};
        chart.paint(painter, theme);
    }
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        return cannotDraw();
    return buffer.data();
}

Result<QByteArray> svgOf(
    const CaptionedChart& chart, const ChartCaption& caption, const Theme& theme)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(static_cast<int>(PixelsPerInch));
    generator.setSize(chart.size().toSize());
    generator.setViewBox(QRectF{{0, 0}, chart.size()});
    generator.setTitle(caption.title);
    generator.setDescription(caption.sentence);
    QPainter painter;
    if (!painter.begin(&generator))
        return cannotDraw();
    chart.paint(painter, theme);
    painter.end();
    return buffer.data();
}

Result<QByteArray> pdfOf(const CaptionedChart& chart, const ChartCaption& caption)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer{&buffer};
    writer.setPdfVersion(QPagedPaintDevice::PdfVersion_A1b);
    writer.setResolution(PdfResolution);
    writer.setTitle(caption.title);
    writer.setCreator(QStringLiteral("Sluice"));
    writer.setPageMargins({});
    constexpr double PointsPerPixel = 72 / PixelsPerInch;
    writer.setPageSize(
        QPageSize{chart.size() * PointsPerPixel, QPageSize::Point, {}, QPageSize::ExactMatch});
    QPainter painter;
    if (!painter.begin(&writer))
        return cannotDraw();
    painter.scale(PdfResolution / PixelsPerInch, PdfResolution / PixelsPerInch);
    chart.paint(painter, Theme::light());
    painter.end();
    return buffer.data();
}

// The system's own number tells more than what QSaveFile makes of it.
Error writeError(const QSaveFile& file, const QString& path, int errorNumber)
{
    const std::string where = path.toStdString();
    if (!QFileInfo{QFileInfo{path}.path()}.isDir())
        return {ErrorCode::NotFound, where, "the folder does not exist", "Choose another folder"};
    if (errorNumber != 0)
        return systemError(errorNumber, where, "writing");
    const bool refused
        = file.error() == QFileDevice::PermissionsError || !QFileInfo{path}.isWritable();
    return {refused ? ErrorCode::ReadOnly : ErrorCode::Io, where, file.errorString().toStdString(),
        "Choose another folder or name"};
}

} // namespace

std::optional<PictureFormat> pictureFormatOf(const QString& path)
{
    const QString ending = QFileInfo{path}.suffix().toLower();
    if (ending == QStringLiteral("png"))
        return PictureFormat::Png;
    if (ending == QStringLiteral("svg"))
        return PictureFormat::Svg;
    if (ending == QStringLiteral("pdf"))
        return PictureFormat::Pdf;
    return std::nullopt;
}

Result<QByteArray> chartPicture(
    const ChartCanvas& chart, const ChartCaption& caption, PictureFormat format)
{
    const CaptionedChart captioned{chart, caption};
    const Theme& theme = themeOf(chart.palette());
    switch (format) {
    case PictureFormat::Png:
        return pngOf(captioned, theme);
    case PictureFormat::Svg:
        return svgOf(captioned, caption, theme);
    case PictureFormat::Pdf:
        break;
    }
    return pdfOf(captioned, caption);
}

Status savePicture(const QString& path, const QByteArray& picture)
{
    QSaveFile file{path};
    errno = 0;
    if (!file.open(QIODevice::WriteOnly) || file.write(picture) != picture.size() || !file.commit())
        return writeError(file, path, errno);
    return Status::success();
}

Status exportChart(const ChartCanvas& chart, const ChartCaption& caption, const QString& path)
{
    const auto format = pictureFormatOf(path);
    if (!format)
        return Error{ErrorCode::BadInput, path.toStdString(), "the ending names no picture format",
            "Use .png, .svg or .pdf"};
    SLUICE_TRY(const QByteArray picture, chartPicture(chart, caption, *format));
    return savePicture(path, picture);
}

} // namespace sluice::ui
