// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tasks/LatestTask.h"
#include "ui/actions/ActionRegistry.h"
#include "ui/models/PaletteIndex.h"
#include "ui/pages/Session.h"
#include "ui/pages/help/HelpLibrary.h"

#include <QFrame>
#include <QPointer>

#include <memory>

class QLineEdit;
class QListView;

namespace sluice::ui {

class PaletteList;

// One box for everything: type a few letters, Return does it or goes there. Lies over the window
// while it is open. Searches on a worker; GUI thread.
class CommandPalette : public QFrame {
    Q_OBJECT

public:
    CommandPalette(Session& session, const ActionRegistry& actions, QWidget* parent);
    ~CommandPalette() override;

    void open();
    void close(); // gives the focus back
    void clear(); // of what came from the ledger
    [[nodiscard]] bool isOpen() const { return isVisible(); }

signals:
    void chosen(const sluice::ui::PaletteEntry& entry);
    void answered(); // a list for what is typed is there

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Entries = std::vector<PaletteEntry>;
    void place();
    void learn();
    void ask(const QString& query);
    void showProposals();
    void take(int row);
    [[nodiscard]] Entries ownEntries() const;

    Session& m_session;
    const ActionRegistry& m_actions;
    HelpLibrary m_help;
    QLineEdit* m_edit;
    QListView* m_view;
    PaletteList* m_list;
    std::shared_ptr<const PaletteIndex> m_ledger; // of m_revision
    // actions that are possible now, settings, help topics
    std::shared_ptr<const PaletteIndex> m_own;
    std::uint64_t m_revision{0};
    Entries m_recent; // newest first
    QPointer<QWidget> m_focusBefore;
    LatestTask<std::shared_ptr<const PaletteIndex>> m_learn;
    LatestTask<Entries> m_find;
};

} // namespace sluice::ui
