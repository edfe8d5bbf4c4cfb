// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartShape.h"
#include "ui/charts/Neighbour.h"
#include "ui/kit/Theme.h"

#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <span>
#include <vector>

class QPainter;

namespace sluice::ui {

class HoverCard;

// The base of every chart we paint ourselves: keyboard cursor, a card that tells more beside the
// pointer or the cursor (Escape hides it), accessible children,
// copy as picture and as data, a way to the table twin, and painting on any device at any size.
// Subclasses lay out and paint; they set their shapes in rebuild(), or make them when asked where
// there are too many to keep. GUI thread.
class ChartCanvas : public QWidget {
    Q_OBJECT

public:
    explicit ChartCanvas(QWidget* parent = nullptr);
    ~ChartCanvas() override;

    [[nodiscard]] std::span<const ChartShape> shapes() const { return m_shapes; }
    [[nodiscard]] virtual std::size_t shapeCount() const { return m_shapes.size(); }
    [[nodiscard]] virtual ChartShape shape(std::size_t index) const { return m_shapes[index]; }
    // The topmost shape under a point of the widget.
    [[nodiscard]] virtual std::optional<std::size_t> shapeAt(const QPointF& point) const;
    [[nodiscard]] std::optional<std::size_t> current() const { return m_current; }
    void setCurrent(std::optional<std::size_t> index);
    // Moves to the shape with this key, if there is one.
    void setCurrentKey(const QString& key);
    // What the chart shows as tab-separated text with a header line.
    [[nodiscard]] virtual QString dataText() const = 0;
    [[nodiscard]] QPixmap picture() const;
    // The chart without cursor and hover, laid out anew for the size of `area`. `theme` and `font`
    // may be others than on the screen.
    void paintChart(
        QPainter& painter, const QRectF& area, const Theme& theme, const QFont& font) const;
    // The sentence in place of a chart without anything in it.
    void setPlaceholder(const QString& sentence);
    [[nodiscard]] QString placeholder() const { return m_placeholder; }
    // No movement: what changes is there at once. Starts as the system wants it.
    void setReducedMotion(bool reduced) { m_reducedMotion = reduced; }
    [[nodiscard]] bool reducedMotion() const;

public slots:
    void copyPicture() const;
    void copyData() const;

signals:
    void activated(const QString& key); // Enter or double click
    void currentChanged(const QString& key);
    void upRequested(); // Backspace
    void tableRequested();
    void sourceRequested(const QString& key); // "Where does this come from?"
    void chargesRequested(const QString& key);
    void saveRequested(); // "Save picture…"

protected:
    void setShapes(std::vector<ChartShape> shapes); // keeps the cursor by key
    // For charts that make their shapes when asked: these have changed; the cursor goes to what is
    // now `current`.
    void shapesChanged(std::optional<std::size_t> current);
    [[nodiscard]] std::optional<std::size_t> hovered() const { return m_hovered; }
    // Called when size, font or data changed: lay out again and call setShapes().
    virtual void rebuild() = 0;
    // Paints all of `size` from the origin, ground included, no cursor and no hover.
    virtual void paintOn(
        QPainter& painter, const QSizeF& size, const Theme& theme, const QFont& font) const = 0;
    // What comes over the picture on the screen only.
    virtual void paintHover(QPainter& painter, const Theme& theme, std::size_t index) const;
    virtual void paintCursor(QPainter& painter, const Theme& theme, std::size_t index) const;
    [[nodiscard]] virtual std::optional<std::size_t> indexOfKey(const QString& key) const;
    [[nodiscard]] virtual std::optional<std::size_t> nextFrom(
        std::size_t from, Direction direction) const;
    // Home and End.
    [[nodiscard]] virtual std::size_t edgeFrom(std::optional<std::size_t> from, bool last) const;
    [[nodiscard]] virtual std::optional<std::size_t> found(
        const QString& typed, std::size_t from) const;
    // The picture has changed though the shapes have not (colours, a step of an animation).
    void repaintPicture();

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    bool moveByKey(int key);
    void typeAhead(const QString& text);
    void setHovered(std::optional<std::size_t> index, const QPoint& where);
    void activateCurrent();
    void showCard(std::size_t index, const QPoint& where);

    std::vector<ChartShape> m_shapes;
    std::optional<std::size_t> m_current;
    std::optional<std::size_t> m_hovered;
    HoverCard* m_card;
    QPixmap m_picture; // what paintOn() made, so that a moving pointer costs nothing
    QString m_placeholder;
    std::optional<bool> m_reducedMotion;
    QString m_typed;
    QTimer m_typedEnds;
};

} // namespace sluice::ui
