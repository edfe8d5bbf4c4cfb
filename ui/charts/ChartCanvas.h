// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/HoverCard.h"

#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <span>
#include <vector>

namespace sluice::ui {

// A shape of a chart that can be pointed at: with the pointer, with the keyboard, and by a screen
// reader.
struct ChartShape {
    QString key; // what it stands for; the cursor stays on it when the data change
    QString name; // for type-ahead and the card's title
    QString spoken; // the whole sentence of the screen reader
    QRectF rect;
    std::vector<CardLine> card;
};

// The base of every chart we paint ourselves: keyboard cursor, hover card, accessible children,
// copy as picture and as data, a way to the table twin. Subclasses lay out and paint; they set
// their shapes in rebuild(). GUI thread.
class ChartCanvas : public QWidget {
    Q_OBJECT

public:
    explicit ChartCanvas(QWidget* parent = nullptr);
    ~ChartCanvas() override;

    [[nodiscard]] std::span<const ChartShape> shapes() const { return m_shapes; }
    [[nodiscard]] std::optional<std::size_t> current() const { return m_current; }
    void setCurrent(std::optional<std::size_t> shape);
    // Moves to the shape with this key, if there is one.
    void setCurrentKey(const QString& key);
    // What the chart shows as tab-separated text with a header line.
    [[nodiscard]] virtual QString dataText() const = 0;
    [[nodiscard]] QPixmap picture();

public slots:
    void copyPicture();
    void copyData() const;

signals:
    void activated(const QString& key); // Enter or double click
    void currentChanged(const QString& key);
    void upRequested(); // Backspace
    void tableRequested();
    void sourceRequested(const QString& key); // "Where does this come from?"
    void chargesRequested(const QString& key);

protected:
    void setShapes(std::vector<ChartShape> shapes); // keeps the cursor by key
    [[nodiscard]] std::optional<std::size_t> hovered() const { return m_hovered; }
    // Called when size, font or data changed: lay out again and call setShapes().
    virtual void rebuild() = 0;

    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] std::optional<std::size_t> shapeAt(const QPointF& point) const;
    bool moveByKey(int key);
    void typeAhead(const QString& text);
    void setHovered(std::optional<std::size_t> shape, const QPoint& where);
    void activateCurrent();

    std::vector<ChartShape> m_shapes;
    std::optional<std::size_t> m_current;
    std::optional<std::size_t> m_hovered;
    HoverCard* m_card;
    QString m_typed;
    QTimer m_typedEnds;
};

} // namespace sluice::ui
