// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/HoverCard.h"

#include "ui/kit/Fonts.h"

#include <QGridLayout>
#include <QLabel>
#include <QVariant>

#include <algorithm>

namespace sluice::ui {

HoverCard::HoverCard(QWidget* chart)
    : QFrame{chart}
    , m_title{new QLabel{this}}
    , m_grid{new QGridLayout}
{
    setObjectName(QStringLiteral("hoverCard"));
    setProperty("role", QStringLiteral("card"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    m_title->setFont(sized(font(), TextSize::Body, QFont::DemiBold));
    auto* column = new QVBoxLayout{this};
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    column->addWidget(m_title);
    m_grid->setHorizontalSpacing(18);
    m_grid->setVerticalSpacing(3);
    column->addLayout(m_grid);
    hide();
}

void HoverCard::showAt(
    const QPoint& anchor, const QString& title, const std::vector<CardLine>& lines)
{
    m_title->setText(title);
    while (m_cells.size() < lines.size() * 2) {
        auto* cell = new QLabel{this};
        const auto at = static_cast<int>(m_cells.size());
        const bool value = at % 2 == 1;
        cell->setFont(sized(font(), TextSize::Meta));
        cell->setProperty("role", value ? QVariant{} : QVariant{QStringLiteral("muted")});
        m_grid->addWidget(cell, at / 2, at % 2, value ? Qt::AlignRight : Qt::AlignLeft);
        m_cells.push_back(cell);
    }
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const bool used = i / 2 < lines.size();
        m_cells[i]->setVisible(used);
        if (used)
            m_cells[i]->setText(i % 2 == 0 ? lines[i / 2].label : lines[i / 2].value);
    }
    adjustSize();
    const QSize area = parentWidget()->size();
    constexpr int Off = 16;
    const int x
        = anchor.x() + Off + width() > area.width() ? anchor.x() - Off - width() : anchor.x() + Off;
    const int y = anchor.y() + Off + height() > area.height() ? anchor.y() - Off - height()
                                                              : anchor.y() + Off;
    move(std::max(0, x), std::max(0, y));
    raise();
    show();
}

} // namespace sluice::ui
