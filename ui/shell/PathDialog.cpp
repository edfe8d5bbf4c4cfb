// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/PathDialog.h"

namespace sluice::ui {

QFileDialog* askForPaths(
    QWidget* parent, const PathQuestion& question, std::function<void(const QStringList&)> chosen)
{
    auto* dialog = new QFileDialog{parent, question.title, {}, question.filter};
    dialog->setObjectName(question.objectName);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(question.mode);
    dialog->setAcceptMode(
        question.mode == QFileDialog::AnyFile ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    QObject::connect(dialog, &QFileDialog::filesSelected, parent, std::move(chosen));
    dialog->open();
    return dialog;
}

} // namespace sluice::ui
