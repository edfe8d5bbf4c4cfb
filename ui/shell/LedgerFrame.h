// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/Freshness.h"
#include "ui/models/PaletteIndex.h"
#include "ui/pages/ImportJob.h"
#include "ui/pages/Page.h"
#include "ui/pages/ViewHistory.h"

#include <QTimer>

class QSplitter;
class QStackedWidget;

namespace sluice::ui {

class HelpPage;
class ImportFlow;
class ImportsPage;
class JobTray;
class ProvenancePanel;
class SettingStore;
class SettingsPage;
class ShortcutBook;
class Sidebar;
class Snackbar;
class TopBar;

// The window while a ledger is open: sidebar, pickers, the pages, the drawer with sources, the
// running job. Locking empties all of it.
class LedgerFrame : public QWidget {
    Q_OBJECT

public:
    LedgerFrame(const PageContext& context, ImportJob& imports, SettingStore& settings,
        ShortcutBook& shortcuts, QWidget* parent = nullptr);

    void showLedger();
    void showPage(PageId page); // one of PageTable.h
    [[nodiscard]] PageId page() const;
    // What the palette found: an import, a setting, a topic, or something to filter the map by.
    void goToEntry(const PaletteEntry& entry);
    void showHelpOf(PageId page); // what the help page is to show
    void writeAnew(); // everything: numbers and dates are written in another way now
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
    QWidget* makeWayBack();
    void setHasLedger(bool has);
    void connectActions();
    void connectPage(Page& page);
    void rememberPlace();
    void goToPlace(ViewPlace place);
    void showFreshness(const std::optional<Freshness>& freshness); // nothing: not known yet
    void askFreshness();
    void showDrawer(bool shown);
    void shareRoom();
    [[nodiscard]] Page& shownPage() const;

    PageContext m_context;
    ImportJob& m_imports;
    std::vector<Page*> m_pages; // as they lie in the stack
    ImportsPage* m_imported{nullptr};
    SettingsPage* m_settingsPage{nullptr};
    ImportFlow* m_flow{nullptr};
    ProvenancePanel* m_drawer;
    Sidebar* m_sidebar;
    TopBar* m_topBar;
    JobTray* m_jobs;
    Snackbar* m_snackbar{nullptr};
    QStackedWidget* m_stack;
    HelpPage* m_help;
    QWidget* m_wayBack; // in the place of the top bar, while there is no ledger
    LatestTask<Freshness> m_freshness;
    ViewHistory m_history;
    QTimer m_remember;
};

} // namespace sluice::ui
