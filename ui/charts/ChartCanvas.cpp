// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartCanvas.h"

#include "ui/charts/ChartAccessible.h"
#include "ui/charts/Neighbour.h"

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QStyleHints>

#include <algorithm>

namespace sluice::ui {

ChartCanvas::ChartCanvas(QWidget* parent)
    : QWidget{parent}
    , m_card{new HoverCard{this}}
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
    m_hovered.reset();
    m_card->hide();
    const auto found = std::ranges::find(m_shapes, key, &ChartShape::key);
    m_current = found == m_shapes.end() || key.isNull()
        ? std::nullopt
        : std::optional{static_cast<std::size_t>(found - m_shapes.begin())};
    if (QAccessible::isActive()) {
        QAccessibleEvent event{this, QAccessible::ObjectReorder};
        QAccessible::updateAccessibility(&event);
    }
    update();
}

void ChartCanvas::setCurrent(std::optional<std::size_t> shape)
{
    if (shape == m_current || (shape && *shape >= m_shapes.size()))
        return;
    m_current = shape;
    update();
    if (!m_current)
        return;
    emit currentChanged(m_shapes[*m_current].key);
    if (QAccessible::isActive()) {
        QAccessibleEvent event{this, QAccessible::Focus};
        event.setChild(static_cast<int>(*m_current));
        QAccessible::updateAccessibility(&event);
    }
}

void ChartCanvas::setCurrentKey(const QString& key)
{
    const auto found = std::ranges::find(m_shapes, key, &ChartShape::key);
    if (found != m_shapes.end())
        setCurrent(static_cast<std::size_t>(found - m_shapes.begin()));
}

QPixmap ChartCanvas::picture()
{
    m_card->hide();
    return grab();
}

void ChartCanvas::copyPicture()
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
    if (m_shapes.empty())
        return false;
    if (key == Qt::Key_Home || key == Qt::Key_End) {
        setCurrent(key == Qt::Key_Home ? 0 : m_shapes.size() - 1);
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
    if (!m_current) {
        setCurrent(0);
        return true;
    }
    std::vector<QRectF> rects;
    std::ranges::transform(m_shapes, std::back_inserter(rects), &ChartShape::rect);
    if (const auto next = neighbour(rects, *m_current, direction))
        setCurrent(next);
    return true;
}

void ChartCanvas::typeAhead(const QString& text)
{
    m_typed += text;
    m_typedEnds.start();
    const std::size_t count = m_shapes.size();
    const std::size_t from = m_current ? *m_current + (m_typed.size() == 1 ? 1 : 0) : 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = (from + i) % count;
        if (m_shapes[at].name.startsWith(m_typed, Qt::CaseInsensitive)) {
            setCurrent(at);
            return;
        }
    }
}

void ChartCanvas::activateCurrent()
{
    m_typed.clear(); // what is typed next looks for something else
    if (m_current) {
        const QString key = m_shapes[*m_current].key;
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
    } else if (!moveByKey(event->key())) {
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
    const auto shape = shapeAt(event->position());
    if (event->button() != Qt::LeftButton || !shape)
        return;
    setCurrent(shape);
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

void ChartCanvas::setHovered(std::optional<std::size_t> shape, const QPoint& where)
{
    if (shape != m_hovered) {
        m_hovered = shape;
        update();
    }
    if (!shape)
        m_card->hide();
    else if (!m_shapes[*shape].card.empty())
        m_card->showAt(where, m_shapes[*shape].name, m_shapes[*shape].card);
}

void ChartCanvas::contextMenuEvent(QContextMenuEvent* event)
{
    setHovered(std::nullopt, {});
    auto* menu = new QMenu{this};
    menu->setObjectName(QStringLiteral("chartMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString key = m_current ? m_shapes[*m_current].key : QString{};
    if (m_current) {
        menu->addAction(tr("Open"), this, &ChartCanvas::activateCurrent);
        menu->addAction(tr("Show charges"), this, [this, key] { emit chargesRequested(key); });
        menu->addAction(
            tr("Where does this come from?"), this, [this, key] { emit sourceRequested(key); });
        menu->addSeparator();
    }
    menu->addAction(tr("Show as table"), this, &ChartCanvas::tableRequested);
    menu->addAction(tr("Copy picture"), this, &ChartCanvas::copyPicture);
    menu->addAction(tr("Copy data"), this, &ChartCanvas::copyData);
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard && m_current;
    menu->popup(
        byKey ? mapToGlobal(m_shapes[*m_current].rect.center().toPoint()) : event->globalPos());
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

void ChartCanvas::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (!m_current && !m_shapes.empty() && event->reason() != Qt::MouseFocusReason)
        setCurrent(0);
}

} // namespace sluice::ui
