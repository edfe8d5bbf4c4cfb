// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/FilterBar.h"

#include "core/services/SpendService.h"
#include "ui/kit/ErrorText.h"
#include "ui/kit/Icons.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QLabel>
#include <QStandardItemModel>

namespace sluice::ui {

namespace {

constexpr std::size_t SuggestionsShown = 12;

} // namespace

FilterBar::FilterBar(Session& session, ViewContext& view, QWidget* parent)
    : QLineEdit{parent}
    , m_session{session}
    , m_view{view}
    , m_completer{new QCompleter{this}}
    , m_problem{new QLabel{parent}}
    , m_vocabulary{std::make_shared<const FilterVocabulary>()}
    , m_lookUp{session.pools().compute(), this}
    , m_learn{session.pools().compute(), this}
{
    setObjectName(QStringLiteral("filterBar"));
    setAccessibleName(tr("Filter"));
    setPlaceholderText(tr("Filter: vendor:openai  -unit:lab  2026-Q3  amount:>=100  words"));
    setToolTip(tr("All terms must hold; a minus before a term turns it round. Return filters."));
    setClearButtonEnabled(true);
    addAction(icon("filter"), LeadingPosition);
    m_problem->setObjectName(QStringLiteral("filterProblem"));
    m_problem->setProperty("role", QStringLiteral("bubble"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_completer->setModel(new QStandardItemModel{m_completer});
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(static_cast<int>(SuggestionsShown));
    m_completer->setWidget(this);
    m_completer->popup()->setObjectName(QStringLiteral("filterSuggestions"));
    connect(m_completer, qOverload<const QModelIndex&>(&QCompleter::activated), this,
        [this](const QModelIndex& index) { take(index.data(Qt::UserRole).toString()); });
    connect(this, &QLineEdit::textEdited, this, [this](const QString& text) {
        sayProblem({});
        if (text.isEmpty())
            ask({}, Why::Typed); // the cross at its end
        else
            suggest();
    });
    connect(&view, &ViewContext::changed, this, &FilterBar::follow);
    connect(&view, &ViewContext::factsArrived, this, [this] {
        if (!m_view.filter().text.isEmpty())
            ask(m_view.filter().text, Why::LedgerChanged); // it may name other things now
        if (hasFocus())
            learn();
    });
}

FilterBar::~FilterBar() = default;

void FilterBar::follow()
{
    if (!hasFocus() || text().isEmpty() || m_view.filter().text.isEmpty())
        setText(m_view.filter().text);
}

QString FilterBar::problem() const
{
    return m_problem->isHidden() ? QString{} : m_problem->text();
}

void FilterBar::askAnew(const QString& text)
{
    ask(text, Why::Anew);
}

void FilterBar::ask(const QString& text, Why why)
{
    auto terms = parseFilter(text.toStdString(), m_view.facts().calendar);
    if (!terms.ok())
        return sayProblem(ErrorText::of(terms.error()).whole());
    sayProblem({});
    // The period goes to its picker, the rest becomes the filter: both at once, as one place.
    Wish wish{why, {}};
    const auto period = std::ranges::find(*terms, FilterTerm::Kind::Period, &FilterTerm::kind);
    if (period != terms->end() && !period->excludes) {
        wish.period = period->period;
        terms->erase(period);
    }
    if (!terms->empty())
        return lookUp(*terms, wish);
    m_lookUp.cancel();
    accept({}, wish);
}

void FilterBar::lookUp(const std::vector<FilterTerm>& terms, const Wish& wish)
{
    if (!m_session.isOpen())
        return;
    const QString text = QString::fromStdString(filterText(terms));
    m_lookUp.start(
        [workspace = m_session.workspace(), principal = m_session.principal(), terms, text](
            const TaskContext& task) -> Result<ViewFilter> {
            SLUICE_TRY(const SpendQuery query,
                SpendService{*workspace}.filtered({}, terms, {}, principal, task));
            return ViewFilter{text, query.where, query.words, query.amounts};
        },
        [this, wish](Result<ViewFilter> filter) {
            if (filter.ok())
                accept(std::move(*filter), wish);
            else if (filter.error().code != ErrorCode::Cancelled)
                sayProblem(ErrorText::of(filter.error()).whole());
        });
}

// On top of what is looked at by now: it may have changed since the filter was asked for.
void FilterBar::accept(ViewFilter filter, const Wish& wish)
{
    ViewState state = m_view.state();
    if (wish.why == Why::Anew)
        state.drill.clear();
    if (wish.period)
        state.period = wish.period;
    state.filter = filter;
    if (state != m_view.state())
        m_view.setState(std::move(state));
    else if (!filter.text.isEmpty())
        m_view.renewFilter(std::move(filter));
    if (wish.why != Why::LedgerChanged) // then somebody may be typing another one
        setText(m_view.filter().text);
    if (wish.why == Why::Anew)
        emit answeredAnew();
}

void FilterBar::learn()
{
    if (!m_session.isOpen() || m_vocabularyRevision == m_view.facts().revision)
        return;
    m_learn.start(
        [workspace = m_session.workspace(), principal = m_session.principal(),
            months = m_view.facts().months, calendar = m_view.facts().calendar](
            const TaskContext& task) -> Result<std::shared_ptr<const FilterVocabulary>> {
            SLUICE_TRY(const auto snapshot, workspace->snapshot(principal, {}, task));
            return std::make_shared<const FilterVocabulary>(
                filterVocabulary(*snapshot, months, calendar));
        },
        [this, revision = m_view.facts().revision](
            Result<std::shared_ptr<const FilterVocabulary>> vocabulary) {
            if (!vocabulary.ok())
                return; // completion alone is missing: the filter works without it
            m_vocabulary = *vocabulary;
            m_vocabularyRevision = revision;
            if (hasFocus() && isModified())
                suggest();
        });
}

void FilterBar::suggest()
{
    const FilterTokenSpan token = filterTokenAt(text(), cursorPosition());
    const auto suggestions = filterSuggestions(
        text().mid(token.first, token.end - token.first), *m_vocabulary, SuggestionsShown);
    auto* model = qobject_cast<QStandardItemModel*>(m_completer->model());
    model->clear();
    for (const FilterSuggestion& suggestion : suggestions) {
        auto* item = new QStandardItem{suggestion.note.isEmpty()
                ? suggestion.text
                : tr("%1 \u00B7 %2").arg(suggestion.text, suggestion.note)};
        item->setData(suggestion.text, Qt::UserRole);
        model->appendRow(item);
    }
    if (suggestions.empty() || token.first == token.end)
        m_completer->popup()->hide();
    else
        m_completer->complete();
}

void FilterBar::take(const QString& suggestion)
{
    const FilterTokenSpan token = filterTokenAt(text(), cursorPosition());
    const bool goesOn = suggestion.endsWith(u':') || suggestion.endsWith(u'=');
    const QString tail = text().mid(token.end);
    const QString gap = goesOn || tail.startsWith(u' ') ? QString{} : QStringLiteral(" ");
    setText(text().left(token.first) + suggestion + gap + tail);
    setCursorPosition(static_cast<int>(token.first + suggestion.size() + gap.size()));
    setModified(true);
    if (goesOn)
        suggest();
}

void FilterBar::focusInEvent(QFocusEvent* event)
{
    QLineEdit::focusInEvent(event);
    learn();
}

void FilterBar::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        sayProblem({});
}

void FilterBar::keyPressEvent(QKeyEvent* event)
{
    const bool suggests = m_completer->popup()->isVisible();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (suggests && m_completer->popup()->currentIndex().isValid())
            return event->ignore(); // the completer takes it
        m_completer->popup()->hide();
        ask(text(), Why::Typed);
        return;
    case Qt::Key_Escape:
        m_completer->popup()->hide();
        sayProblem({});
        setText(m_view.filter().text);
        emit left();
        return;
    case Qt::Key_Down:
        suggest();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void FilterBar::sayProblem(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    setProperty("invalid", !problem.isEmpty());
    setAccessibleDescription(problem);
    placeProblem();
}

// Over the page, below the line: the page does not jump.
void FilterBar::placeProblem()
{
    if (m_problem->isHidden())
        return;
    QWidget* over = window();
    m_problem->setParent(over);
    m_problem->setFixedWidth(std::max(width(), fontMetrics().averageCharWidth() * 48));
    m_problem->adjustSize();
    m_problem->move(mapTo(over, QPoint{0, height() + 2}));
    m_problem->show();
    m_problem->raise();
}

void FilterBar::clearAll()
{
    m_lookUp.cancel();
    m_learn.cancel();
    m_vocabulary = std::make_shared<const FilterVocabulary>();
    m_vocabularyRevision = 0;
    m_completer->popup()->hide();
    qobject_cast<QStandardItemModel*>(m_completer->model())->clear();
    sayProblem({});
    setText({});
}

} // namespace sluice::ui
