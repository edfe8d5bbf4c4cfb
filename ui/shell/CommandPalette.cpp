// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/CommandPalette.h"

#include "ui/actions/ActionTable.h"
#include "ui/actions/PageTable.h"
#include "ui/kit/Icons.h"
#include "ui/kit/SettingTable.h"
#include "ui/models/PaletteEntries.h"
#include "ui/shell/PaletteList.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr std::size_t HitsShown = 12;
constexpr std::size_t Proposed = 5;
constexpr int WidthInCharacters = 84;

using Index = std::shared_ptr<const PaletteIndex>;

// The best of both, best first.
std::vector<PaletteEntry> bestOf(const Index& own, const Index& ledger, const QString& query)
{
    std::vector<std::pair<int, PaletteEntry>> found;
    for (const Index& index : {own, ledger}) {
        for (const PaletteHit& hit : index->find(query, HitsShown))
            found.emplace_back(hit.score, index->entry(hit.entry));
    }
    std::ranges::stable_sort(found, std::greater{}, [](const auto& hit) { return hit.first; });
    std::vector<PaletteEntry> best;
    for (auto& [score, entry] : found) {
        if (best.size() < HitsShown)
            best.push_back(std::move(entry));
    }
    return best;
}

} // namespace

CommandPalette::CommandPalette(Session& session, const ActionRegistry& actions, QWidget* parent)
    : QFrame{parent}
    , m_session{session}
    , m_actions{actions}
    , m_help{actions}
    , m_edit{new QLineEdit{this}}
    , m_view{new QListView{this}}
    , m_list{new PaletteList{this}}
    , m_ledger{std::make_shared<const PaletteIndex>(Entries{})}
    , m_own{m_ledger}
    , m_learn{session.pools().compute(), this}
    , m_find{session.pools().compute(), this}
{
    setObjectName(QStringLiteral("palette"));
    setProperty("role", QStringLiteral("popup"));
    setAccessibleName(tr("Find anything"));
    m_edit->setObjectName(QStringLiteral("paletteEdit"));
    m_edit->setAccessibleName(tr("Find anything"));
    m_edit->setPlaceholderText(tr(
        "An action, a page, a setting, an owner, a vendor, an import\u2026    > actions  @ owners  # imports"));
    m_edit->addAction(icon("search"), QLineEdit::LeadingPosition);
    m_edit->installEventFilter(this);
    m_view->setObjectName(QStringLiteral("paletteList"));
    m_view->setAccessibleName(tr("What was found"));
    m_view->setModel(m_list);
    m_view->setItemDelegate(new PaletteDelegate{m_view});
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setUniformItemSizes(true);
    m_view->setEditTriggers(QListView::NoEditTriggers);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout{this};
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    column->addWidget(m_edit);
    column->addWidget(m_view, 1);
    hide();
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::ask);
    connect(
        m_view, &QListView::clicked, this, [this](const QModelIndex& index) { take(index.row()); });
    connect(&session, &Session::factsChanged, this, [this] {
        if (isOpen())
            learn();
    });
}

CommandPalette::~CommandPalette() = default;

CommandPalette::Entries CommandPalette::ownEntries() const
{
    Entries entries;
    const auto pages = pageTable();
    for (const ActionLine& line : actionTable()) {
        const QAction* action = m_actions.action(line.id);
        if (!action->isEnabled() || line.id == ActionId::ShowPalette)
            continue;
        const bool isPage = std::ranges::find(pages, line.id, &PageLine::go) != pages.end();
        entries.push_back(
            {isPage ? PaletteKind::Page : PaletteKind::Action, action->text().remove(u'&'),
                action->shortcut().toString(QKeySequence::NativeText), action->objectName()});
    }
    for (const SettingLine& line : settingTable())
        entries.push_back(
            {PaletteKind::Setting, settingText(line.id), {}, QString::fromLatin1(line.key)});
    for (const HelpTopic& topic : m_help.topics())
        entries.push_back({PaletteKind::Help, topic.title, {}, topic.id});
    return entries;
}

void CommandPalette::open()
{
    if (!isOpen())
        m_focusBefore = QApplication::focusWidget();
    m_own = std::make_shared<const PaletteIndex>(ownEntries());
    learn();
    m_edit->clear();
    showProposals();
    place();
    show();
    raise();
    m_edit->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::place()
{
    const QRect room = parentWidget()->rect();
    const int wide
        = std::min(room.width() - 32, fontMetrics().averageCharWidth() * WidthInCharacters);
    const int high = std::min(room.height() - 96,
        m_edit->sizeHint().height() + 30
            + static_cast<int>(HitsShown) * PaletteDelegate::rowHeight(fontMetrics()));
    setGeometry((room.width() - wide) / 2, 64, wide, high);
}

void CommandPalette::close()
{
    if (!isOpen())
        return;
    m_find.cancel();
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::clear()
{
    m_learn.cancel();
    m_find.cancel();
    m_ledger = std::make_shared<const PaletteIndex>(Entries{});
    m_revision = 0;
    m_recent.clear();
    m_list->show({});
    m_edit->clear();
    hide();
}

void CommandPalette::learn()
{
    if (!m_session.isOpen() || m_revision == m_session.facts().revision)
        return;
    m_learn.start(
        [workspace = m_session.workspace(), principal = m_session.principal()](
            const TaskContext& task) -> Result<Index> {
            SLUICE_TRY(const auto snapshot, workspace->snapshot(principal, {}, task));
            return std::make_shared<const PaletteIndex>(paletteEntries(*snapshot));
        },
        [this, revision = m_session.facts().revision](Result<Index> index) {
            if (!index.ok())
                return; // the actions are there without it
            m_ledger = std::move(*index);
            m_revision = revision;
            if (isOpen())
                ask(m_edit->text());
        });
}

void CommandPalette::showProposals()
{
    Entries proposals = m_recent;
    for (std::uint32_t i = 0, proposed = 0; i < m_own->size() && proposed < Proposed; ++i) {
        const PaletteEntry& entry = m_own->entry(i);
        const bool known
            = std::ranges::find(proposals, entry.id, &PaletteEntry::id) != proposals.end();
        if (entry.kind == PaletteKind::Action && !known) {
            proposals.push_back(entry);
            ++proposed;
        }
    }
    m_list->show(std::move(proposals));
    m_view->setCurrentIndex(m_list->index(0));
}

void CommandPalette::ask(const QString& query)
{
    if (query.trimmed().isEmpty()) {
        m_find.cancel();
        return showProposals();
    }
    m_find.start([own = m_own, ledger = m_ledger, query](
                     const TaskContext&) -> Result<Entries> { return bestOf(own, ledger, query); },
        [this](Result<Entries> found) {
            if (!found.ok())
                return;
            m_list->show(std::move(*found));
            m_view->setCurrentIndex(m_list->index(0));
            emit answered();
        });
}

void CommandPalette::take(int row)
{
    if (row < 0 || row >= m_list->rowCount())
        return;
    const PaletteEntry entry = m_list->entry(row);
    std::erase_if(m_recent, [&](const PaletteEntry& old) { return old.id == entry.id; });
    m_recent.insert(m_recent.begin(), entry);
    m_recent.resize(std::min(m_recent.size(), Proposed));
    close();
    emit chosen(entry);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut && watched == m_edit && isOpen()) {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
            hide(); // one went elsewhere
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const int row = m_view->currentIndex().row();
    switch (key->key()) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        take(row);
        return true;
    case Qt::Key_Down:
    case Qt::Key_Up: {
        const int step = key->key() == Qt::Key_Down ? 1 : -1;
        const int rows = m_list->rowCount();
        if (rows > 0)
            m_view->setCurrentIndex(m_list->index((row + step + rows) % rows));
        return true;
    }
    default:
        return QFrame::eventFilter(watched, event);
    }
}

} // namespace sluice::ui
