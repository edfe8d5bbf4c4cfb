// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/EmptyState.h"

#include "ui/kit/Fonts.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVariant>

namespace sluice::ui {

EmptyState::EmptyState(QWidget* parent)
    : QWidget{parent}
    , m_sentence{new QLabel{this}}
    , m_why{new QLabel{this}}
    , m_primary{new QPushButton{this}}
    , m_secondary{new QPushButton{this}}
{
    setObjectName(QStringLiteral("emptyState"));
    m_sentence->setFont(sized(font(), TextSize::Section, QFont::DemiBold));
    m_why->setProperty("role", QStringLiteral("muted"));
    for (QLabel* label : {m_sentence, m_why}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignHCenter);
    }
    m_primary->setObjectName(QStringLiteral("emptyPrimary"));
    m_primary->setProperty("role", QStringLiteral("primary"));
    m_secondary->setObjectName(QStringLiteral("emptySecondary"));
    m_secondary->setProperty("role", QStringLiteral("link"));
    setFocusProxy(m_primary);
    connect(m_primary, &QPushButton::clicked, this, &EmptyState::primaryTriggered);
    connect(m_secondary, &QPushButton::clicked, this, &EmptyState::secondaryTriggered);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    buttons->addStretch();
    buttons->addWidget(m_primary);
    buttons->addWidget(m_secondary);
    buttons->addStretch();
    // A box holds the width: an aligned label would be given the height of its whole width, and
    // then be cut where it wraps.
    auto* box = new QWidget{this};
    box->setMaximumWidth(560);
    auto* row = new QHBoxLayout{this};
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    row->addWidget(box, 100);
    row->addStretch(1);
    auto* column = new QVBoxLayout{box};
    column->setSpacing(8);
    column->addStretch(2);
    column->addWidget(m_sentence);
    column->addWidget(m_why);
    column->addSpacing(12);
    column->addLayout(buttons);
    column->addStretch(3);
}

void EmptyState::setText(const Text& text)
{
    m_sentence->setText(text.sentence);
    m_why->setText(text.why);
    m_primary->setText(text.primary);
    m_primary->setAccessibleName(text.primary);
    m_primary->setVisible(!text.primary.isEmpty());
    m_secondary->setText(text.secondary);
    m_secondary->setAccessibleName(text.secondary);
    m_secondary->setVisible(!text.secondary.isEmpty());
}

} // namespace sluice::ui
