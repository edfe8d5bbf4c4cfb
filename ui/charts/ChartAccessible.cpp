// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartAccessible.h"

#include "ui/charts/ChartCanvas.h"

#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace sluice::ui {

namespace {

// One shape as a screen reader sees it. Holds the chart and a number, no copy: names are asked for
// when needed.
class ShapeAccessible final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    ShapeAccessible(ChartCanvas* chart, int index)
        : m_chart{chart}
        , m_index{static_cast<std::size_t>(index)}
    {
    }

    [[nodiscard]] bool isValid() const override
    {
        return m_chart && m_index < m_chart->shapeCount();
    }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_chart);
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text text) const override
    {
        return isValid() && text == QAccessible::Name ? m_chart->shape(m_index).spoken : QString{};
    }
    void setText(QAccessible::Text, const QString&) override { }
    [[nodiscard]] QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect rect = m_chart->shape(m_index).rect.toRect();
        return {m_chart->mapToGlobal(rect.topLeft()), rect.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        state.invalid = !isValid();
        state.focused = isValid() && m_chart->current() == m_index && m_chart->hasFocus();
        state.selected = isValid() && m_chart->current() == m_index;
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }

    [[nodiscard]] QStringList actionNames() const override
    {
        return {pressAction(), setFocusAction()};
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }
    void doAction(const QString& name) override
    {
        if (!isValid())
            return;
        m_chart->setCurrent(m_index);
        if (name == pressAction())
            emit m_chart->activated(m_chart->shape(m_index).key);
        else
            m_chart->setFocus();
    }

private:
    QPointer<ChartCanvas> m_chart;
    std::size_t m_index;
};

class CanvasAccessible final : public QAccessibleWidget {
public:
    explicit CanvasAccessible(ChartCanvas* chart)
        : QAccessibleWidget{chart, QAccessible::List}
        , m_chart{chart}
    {
    }
    ~CanvasAccessible() override
    {
        for (const auto& [index, id] : m_children)
            QAccessible::deleteAccessibleInterface(id);
    }
    CanvasAccessible(const CanvasAccessible&) = delete;
    CanvasAccessible& operator=(const CanvasAccessible&) = delete;

    [[nodiscard]] int childCount() const override
    {
        return m_chart ? static_cast<int>(m_chart->shapeCount()) : 0;
    }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        auto found = m_children.find(index);
        if (found == m_children.end())
            found = m_children
                        .emplace(index,
                            QAccessible::registerAccessibleInterface(
                                new ShapeAccessible{m_chart, index}))
                        .first;
        return QAccessible::accessibleInterface(found->second);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (const auto& [index, id] : m_children) {
            if (QAccessible::accessibleInterface(id) == child)
                return index;
        }
        return -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        const auto index = m_chart ? m_chart->shapeAt(QPointF{m_chart->mapFromGlobal(QPoint{x, y})})
                                   : std::nullopt;
        return index ? child(static_cast<int>(*index)) : nullptr;
    }
    [[nodiscard]] QString text(QAccessible::Text text) const override
    {
        if (text == QAccessible::Description && m_chart && m_chart->shapeCount() == 0)
            return m_chart->placeholder();
        return QAccessibleWidget::text(text);
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override
    {
        return m_chart && m_chart->current() ? child(static_cast<int>(*m_chart->current()))
                                             : nullptr;
    }

private:
    QPointer<ChartCanvas> m_chart;
    mutable std::map<int, QAccessible::Id> m_children;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* chart = qobject_cast<ChartCanvas*>(object);
    return chart ? new CanvasAccessible{chart} : nullptr;
}

} // namespace

void installChartAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    static_cast<void>(installed);
}

} // namespace sluice::ui
