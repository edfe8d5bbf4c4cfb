// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/Question.h"

#include <QPushButton>

namespace sluice::ui {

QMessageBox* askFirst(QWidget* parent, const Question& question, std::function<void()> goOn)
{
    auto* box = new QMessageBox{QMessageBox::NoIcon, QStringLiteral("Sluice"), question.text,
        QMessageBox::NoButton, parent};
    box->setObjectName(question.objectName);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(question.detail);
    QPushButton* go = box->addButton(question.goOn, QMessageBox::AcceptRole);
    go->setObjectName(QStringLiteral("questionGoOn"));
    QPushButton* stay = box->addButton(question.stay, QMessageBox::RejectRole);
    stay->setObjectName(QStringLiteral("questionStay"));
    box->setDefaultButton(question.harmless ? go : stay);
    box->setEscapeButton(stay);
    QObject::connect(go, &QPushButton::clicked, parent, std::move(goOn));
    box->open();
    return box;
}

} // namespace sluice::ui
