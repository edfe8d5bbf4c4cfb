// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/help/HelpLibrary.h"

#include <QTextBrowser>
#include <QTimer>

namespace sluice::ui {

// Shows a topic of the help in the colours and sizes of the window. Follows no link: it says which
// one was meant. Pictures come from resources/help and are made to fit.
class HelpBrowser : public QTextBrowser {
    Q_OBJECT

public:
    explicit HelpBrowser(QWidget* parent = nullptr);

    void showTopic(const HelpTopic& topic);
    // Marks the words of searchWords() and brings the first of them into view.
    void mark(const QStringList& words);

protected:
    QVariant loadResource(int type, const QUrl& name) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void render();
    void renderAgain(); // at the place where one reads
    [[nodiscard]] QString look() const;
    void styleText(QTextDocument& document) const;
    void styleHeading(QTextCursor& cursor, int level) const;
    void styleTables(QTextDocument& document) const;

    HelpTopic m_topic;
    QStringList m_words;
    int m_renderedWidth{0};
    QString m_look; // in which it was rendered
    QTimer m_again;
};

} // namespace sluice::ui
