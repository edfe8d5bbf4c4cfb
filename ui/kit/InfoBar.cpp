// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/InfoBar.h"

#include "ui/kit/Fonts.h"
#include "ui/kit/IconLabel.h"
#include "ui/kit/Icons.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVariant>

namespace sluice::ui {

namespace {

struct LevelLook {
    const char* property;
    const char* icon;
    Token token;
};

LevelLook lookOf(InfoLevel level)
{
    switch (level) {
    case InfoLevel::Info:
        return {"info", "info", Token::Accent};
    case InfoLevel::Ok:
        return {"ok", "check", Token::Ok};
    case InfoLevel::Warning:
        return {"warning", "warning", Token::Warning};
    case InfoLevel::Critical:
        return {"critical", "error", Token::Critical};
    }
    return {"info", "info", Token::Accent};
}

} // namespace

InfoBar::InfoBar(QWidget* parent)
    : QFrame{parent}
    , m_icon{new IconLabel{icon("info", Token::Accent), 20, this}}
    , m_text{new QLabel{this}}
    , m_detail{new QLabel{this}}
    , m_action{makeButton(QStringLiteral("infoBarAction"))}
    , m_secondAction{makeButton(QStringLiteral("infoBarSecondAction"))}
{
    setObjectName(QStringLiteral("infoBar"));
    setProperty("role", QStringLiteral("info"));
    m_text->setWordWrap(true);
    m_text->setFont(sized(font(), TextSize::Body, QFont::DemiBold));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_detail->setWordWrap(true);
    m_detail->setProperty("role", QStringLiteral("muted"));
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    connect(m_action, &QPushButton::clicked, this, &InfoBar::actionTriggered);
    connect(m_secondAction, &QPushButton::clicked, this, &InfoBar::secondActionTriggered);
    auto* close = new QToolButton{this};
    close->setIcon(icon("close"));
    close->setAutoRaise(true);
    close->setObjectName(QStringLiteral("infoBarClose"));
    close->setAccessibleName(tr("Dismiss message"));
    connect(close, &QToolButton::clicked, this, &InfoBar::clear);

    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_text);
    texts->addWidget(m_detail);
    auto* actions = new QVBoxLayout; // one above the other: the texts need the width
    actions->setSpacing(2);
    actions->addStretch(1);
    actions->addWidget(m_action);
    actions->addWidget(m_secondAction);
    actions->addStretch(1);
    auto* row = new QHBoxLayout{this};
    row->setContentsMargins(12, 8, 8, 8);
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addLayout(actions);
    row->addWidget(close, 0, Qt::AlignTop);
    clear();
}

void InfoBar::showMessage(InfoLevel level, const QString& text, const QString& detail)
{
    const LevelLook look = lookOf(level);
    setProperty("level", QString::fromLatin1(look.property));
    style()->unpolish(this);
    style()->polish(this);
    m_icon->setIcon(icon(look.icon, look.token));
    m_text->setText(text);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setActions({});
    show();
    setAccessibleName(text);
    QAccessibleEvent event{this, QAccessible::Alert};
    QAccessible::updateAccessibility(&event);
}

void InfoBar::showError(const Error& error)
{
    const ErrorText text = ErrorText::of(error);
    showMessage(error.code == ErrorCode::Cancelled ? InfoLevel::Info : InfoLevel::Critical,
        text.headline, text.detail);
}

void InfoBar::clear()
{
    m_text->clear();
    m_detail->clear();
    setActions({});
    hide();
}

QPushButton* InfoBar::makeButton(const QString& objectName)
{
    auto* button = new QPushButton{this};
    button->setObjectName(objectName);
    button->setProperty("role", QStringLiteral("link"));
    return button;
}

void InfoBar::setActions(const QString& first, const QString& second)
{
    for (const auto& [button, text] :
        {std::pair{m_action, first}, std::pair{m_secondAction, second}}) {
        button->setText(text);
        button->setAccessibleName(text);
        button->setVisible(!text.isEmpty());
    }
}

QString InfoBar::text() const
{
    return m_text->text();
}

QString InfoBar::detail() const
{
    return m_detail->text();
}

} // namespace sluice::ui
