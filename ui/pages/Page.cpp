// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/Page.h"

#include "ui/actions/PageTable.h"
#include "ui/kit/Fonts.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QShowEvent>
#include <QVBoxLayout>

namespace sluice::ui {

Page::Page(PageId id, const PageContext& context, const QString& title, QWidget* parent)
    : QWidget{parent}
    , m_id{id}
    , m_context{context}
    , m_heading{new QLabel{title, this}}
    , m_sentence{new QLabel{this}}
    , m_top{new QGridLayout}
    , m_middle{new QHBoxLayout}
    , m_end{new QHBoxLayout}
    , m_content{new QVBoxLayout}
    , m_infoBar{new InfoBar{this}}
{
    m_heading->setFont(sized(font(), TextSize::Page, QFont::DemiBold));
    m_heading->setObjectName(QStringLiteral("pageTitle"));
    m_middle->setSpacing(2);
    m_end->setSpacing(8);
    m_top->setHorizontalSpacing(18);
    m_top->setVerticalSpacing(8);
    m_top->addWidget(m_heading, 0, 0);
    m_top->addLayout(m_middle, 0, 1);
    m_top->addLayout(m_end, 0, 2);
    m_top->setColumnStretch(1, 1);
    m_sentence->setObjectName(QStringLiteral("viewSentence"));
    m_sentence->setProperty("role", QStringLiteral("muted"));
    m_sentence->setFont(sized(font(), TextSize::Meta));
    m_sentence->setWordWrap(true);
    m_sentence->setVisible(followsView(id));
    if (followsView(id))
        connect(&context.view, &ViewContext::changed, this, &Page::saySentence);
    m_content->setSpacing(12);
    auto* column = new QVBoxLayout{this};
    column->setContentsMargins(20, 14, 20, 12);
    column->setSpacing(12);
    column->addLayout(m_top);
    column->addWidget(m_sentence);
    column->addWidget(m_infoBar);
    column->addLayout(m_content, 1);
}

bool Page::event(QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        placeButtons();
    return QWidget::event(event);
}

void Page::placeButtons()
{
    const int wanted = m_heading->sizeHint().width() + m_middle->sizeHint().width()
        + m_end->sizeHint().width() + 2 * m_top->horizontalSpacing();
    const bool narrow = wanted > contentsRect().width() - layout()->contentsMargins().left()
            - layout()->contentsMargins().right();
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    m_top->removeItem(m_end);
    if (narrow)
        m_top->addLayout(m_end, 1, 0, 1, 3, Qt::AlignLeft);
    else
        m_top->addLayout(m_end, 0, 2);
}

void Page::invalidate()
{
    m_outdated = true;
    if (isVisible() && m_context.session.isOpen()) {
        m_outdated = false;
        ask();
    }
}

void Page::saySentence()
{
    m_sentence->setText(m_context.view.wholeSentence());
}

void Page::clear()
{
    m_sentence->clear();
    forget();
}

void Page::leaveEmpty()
{
    ViewContext& view = m_context.view;
    switch (view.whyEmpty()) {
    case WhyEmpty::Reading:
        break;
    case WhyEmpty::NothingImported:
        emit importWanted();
        break;
    case WhyEmpty::FilteredOut:
        view.showAll();
        break;
    case WhyEmpty::NothingDelivered:
    case WhyEmpty::NoneFound:
        if (!view.facts().months.empty())
            view.setPeriod(view.facts().months.back());
        break;
    }
}

void Page::showSource()
{
    if (const auto source = figure())
        emit figureSourceWanted(*source);
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
