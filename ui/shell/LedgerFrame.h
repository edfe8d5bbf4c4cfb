// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/Freshness.h"
#include "ui/pages/ImportJob.h"
#include "ui/pages/Page.h"

#include <functional>

class QSplitter;
class QStackedWidget;

namespace sluice::ui {

class ChargesPage;
class ImportsPage;
class JobStrip;
struct PathQuestion;
class ProvenancePanel;
class Sidebar;
class SpendMapPage;
class TopBar;

// The window while a ledger is open: sidebar, pickers, the pages, the drawer with sources, the
// running job. Locking empties all of it.
class LedgerFrame : public QWidget {
    Q_OBJECT

public:
    LedgerFrame(const PageContext& context, ImportJob& imports, QWidget* parent = nullptr);

    void showLedger();
    void showPage(PageId page); // Map, Charges or Imports
    [[nodiscard]] PageId page() const;
    void clear();
    // Fills in what actions depend on.
    void describe(AppState& state) const;

signals:
    void stateChanged();
    void pageWanted(sluice::ui::PageId page);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildLayout();
    void connectActions();
    void connectPages();
    void connectImports();
    // Asks for paths that are meant for this ledger: locking ends the question.
    void choose(
        const PathQuestion& question, const std::function<void(const QStringList&)>& chosen);
    void chooseFiles();
    void chooseFolder();
    // For the import that was refused last.
    void chooseSource(const QString& proposed);
    void chooseMapping(const std::function<void(const QString&)>& chosen);
    void showFreshness(const std::optional<Freshness>& freshness); // nothing: not known yet
    void askFreshness();
    void showDrawer(bool shown);
    void shareRoom();
    [[nodiscard]] std::array<Page*, 3> pages() const;
    [[nodiscard]] Page& shownPage() const;

    PageContext m_context;
    ImportJob& m_imports;
    SpendMapPage* m_map;
    ChargesPage* m_charges;
    ImportsPage* m_importsPage;
    ProvenancePanel* m_drawer;
    Sidebar* m_sidebar;
    TopBar* m_topBar;
    JobStrip* m_jobs;
    QStackedWidget* m_stack;
    LatestTask<Freshness> m_freshness;
};

} // namespace sluice::ui
