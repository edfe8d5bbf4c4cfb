// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/CentredColumn.h"

#include <QVBoxLayout>

namespace sluice::ui {

CentredColumn::CentredColumn(int width, QWidget* parent)
    : QWidget{parent}
{
    auto* inner = new QWidget{this};
    inner->setMaximumWidth(width);
    m_column = new QVBoxLayout{inner};
    m_column->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(inner, 20);
    row->addStretch(1);
    auto* outer = new QVBoxLayout{this};
    outer->setContentsMargins(32, 24, 32, 24);
    outer->addStretch(2);
    outer->addLayout(row);
    outer->addStretch(3);
}

} // namespace sluice::ui
