// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/help/HelpLibrary.h"

#include "core/base/Check.h"
#include "core/base/Resource.h"
#include "ui/kit/SearchText.h"
#include "ui/pages/help/KeyboardMap.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace sluice::ui {

namespace {

constexpr const char* KeyboardMark = "{{keyboard}}"; // where the map stands in its topic

constexpr std::array Order{"first-import", "today", "spend-map", "where-from", "charges", "filter",
    "imports", "restatements", "ownership", "periods", "kinds", "locking", "backup", "command-line",
    "settings", "keyboard", "threats", "glossary"};

// What a person reads, without Markdown's signs and the targets of links.
QString readable(QString markdown)
{
    static const QRegularExpression Link{QStringLiteral("!?\\[([^\\]]*)\\]\\([^)]*\\)")};
    static const QRegularExpression Sign{QStringLiteral("[*_`#|\\\\>]|-{3,}")};
    markdown.replace(Link, QStringLiteral("\\1"));
    markdown.replace(Sign, QStringLiteral(" "));
    return markdown.simplified();
}

// How good a place for the word the text is: 2 at the head of a word, 1 inside of one, 0 not there.
int found(const QString& text, const QString& word)
{
    int best = 0;
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        if (at == 0 || !text[at - 1].isLetterOrNumber())
            return 2;
        best = 1;
    }
    return best;
}

} // namespace

HelpLibrary::HelpLibrary(const ActionRegistry& actions)
{
    for (const char* id : Order) {
        const std::string path = std::string{"help/"} + id + ".md";
        QString markdown = QString::fromUtf8(resource(path));
        SLUICE_CHECK(markdown.startsWith(QStringLiteral("# ")));
        const QLatin1StringView mark{KeyboardMark};
        if (markdown.contains(mark))
            markdown.replace(mark, keyboardMap(actions));
        QString headings;
        for (const QString& line : markdown.split(u'\n')) {
            if (line.startsWith(QStringLiteral("##")))
                headings += line + u'\n';
        }
        const QString title = markdown.section(u'\n', 0, 0).mid(2).trimmed();
        m_folded.push_back({searchFolded(title), searchFolded(readable(headings)),
            searchFolded(readable(markdown))});
        m_topics.push_back({QString::fromLatin1(id), title, std::move(markdown)});
    }
}

const HelpTopic* HelpLibrary::find(const QString& id) const
{
    const auto topic = std::ranges::find(m_topics, id, &HelpTopic::id);
    return topic == m_topics.end() ? nullptr : &*topic;
}

std::vector<HelpHit> HelpLibrary::search(const QStringList& words) const
{
    constexpr int TitleWeight = 100;
    constexpr int HeadingWeight = 10;
    std::vector<HelpHit> hits;
    for (std::size_t i = 0; i < m_topics.size(); ++i) {
        const Folded& folded = m_folded[i];
        int rank = 0;
        const bool all = std::ranges::all_of(words, [&](const QString& word) {
            const int text = found(folded.text, word);
            rank += TitleWeight * found(folded.title, word)
                + HeadingWeight * found(folded.headings, word) + text;
            return text > 0; // title and headings are text too
        });
        if (all)
            hits.push_back({i, rank});
    }
    std::ranges::stable_sort(hits, std::greater{}, &HelpHit::rank);
    return hits;
}

QString helpTopicOf(PageId page)
{
    switch (page) {
    case PageId::Start:
    case PageId::Create:
        return QStringLiteral("first-import");
    case PageId::Unlock:
        return QStringLiteral("locking");
    case PageId::Today:
        return QStringLiteral("today");
    case PageId::Map:
        return QStringLiteral("spend-map");
    case PageId::Charges:
        return QStringLiteral("charges");
    case PageId::Imports:
        return QStringLiteral("imports");
    case PageId::Settings:
        return QStringLiteral("settings");
    case PageId::Help:
        return QStringLiteral("first-import");
    }
    return {};
}

} // namespace sluice::ui
