// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

#include <functional>

namespace sluice::ui {

struct SourceQuestion {
    QString what; // is to come in: a file, say
    QString proposed; // may be empty
    QStringList known; // to choose from
};

// Asks under which source to import. Returns at once; `chosen` is called with a name, or not at
// all. The dialog deletes itself once it is closed.
QDialog* askForSource(
    QWidget* parent, const SourceQuestion& question, std::function<void(const QString&)> chosen);

} // namespace sluice::ui
