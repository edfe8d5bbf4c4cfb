// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/Page.h"

#include "ui/kit/Fonts.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QShowEvent>

namespace sluice::ui {

Page::Page(const PageContext& context, const QString& title, QWidget* parent)
    : QWidget{parent}
    , m_context{context}
    , m_middle{new QHBoxLayout}
    , m_end{new QHBoxLayout}
    , m_content{new QVBoxLayout}
    , m_infoBar{new InfoBar{this}}
{
    auto* heading = new QLabel{title, this};
    heading->setFont(sized(font(), TextSize::Page, QFont::DemiBold));
    heading->setObjectName(QStringLiteral("pageTitle"));
    m_middle->setSpacing(2);
    m_end->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->setSpacing(18);
    row->addWidget(heading);
    row->addLayout(m_middle, 1);
    row->addLayout(m_end);
    m_content->setSpacing(12);
    auto* column = new QVBoxLayout{this};
    column->setContentsMargins(20, 14, 20, 12);
    column->setSpacing(12);
    column->addLayout(row);
    column->addWidget(m_infoBar);
    column->addLayout(m_content, 1);
}

void Page::invalidate()
{
    m_outdated = true;
    if (isVisible() && m_context.session.isOpen()) {
        m_outdated = false;
        ask();
    }
}

void Page::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_outdated && m_context.session.isOpen()) {
        m_outdated = false;
        ask();
    }
    emit stateChanged();
}

} // namespace sluice::ui
