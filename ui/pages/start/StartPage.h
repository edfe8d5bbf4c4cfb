// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"
#include "ui/actions/ActionRegistry.h"
#include "ui/kit/CentredColumn.h"
#include "ui/kit/InfoBar.h"
#include "ui/pages/RecentLedgers.h"

class QFrame;
class QGridLayout;
class QVBoxLayout;

namespace sluice::ui {

// The first thing one sees: look at a sample, drop a bill, open or make a ledger. Nothing modal,
// nothing asked.
class StartPage : public CentredColumn {
    Q_OBJECT

public:
    StartPage(const ActionRegistry& actions, bool hasSample, QWidget* parent = nullptr);

    void setRecent(const std::vector<RecentLedger>& ledgers);
    void showError(const Error& error);
    // The sample is being made.
    void showProgress(const Progress& progress);
    void clearMessage();
    // What is dropped is over the window right now.
    void setDropping(bool dropping);

signals:
    void openWanted(const QString& path);

private:
    QGridLayout* makeChoices(bool hasSample);
    void buildRecent();
    QWidget* makeChoice(ActionId id, const QString& title, const QString& text, bool primary);
    QWidget* makeDropZone();

    const ActionRegistry& m_actions;
    InfoBar* m_infoBar;
    QFrame* m_drop{nullptr};
    QVBoxLayout* m_recent;
    QWidget* m_recentBox;
};

} // namespace sluice::ui
