// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>

#include <functional>

namespace sluice::ui {

struct Question {
    QString objectName; // of the box
    QString text;
    QString detail;
    QString goOn; // the button that goes on
    QString stay{QMessageBox::tr("Cancel")}; // the one that Escape presses
    bool harmless{false}; // Return goes on; else it stays
};

// Asks before something is done. Returns at once; `goOn` is called when that button was pressed,
// with the box closed already. The box deletes itself.
QMessageBox* askFirst(QWidget* parent, const Question& question, std::function<void()> goOn);

} // namespace sluice::ui
