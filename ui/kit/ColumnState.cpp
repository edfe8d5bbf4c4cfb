// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/ColumnState.h"

#include "ui/kit/DataTable.h"

#include <QHeaderView>

#include <algorithm>

namespace sluice::ui {

namespace {

const QString Columns = QStringLiteral("columns");
const QString Sort = QStringLiteral("sort");
const QString Id = QStringLiteral("id");
const QString Width = QStringLiteral("width");
const QString Hidden = QStringLiteral("hidden");
const QString Descending = QStringLiteral("descending");

int columnOf(const QAbstractItemModel& model, const QString& id)
{
    for (int column = 0; column < model.columnCount(); ++column) {
        if (columnId(model, column) == id)
            return column;
    }
    return -1;
}

// All columns of the model in the order that the saved ones ask for.
std::vector<int> orderOf(const QAbstractItemModel& model, const QVariantList& saved)
{
    std::vector<int> order;
    for (const QVariant& entry : saved) {
        const int column = columnOf(model, entry.toMap().value(Id).toString());
        if (column >= 0 && std::ranges::find(order, column) == order.end())
            order.push_back(column);
    }
    for (int column = 0; column < model.columnCount(); ++column) {
        if (std::ranges::find(order, column) != order.end())
            continue;
        const auto before = std::ranges::find(order, column - 1);
        order.insert(before == order.end() ? order.begin() : before + 1, column);
    }
    return order;
}

} // namespace

QString columnId(const QAbstractItemModel& model, int column)
{
    const QString id = model.headerData(column, Qt::Horizontal, ColumnIdRole).toString();
    return id.isEmpty() ? model.headerData(column, Qt::Horizontal).toString() : id;
}

QVariant columnState(const DataTable& table)
{
    if (!table.model())
        return {};
    QVariantList columns;
    const QHeaderView& header = *table.horizontalHeader();
    for (int place = 0; place < header.count(); ++place) {
        const int column = header.logicalIndex(place);
        QVariantMap entry{{Id, columnId(*table.model(), column)}};
        if (header.isSectionHidden(column))
            entry[Hidden] = true;
        else
            entry[Width] = header.sectionSize(column);
        columns << entry;
    }
    QVariantList sort;
    if (const auto* model = qobject_cast<const TableModel*>(table.model())) {
        for (const SortBy& by : model->sortedBy())
            sort << QVariantMap{
                {Id, columnId(*model, by.column)}, {Descending, by.order == Qt::DescendingOrder}};
    }
    return QVariantMap{{Columns, columns}, {Sort, sort}};
}

void applyColumnState(DataTable& table, const QVariant& state)
{
    const QVariantList columns = state.toMap().value(Columns).toList();
    if (!table.model() || columns.isEmpty())
        return;
    const QAbstractItemModel& model = *table.model();
    QHeaderView& header = *table.horizontalHeader();
    const std::vector<int> order = orderOf(model, columns);
    for (std::size_t place = 0; place < order.size(); ++place)
        header.moveSection(header.visualIndex(order[place]), static_cast<int>(place));
    std::vector<int> shown = order;
    for (const QVariant& entry : columns) {
        const QVariantMap values = entry.toMap();
        const int column = columnOf(model, values.value(Id).toString());
        if (column < 0)
            continue;
        if (values.value(Hidden).toBool() && shown.size() > 1) {
            std::erase(shown, column);
            table.setColumnHidden(column, true);
            continue;
        }
        table.setColumnHidden(column, false);
        const int width = values.value(Width).toInt();
        if (width >= header.minimumSectionSize())
            table.setColumnWidth(column, width);
    }
    std::vector<SortBy> sort;
    for (const QVariant& entry : state.toMap().value(Sort).toList()) {
        const int column = columnOf(model, entry.toMap().value(Id).toString());
        if (column >= 0)
            sort.push_back({column,
                entry.toMap().value(Descending).toBool() ? Qt::DescendingOrder
                                                         : Qt::AscendingOrder});
    }
    if (auto* sortable = qobject_cast<TableModel*>(table.model());
        sortable && sortable->isSortable())
        sortable->setSort(sort);
}

} // namespace sluice::ui
