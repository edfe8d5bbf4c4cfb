// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFileDialog>

#include <functional>

namespace sluice::ui {

struct PathQuestion {
    QString objectName; // of the dialog
    QString title;
    QString filter;
    QFileDialog::FileMode mode{QFileDialog::ExistingFile}; // AnyFile: a place to save to
};

// Asks with the system's file dialog. Returns at once; `chosen` is called with at least one path,
// or not at all. The dialog deletes itself once it is closed. (The static functions of QFileDialog
// run a nested event loop.)
QFileDialog* askForPaths(
    QWidget* parent, const PathQuestion& question, std::function<void(const QStringList&)> chosen);

} // namespace sluice::ui
