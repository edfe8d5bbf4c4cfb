// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartCanvas.h"

#include "ui/charts/ChartAccessible.h"
#include "ui/charts/HoverCard.h"
#include "ui/kit/Fonts.h"

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMetaMethod>
#include <QPaintEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleHints>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

ChartCanvas::ChartCanvas(QWidget* parent)
    : QWidget{parent}
    , m_card{new HoverCard{this}}
    , m_placeholder{tr("Nothing to show here")}
{
    installChartAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_typedEnds.setSingleShot(true);
    m_typedEnds.setInterval(QGuiApplication::styleHints()->keyboardInputInterval() * 3);
    connect(&m_typedEnds, &QTimer::timeout, this, [this] { m_typed.clear(); });
}

ChartCanvas::~ChartCanvas() = default;

void ChartCanvas::setShapes(std::vector<ChartShape> shapes)
{
    const QString key = m_current ? m_shapes[*m_current].key : QString{};
    m_shapes = std::move(shapes);
    shapesChanged(key.isNull() ? std::nullopt : ChartCanvas::indexOfKey(key));
}

void ChartCanvas::shapesChanged(std::optional<std::size_t> current)
{
    m_hovered.reset();
    m_card->hide();
    m_current = current && *current < shapeCount() ? current : std::nullopt;
    if (QAccessible::isActive()) {
        QAccessibleEvent event{this, QAccessible::ObjectReorder};
        QAccessible::updateAccessibility(&event);
    }
    repaintPicture();
}

void ChartCanvas::repaintPicture()
{
    m_picture = {};
    update();
}

void ChartCanvas::setPlaceholder(const QString& sentence)
{
    m_placeholder = sentence;
    repaintPicture();
}

bool ChartCanvas::reducedMotion() const
{
    return m_reducedMotion.value_or(
        style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) == 0);
}

void ChartCanvas::setCurrent(std::optional<std::size_t> index)
{
    if (index == m_current || (index && *index >= shapeCount()))
        return;
    m_current = index;
    update();
    if (!m_current)
        return;
    emit currentChanged(shape(*m_current).key);
    if (QAccessible::isActive()) {
        QAccessibleEvent event{this, QAccessible::Focus};
        event.setChild(static_cast<int>(*m_current));
        QAccessible::updateAccessibility(&event);
    }
}

std::optional<std::size_t> ChartCanvas::indexOfKey(const QString& key) const
{
    const auto found = std::ranges::find(m_shapes, key, &ChartShape::key);
    return found == m_shapes.end()
        ? std::nullopt
        : std::optional{static_cast<std::size_t>(found - m_shapes.begin())};
}

void ChartCanvas::setCurrentKey(const QString& key)
{
    if (const auto index = indexOfKey(key))
        setCurrent(index);
}

void ChartCanvas::paintChart(
    QPainter& painter, const QRectF& area, const Theme& theme, const QFont& font) const
{
    painter.save();
    painter.translate(area.topLeft());
    paintOn(painter, area.size(), theme, font);
    if (shapeCount() == 0) {
        painter.setFont(sized(font, TextSize::Body));
        painter.setPen(theme.color(Token::Muted));
        painter.drawText(QRectF{{0, 0}, area.size()}.adjusted(16, 16, -16, -16),
            Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    }
    painter.restore();
}

void ChartCanvas::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(palette());
    if (m_picture.isNull() || m_picture.devicePixelRatio() != devicePixelRatioF())
        m_picture = picture();
    QPainter painter{this};
    painter.drawPixmap(0, 0, m_picture);
    if (m_hovered)
        paintHover(painter, theme, *m_hovered);
    if (m_current)
        paintCursor(painter, theme, *m_current);
}

void ChartCanvas::paintHover(QPainter& painter, const Theme& theme, std::size_t index) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{theme.color(Token::BorderStrong), 1});
    painter.drawRoundedRect(shape(index).rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
}

void ChartCanvas::paintCursor(QPainter& painter, const Theme& theme, std::size_t index) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{theme.color(Token::Text), hasFocus() ? 2.0 : 1.0});
    painter.drawRoundedRect(shape(index).rect.adjusted(-1, -1, 1, 1), 3, 3);
}

QPixmap ChartCanvas::picture() const
{
    const double ratio = devicePixelRatioF();
    // Rounded up: a fraction of a pixel at the edge is painted too.
    QPixmap picture{static_cast<int>(std::ceil(width() * ratio)),
        static_cast<int>(std::ceil(height() * ratio))};
    if (picture.isNull())
        return picture;
    picture.setDevicePixelRatio(ratio);
    QPainter painter{&picture};
    paintChart(painter, QRectF{rect()}, themeOf(palette()), font());
    return picture;
}

void ChartCanvas::copyPicture() const
{
    QGuiApplication::clipboard()->setPixmap(picture());
}

void ChartCanvas::copyData() const
{
    QGuiApplication::clipboard()->setText(dataText());
}

std::optional<std::size_t> ChartCanvas::shapeAt(const QPointF& point) const
{
    for (std::size_t i = m_shapes.size(); i-- > 0;) {
        if (m_shapes[i].rect.contains(point))
            return i;
    }
    return std::nullopt;
}

bool ChartCanvas::moveByKey(int key)
{
    if (shapeCount() == 0)
        return false;
    if (key == Qt::Key_Home || key == Qt::Key_End) {
        setCurrent(edgeFrom(m_current, key == Qt::Key_End));
        return true;
    }
    Direction direction{};
    switch (key) {
    case Qt::Key_Left:
        direction = Direction::Left;
        break;
    case Qt::Key_Right:
        direction = Direction::Right;
        break;
    case Qt::Key_Up:
        direction = Direction::Up;
        break;
    case Qt::Key_Down:
        direction = Direction::Down;
        break;
    default:
        return false;
    }
    if (!m_current)
        setCurrent(0);
    else if (const auto next = nextFrom(*m_current, direction))
        setCurrent(next);
    return true;
}

std::optional<std::size_t> ChartCanvas::nextFrom(std::size_t from, Direction direction) const
{
    std::vector<QRectF> rects;
    std::ranges::transform(m_shapes, std::back_inserter(rects), &ChartShape::rect);
    return neighbour(rects, from, direction);
}

std::size_t ChartCanvas::edgeFrom(std::optional<std::size_t>, bool last) const
{
    return last ? shapeCount() - 1 : 0;
}

std::optional<std::size_t> ChartCanvas::found(const QString& typed, std::size_t from) const
{
    for (std::size_t i = 0; i < m_shapes.size(); ++i) {
        const std::size_t at = (from + i) % m_shapes.size();
        if (m_shapes[at].name.startsWith(typed, Qt::CaseInsensitive))
            return at;
    }
    return std::nullopt;
}

void ChartCanvas::typeAhead(const QString& text)
{
    m_typed += text;
    m_typedEnds.start();
    const std::size_t from = m_current ? *m_current + (m_typed.size() == 1 ? 1 : 0) : 0;
    if (const auto index = found(m_typed, from))
        setCurrent(index);
}

void ChartCanvas::activateCurrent()
{
    m_typed.clear(); // what is typed next looks for something else
    if (m_current) {
        const QString key = shape(*m_current).key;
        emit activated(key);
    }
}

bool ChartCanvas::event(QEvent* event)
{
    // Letters and Backspace are ours while the chart has the focus, also where a menu uses them.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::NoModifier
            && (key->key() == Qt::Key_Backspace || key->text().trimmed().size() == 1)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void ChartCanvas::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        activateCurrent();
    } else if (event->key() == Qt::Key_Backspace) {
        emit upRequested();
    } else if (event->matches(QKeySequence::Copy)) {
        copyData();
    } else if (event->key() == Qt::Key_Escape && m_card->isVisible()) {
        m_card->hide();
    } else if (moveByKey(event->key())) {
        if (m_current)
            showCard(*m_current, shape(*m_current).rect.center().toPoint());
    } else {
        const QString text = event->text();
        const bool typed = !text.isEmpty() && text.front().isPrint()
            && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
        if (typed && !(text == QStringLiteral(" ") && m_typed.isEmpty()))
            typeAhead(text);
        else
            QWidget::keyPressEvent(event);
    }
}

void ChartCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton || event->button() == Qt::RightButton)
        setCurrent(shapeAt(event->position()));
}

void ChartCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    const auto index = shapeAt(event->position());
    if (event->button() != Qt::LeftButton || !index)
        return;
    setCurrent(index);
    activateCurrent();
}

void ChartCanvas::mouseMoveEvent(QMouseEvent* event)
{
    setHovered(shapeAt(event->position()), event->position().toPoint());
}

void ChartCanvas::leaveEvent(QEvent* event)
{
    setHovered(std::nullopt, {});
    QWidget::leaveEvent(event);
}

void ChartCanvas::setHovered(std::optional<std::size_t> index, const QPoint& where)
{
    if (index != m_hovered) {
        m_hovered = index;
        update();
    }
    if (index)
        showCard(*index, where);
    else
        m_card->hide();
}

void ChartCanvas::showCard(std::size_t index, const QPoint& where)
{
    const ChartShape pointed = shape(index);
    if (!pointed.card.empty())
        m_card->showAt(where, pointed.name, pointed.card);
}

void ChartCanvas::contextMenuEvent(QContextMenuEvent* event)
{
    setHovered(std::nullopt, {});
    auto* menu = new QMenu{this};
    menu->setObjectName(QStringLiteral("chartMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto isHeard
        = [this](auto signal) { return isSignalConnected(QMetaMethod::fromSignal(signal)); };
    const QString key = m_current ? shape(*m_current).key : QString{};
    if (m_current) {
        if (isHeard(&ChartCanvas::activated))
            menu->addAction(tr("Open"), this, &ChartCanvas::activateCurrent);
        if (isHeard(&ChartCanvas::chargesRequested))
            menu->addAction(tr("Show charges"), this, [this, key] { emit chargesRequested(key); });
        if (isHeard(&ChartCanvas::sourceRequested))
            menu->addAction(
                tr("Where does this come from?"), this, [this, key] { emit sourceRequested(key); });
        menu->addSeparator();
    }
    if (isHeard(&ChartCanvas::tableRequested))
        menu->addAction(tr("Show as table"), this, &ChartCanvas::tableRequested);
    menu->addAction(tr("Copy picture"), this, &ChartCanvas::copyPicture);
    menu->addAction(tr("Copy data"), this, &ChartCanvas::copyData);
    if (isHeard(&ChartCanvas::saveRequested))
        menu->addAction(tr("Save picture\u2026"), this, &ChartCanvas::saveRequested);
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard && m_current;
    menu->popup(
        byKey ? mapToGlobal(shape(*m_current).rect.center().toPoint()) : event->globalPos());
}

void ChartCanvas::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    rebuild();
}

void ChartCanvas::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange
        || event->type() == QEvent::StyleChange)
        rebuild();
}

void ChartCanvas::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    m_card->hide();
}

void ChartCanvas::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (!m_current && shapeCount() > 0 && event->reason() != Qt::MouseFocusReason)
        setCurrent(0);
}

} // namespace sluice::ui
