// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/ImportJob.h"
#include "ui/pages/Page.h"

#include <functional>

namespace sluice::ui {

class ImportsPage;
class JobTray;
struct PathQuestion;

// From the wish to import something to its result on the imports page: asks for files, mappings and
// sources, shows the job, and says what came of it. GUI thread.
class ImportFlow : public QObject {
    Q_OBJECT

public:
    // `window` is what its questions stand over. All outlive it.
    ImportFlow(const PageContext& context, ImportJob& imports, ImportsPage& page, JobTray& tray,
        QWidget* window);

    void chooseFiles();
    void chooseFolder();

signals:
    void stateChanged(); // what actions are possible may have changed
    void resultShown(); // on the imports page

private:
    static constexpr int TrayJob = 0; // its number in the tray

    void connectPage();
    void connectJob();
    // Asks for paths that are meant for this ledger: locking ends the question.
    void choose(
        const PathQuestion& question, const std::function<void(const QStringList&)>& chosen);
    // For the import that was refused last.
    void chooseSource(const QString& proposed);
    void chooseMapping(const std::function<void(const QString&)>& chosen);

    PageContext m_context;
    ImportJob& m_imports;
    ImportsPage& m_page;
    JobTray& m_tray;
    QWidget* m_window;
};

} // namespace sluice::ui
