// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace sluice::ui {

// Titles that say by themselves how the model is sorted: "Cost ↓", and "Unit ↑ 2" for the second
// column of several.
class TableHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit TableHeader(QWidget* parent = nullptr);
    void setModel(QAbstractItemModel* model) override;
    [[nodiscard]] QString title(int column) const;

protected:
    void initStyleOptionForIndex(QStyleOptionHeader* option, int column) const override;
    [[nodiscard]] QSize sectionSizeFromContents(int column) const override;
};

} // namespace sluice::ui
