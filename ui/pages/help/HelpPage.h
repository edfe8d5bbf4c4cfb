// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/Page.h"
#include "ui/pages/help/HelpLibrary.h"

#include <QTimer>

class QLabel;
class QLineEdit;
class QListWidget;

namespace sluice::ui {

class HelpBrowser;

// The help inside of the program: topics on the left, found by typing, the text on the right. Links
// lead to topics and do what they name. Works without a ledger, and shows nothing of one.
class HelpPage : public Page {
    Q_OBJECT

public:
    HelpPage(const PageContext& context, QWidget* parent = nullptr);

    void showTopic(const QString& id); // of helpTopicOf()

protected:
    void ask() override { }
    void forget() override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fillList();
    void showCurrent();
    void follow(const QUrl& link);

    HelpLibrary m_library;
    QLineEdit* m_search;
    QListWidget* m_list;
    QLabel* m_nothing;
    HelpBrowser* m_text;
    QTimer m_show;
};

} // namespace sluice::ui
