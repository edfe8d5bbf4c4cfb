// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/SpendTreeModel.h"

#include "ui/kit/Roles.h"
#include "ui/kit/Theme.h"

#include <array>
#include <utility>

namespace sluice::ui {

SpendTreeModel::SpendTreeModel(MoneyText money, QObject* parent)
    : QAbstractItemModel{parent}
    , m_money{std::move(money)}
    , m_view{std::make_shared<const MapView>()}
{
}

void SpendTreeModel::show(std::shared_ptr<const MapView> view, const QString& nameTitle)
{
    beginResetModel();
    m_view = std::move(view);
    m_nameTitle = nameTitle;
    endResetModel();
}

const MapNode* SpendTreeModel::node(const QModelIndex& index) const
{
    if (!index.isValid())
        return nullptr;
    const auto row = static_cast<std::size_t>(index.row());
    if (index.internalId() == 0)
        return &m_view->groups[row];
    return &m_view->groups[static_cast<std::size_t>(index.internalId()) - 1].children[row];
}

QModelIndex SpendTreeModel::indexOfKey(const QString& key) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex group = index(row, 0);
        if (node(group)->key == key)
            return group;
        for (int child = 0; child < rowCount(group); ++child) {
            if (node(index(child, 0, group))->key == key)
                return index(child, 0, group);
        }
    }
    return {};
}

QModelIndex SpendTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex SpendTreeModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr{0});
}

int SpendTreeModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_view->groups.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_view->groups[static_cast<std::size_t>(parent.row())].children.size());
}

int SpendTreeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QString SpendTreeModel::display(const MapNode& node, int column) const
{
    switch (column) {
    case NameColumn:
        return node.name;
    case AmountColumn:
        return m_money.plain(node.amount, m_view->currency);
    case ShareColumn:
        return m_money.percent(node.amount, m_view->total);
    case ChangeColumn:
        return node.before ? m_money.change(node.amount, *node.before) : QString{};
    case ChargesColumn:
        return m_money.count(node.charges);
    default:
        return {};
    }
}

TableCell SpendTreeModel::value(const MapNode& node, int column) const
{
    switch (column) {
    case AmountColumn:
        return TableCell::ofMoney(node.amount, m_view->currency);
    case ShareColumn:
        return TableCell::ofPercent(node.amount, m_view->total);
    case ChangeColumn:
        return node.before && *node.before > 0
            ? TableCell::ofPercent(node.amount - *node.before, *node.before)
            : TableCell::nothing(CellKind::Percent);
    case ChargesColumn:
        return TableCell::ofCount(node.charges);
    default:
        return TableCell::ofText(node.name.toStdString());
    }
}

QVariant SpendTreeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const MapNode& shown = *node(index);
    switch (role) {
    case Qt::DisplayRole:
        return display(shown, index.column());
    case Qt::ToolTipRole:
        return index.column() == AmountColumn ? m_money.exact(shown.amount, m_view->currency)
                                              : display(shown, index.column());
    case KeyRole:
        return shown.key;
    case SortKeyRole:
        return QVariant::fromValue(value(shown, index.column()));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment{index.column() == NameColumn ? Qt::AlignLeft : Qt::AlignRight}
            | Qt::AlignVCenter);
    case TokenRole:
        return shown.unattributed && index.column() == NameColumn
            ? QVariant{static_cast<int>(Token::Warning)}
            : QVariant{};
    default:
        return {};
    }
}

QVariant SpendTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment{section == NameColumn ? Qt::AlignLeft : Qt::AlignRight}
            | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == ChangeColumn)
        return tr("Against the period before");
    static constexpr std::array<std::pair<const char*, CellKind>, ColumnCount> Columns{
        {{"name", CellKind::Text}, {"amount", CellKind::Money}, {"share", CellKind::Percent},
            {"change", CellKind::Percent}, {"charges", CellKind::Count}}};
    const auto at = static_cast<std::size_t>(section);
    if (role == ColumnIdRole && at < Columns.size())
        return QString::fromLatin1(Columns[at].first);
    if (role == ColumnKindRole && at < Columns.size())
        return static_cast<int>(Columns[at].second);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return m_nameTitle;
    case AmountColumn:
        return m_view->currency.isSet()
            ? tr("Spend, %1").arg(QString::fromLatin1(m_view->currency.code()))
            : tr("Spend");
    case ShareColumn:
        return tr("Share");
    case ChangeColumn:
        return tr("Change");
    case ChargesColumn:
        return tr("Charges");
    default:
        return {};
    }
}

} // namespace sluice::ui
