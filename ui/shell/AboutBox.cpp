// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/AboutBox.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("AboutBox", text);
}

} // namespace

void showAboutBox(QWidget* parent)
{
    auto* box = new QMessageBox{QMessageBox::NoIcon, tr("About Sluice"),
        tr("Sluice %1 governs AI spend from one encrypted ledger.\n\nFree software under the GNU General Public License, version 3 or later.")
            .arg(QCoreApplication::applicationVersion()),
        QMessageBox::Ok, parent};
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace sluice::ui
