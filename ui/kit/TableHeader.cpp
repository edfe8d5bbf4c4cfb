// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/TableHeader.h"

#include "ui/kit/TableModel.h"

#include <QStyleOptionHeader>

#include <algorithm>

namespace sluice::ui {

TableHeader::TableHeader(QWidget* parent)
    : QHeaderView{Qt::Horizontal, parent}
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setSectionsMovable(true);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void TableHeader::setModel(QAbstractItemModel* model)
{
    if (auto* before = qobject_cast<TableModel*>(this->model()))
        before->disconnect(this);
    QHeaderView::setModel(model);
    if (auto* now = qobject_cast<TableModel*>(model))
        connect(now, &TableModel::sortChanged, viewport(), qOverload<>(&QWidget::update));
}

QString TableHeader::title(int column) const
{
    const QString plain = model()->headerData(column, orientation()).toString();
    const auto* table = qobject_cast<const TableModel*>(model());
    const std::vector<SortBy> sorted = table ? table->sortedBy() : std::vector<SortBy>{};
    const auto found = std::ranges::find(sorted, column, &SortBy::column);
    if (found == sorted.end())
        return plain;
    const QString arrow
        = found->order == Qt::AscendingOrder ? QStringLiteral("\u2191") : QStringLiteral("\u2193");
    return sorted.size() == 1 ? tr("%1 %2").arg(plain, arrow)
                              : tr("%1 %2 %3").arg(plain, arrow).arg(found - sorted.begin() + 1);
}

void TableHeader::initStyleOptionForIndex(QStyleOptionHeader* option, int column) const
{
    QHeaderView::initStyleOptionForIndex(option, column);
    option->text = title(column);
}

QSize TableHeader::sectionSizeFromContents(int column) const
{
    const QSize size = QHeaderView::sectionSizeFromContents(column);
    const int more = fontMetrics().horizontalAdvance(title(column))
        - fontMetrics().horizontalAdvance(model()->headerData(column, orientation()).toString());
    return {size.width() + more, size.height()};
}

} // namespace sluice::ui
