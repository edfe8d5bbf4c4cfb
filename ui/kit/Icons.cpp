// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/Icons.h"

#include "core/base/Check.h"
#include "core/base/Resource.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <string>

namespace sluice::ui {

namespace {

// Renders at paint time, so that a theme switch recolours every icon without anyone being told.
class TintedSvgEngine final : public QIconEngine {
public:
    TintedSvgEngine(std::string name, Token token)
        : m_name{std::move(name)}
        , m_token{token}
    {
        SLUICE_CHECK(!svg().isEmpty());
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        QSvgRenderer renderer{tinted(mode)};
        renderer.render(painter, QRectF{rect});
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        const QString key = QStringLiteral("sluice/%1/%2/%3/%4")
                                .arg(QString::fromStdString(m_name), colorFor(mode).name())
                                .arg(size.width())
                                .arg(size.height());
        QPixmap pixmap;
        if (!QPixmapCache::find(key, &pixmap)) {
            pixmap = QPixmap{size};
            pixmap.fill(Qt::transparent);
            QPainter painter{&pixmap};
            paint(&painter, QRect{QPoint{0, 0}, size}, mode, state);
            QPixmapCache::insert(key, pixmap);
        }
        return pixmap;
    }

    [[nodiscard]] QIconEngine* clone() const override { return new TintedSvgEngine{*this}; }

private:
    [[nodiscard]] QByteArray svg() const
    {
        const std::string_view bytes = resource("icons/" + m_name + ".svg");
        return {bytes.data(), static_cast<qsizetype>(bytes.size())};
    }
    [[nodiscard]] QColor colorFor(QIcon::Mode mode) const
    {
        const Theme& theme = themeOf(QGuiApplication::palette());
        return theme.color(mode == QIcon::Disabled ? Token::Faint : m_token);
    }
    [[nodiscard]] QByteArray tinted(QIcon::Mode mode) const
    {
        return svg().replace("currentColor", colorFor(mode).name().toLatin1());
    }

    std::string m_name;
    Token m_token;
};

} // namespace

QIcon icon(std::string_view name, Token token)
{
    return QIcon{new TintedSvgEngine{std::string{name}, token}};
}

QIcon applicationIcon()
{
    return icon("sluice", Token::Accent);
}

} // namespace sluice::ui
