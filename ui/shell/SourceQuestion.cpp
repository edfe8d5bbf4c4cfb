// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/SourceQuestion.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sluice::ui {

namespace {

constexpr int TextWidth = 420;

QString tr(const char* text)
{
    return QCoreApplication::translate("SourceQuestion", text);
}

QComboBox* makeField(const SourceQuestion& question, QWidget* parent)
{
    auto* field = new QComboBox{parent};
    field->setObjectName(QStringLiteral("sourceName"));
    field->setAccessibleName(tr("Source"));
    field->setEditable(true);
    field->setInsertPolicy(QComboBox::NoInsert);
    field->setCompleter(nullptr); // it would make a new name one that is known already
    field->addItems(question.known);
    field->setEditText(question.proposed);
    field->lineEdit()->selectAll();
    return field;
}

QDialogButtonBox* makeButtons(QDialog* dialog)
{
    auto* buttons = new QDialogButtonBox{dialog};
    QPushButton* go = buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
    go->setObjectName(QStringLiteral("questionGoOn"));
    go->setDefault(true);
    QPushButton* stay = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    stay->setObjectName(QStringLiteral("questionStay"));
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    return buttons;
}

} // namespace

QDialog* askForSource(
    QWidget* parent, const SourceQuestion& question, std::function<void(const QString&)> chosen)
{
    auto* dialog = new QDialog{parent};
    dialog->setObjectName(QStringLiteral("sourceQuestion"));
    dialog->setWindowTitle(QStringLiteral("Sluice"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto* text = new QLabel{
        tr("A source is where bills come from. Under each of them every day of an account counts "
           "once: two bills of the same days need two sources."),
        dialog};
    text->setWordWrap(true);
    text->setMinimumWidth(TextWidth);
    auto* label = new QLabel{tr("Import %1 under the &source:").arg(question.what), dialog};
    auto* field = makeField(question, dialog);
    label->setBuddy(field);
    auto* buttons = makeButtons(dialog);
    auto* go = buttons->findChild<QPushButton*>(QStringLiteral("questionGoOn"));
    go->setEnabled(!question.proposed.isEmpty());
    QObject::connect(field, &QComboBox::editTextChanged, go,
        [go](const QString& name) { go->setEnabled(!name.trimmed().isEmpty()); });
    QObject::connect(dialog, &QDialog::accepted, parent,
        [field, chosen = std::move(chosen)] { chosen(field->currentText().trimmed()); });
    auto* column = new QVBoxLayout{dialog};
    for (QWidget* widget : {static_cast<QWidget*>(text), static_cast<QWidget*>(label),
             static_cast<QWidget*>(field), static_cast<QWidget*>(buttons)})
        column->addWidget(widget);
    field->setFocus();
    dialog->open();
    return dialog;
}

} // namespace sluice::ui
