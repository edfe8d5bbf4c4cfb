// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/PaletteIndex.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace sluice::ui {

namespace {

constexpr int Letter = 1; // each letter that matches
constexpr int Run = 4; // that follows the one before it
constexpr int WordStart = 8; // that begins a word
constexpr int TextStart = 12; // that begins the text
constexpr int Whole = 20; // the word is in the text as it stands
constexpr int KindLetters = 3; // of a kind's name that say it
constexpr int KindNamed = 0; // it narrows, and says nothing on which is better
constexpr int LengthWeight = 8; // letters of the text that cost one point

bool startsWord(QStringView text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

std::optional<PaletteKind> narrowedTo(QStringView query)
{
    if (query.isEmpty())
        return std::nullopt;
    switch (query.front().unicode()) {
    case u'>':
        return PaletteKind::Action;
    case u'@':
        return PaletteKind::Owner;
    case u'#':
        return PaletteKind::Batch;
    default:
        return std::nullopt;
    }
}

} // namespace

QString paletteKindText(PaletteKind kind)
{
    const auto tr
        = [](const char* text) { return QCoreApplication::translate("PaletteIndex", text); };
    switch (kind) {
    case PaletteKind::Action:
        return tr("Action");
    case PaletteKind::Page:
        return tr("Page");
    case PaletteKind::Setting:
        return tr("Setting");
    case PaletteKind::Help:
        return tr("Help");
    case PaletteKind::Unit:
        return tr("Unit");
    case PaletteKind::Owner:
        return tr("Owner");
    case PaletteKind::CostCentre:
        return tr("Cost centre");
    case PaletteKind::Workflow:
        return tr("Workflow");
    case PaletteKind::Vendor:
        return tr("Vendor");
    case PaletteKind::Model:
        return tr("Model");
    case PaletteKind::Provider:
        return tr("Provider");
    case PaletteKind::Service:
        return tr("Service");
    case PaletteKind::Batch:
        return tr("Import");
    }
    return {};
}

int paletteScore(QStringView text, QStringView word)
{
    const qsizetype whole = text.indexOf(word);
    int score = 0;
    qsizetype from = whole < 0 ? 0 : whole;
    if (whole >= 0) {
        // the first place where it begins a word, if it does anywhere
        for (qsizetype at = whole; at >= 0; at = text.indexOf(word, at + 1)) {
            if (startsWord(text, at)) {
                from = at;
                break;
            }
        }
        score += Whole;
    }
    qsizetype last = -2;
    for (const QChar letter : word) {
        const qsizetype at = text.indexOf(letter, from);
        if (at < 0)
            return -1;
        score += Letter;
        if (at == last + 1)
            score += Run;
        if (startsWord(text, at))
            score += at == 0 ? TextStart : WordStart;
        last = at;
        from = at + 1;
    }
    return std::max(0, score - static_cast<int>(text.size()) / LengthWeight);
}

PaletteIndex::PaletteIndex(std::vector<PaletteEntry> entries)
    : m_entries{std::move(entries)}
{
    m_folded.reserve(m_entries.size());
    for (const PaletteEntry& entry : m_entries) {
        m_folded.push_back(QString{entry.text + u' ' + entry.note}.toCaseFolded());
        m_kinds.try_emplace(entry.kind, paletteKindText(entry.kind).toCaseFolded());
    }
}

std::vector<PaletteHit> PaletteIndex::find(const QString& query, std::size_t limit) const
{
    const auto kind = narrowedTo(query.trimmed());
    const QString rest = (kind ? query.trimmed().mid(1) : query).toCaseFolded().simplified();
    const QStringList words = rest.split(u' ', Qt::SkipEmptyParts);
    std::vector<PaletteHit> hits;
    if (words.isEmpty() && !kind)
        return hits;
    for (std::uint32_t i = 0; i < m_entries.size(); ++i) {
        if (kind && m_entries[i].kind != *kind)
            continue;
        int score = 0;
        for (const QString& word : words) {
            int part = paletteScore(m_folded[i], word);
            if (word.size() >= KindLetters && m_kinds.at(m_entries[i].kind).startsWith(word))
                part = std::max(part, KindNamed);
            score = part < 0 ? -1 : score + part;
            if (score < 0)
                break;
        }
        if (score >= 0)
            hits.push_back({i, score});
    }
    const auto better = [](const PaletteHit& a, const PaletteHit& b) {
        return a.score != b.score ? a.score > b.score : a.entry < b.entry;
    };
    const std::size_t kept = std::min(limit, hits.size());
    std::partial_sort(
        hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(kept), hits.end(), better);
    hits.resize(kept);
    return hits;
}

} // namespace sluice::ui
