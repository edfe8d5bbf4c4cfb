// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/TableSheet.h"
#include "ui/kit/MoneyText.h"
#include "ui/models/MapNode.h"

#include <QAbstractItemModel>

#include <memory>

namespace sluice::ui {

// The table twin of the map: the same view as a tree of groups and leaves, credits in their places,
// so that the rows of each level add up. Read-only, immutable between show() calls; GUI thread.
class SpendTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum ColumnNumber {
        NameColumn,
        AmountColumn,
        ShareColumn,
        ChangeColumn,
        ChargesColumn,
        ColumnCount
    };

    explicit SpendTreeModel(MoneyText money, QObject* parent = nullptr);

    void show(std::shared_ptr<const MapView> view, const QString& nameTitle);
    [[nodiscard]] const MapNode* node(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOfKey(const QString& key) const;

    [[nodiscard]] QModelIndex index(
        int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    // The internal id of a group's row is 0; of a leaf's row its group's number + 1.
    [[nodiscard]] QString display(const MapNode& node, int column) const;

    [[nodiscard]] TableCell value(const MapNode& node, int column) const;

    MoneyText m_money;
    std::shared_ptr<const MapView> m_view;
    QString m_nameTitle;
};

} // namespace sluice::ui
