// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/kit/Theme.h"

#include <QStyledItemDelegate>

namespace sluice::ui {

// Paints a cell in the look that the model's LookRole names. All looks share one background, so
// that the hairline under the row never has gaps, and keep the colour of their TokenRole on the
// selected row (a style sheet would override it there), made readable where it is not. Text is
// elided; a number that has no room is "…", never a part of itself.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(
        const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

// `color`, moved towards the theme's text until it reads on `background` (contrast ≥ 4.5).
[[nodiscard]] QColor readableOn(const QColor& color, const QColor& background, const Theme& theme);

} // namespace sluice::ui
