// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/Breadcrumb.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVariant>

namespace sluice::ui {

Breadcrumb::Breadcrumb(QWidget* parent)
    : QWidget{parent}
    , m_row{new QHBoxLayout{this}}
{
    setObjectName(QStringLiteral("breadcrumb"));
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(0);
}

void Breadcrumb::setSteps(const QStringList& steps)
{
    while (QLayoutItem* item = m_row->takeAt(0)) {
        if (QWidget* old = item->widget()) { // later: it may be the one that was just clicked
            old->hide();
            old->setObjectName({});
            old->deleteLater();
        }
        delete item;
    }
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const bool last = i + 1 == steps.size();
        if (i > 0) {
            auto* between = new QLabel{QStringLiteral("\u203A"), this};
            between->setProperty("role", QStringLiteral("muted"));
            m_row->addWidget(between);
        }
        if (last) {
            auto* here = new QLabel{steps[i], this};
            here->setProperty("role", QStringLiteral("muted"));
            here->setContentsMargins(6, 0, 6, 0);
            m_row->addWidget(here);
            continue;
        }
        auto* button = new QPushButton{steps[i], this};
        button->setProperty("role", QStringLiteral("link"));
        button->setAccessibleName(tr("Back to %1").arg(steps[i]));
        button->setObjectName(QStringLiteral("breadcrumb%1").arg(i));
        connect(button, &QPushButton::clicked, this,
            [this, i] { emit stepChosen(static_cast<int>(i)); });
        m_row->addWidget(button);
    }
    m_row->addStretch(1);
}

} // namespace sluice::ui
