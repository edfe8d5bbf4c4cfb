// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/PageId.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace sluice::ui {

class ActionRegistry;

// One topic of the help: Markdown with links to other topics ("imports.md"), to actions
// ("action:importFiles") and pictures of resources/help.
struct HelpTopic {
    QString id; // the file's name without its ending
    QString title; // its first heading
    QString markdown;
};

struct HelpHit {
    std::size_t topic; // in topics()
    int rank; // larger is better
};

// All topics, in the order in which they are listed; they are built into the program. The keyboard
// map is made from the actions each time the library is. Pure but for that.
class HelpLibrary {
public:
    explicit HelpLibrary(const ActionRegistry& actions);

    [[nodiscard]] const std::vector<HelpTopic>& topics() const { return m_topics; }
    [[nodiscard]] const HelpTopic* find(const QString& id) const; // null: there is none
    // The topics in which each word occurs (of searchWords(); at the head of a word counts more),
    // best first: in the title before in a heading before in the text. No words: all of them.
    [[nodiscard]] std::vector<HelpHit> search(const QStringList& words) const;

private:
    struct Folded {
        QString title;
        QString headings;
        QString text;
    };

    std::vector<HelpTopic> m_topics;
    std::vector<Folded> m_folded;
};

// The topic about a page, also of those on the way in. F1 opens it.
[[nodiscard]] QString helpTopicOf(PageId page);

} // namespace sluice::ui
