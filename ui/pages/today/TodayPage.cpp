// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/today/TodayPage.h"

#include "core/analytics/FilterText.h"
#include "core/base/Check.h"
#include "ui/charts/TrendChart.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/DateText.h"
#include "ui/kit/EmptyState.h"
#include "ui/kit/FigureButton.h"
#include "ui/kit/Fonts.h"
#include "ui/models/FreshnessText.h"
#include "ui/models/ShownCurrency.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>

#include <algorithm>

namespace sluice::ui {

namespace {

// A filter that holds what a query asks beside its period.
ViewFilter filterOf(SpendQuery query)
{
    query.period.reset();
    return {QString::fromStdString(filterText(query)), query.where, query.words, query.amounts};
}

} // namespace

TodayPage::TodayPage(const PageContext& context, QWidget* parent)
    : Page{PageId::Today, context, tr("Today"), parent}
    , m_body{new QStackedWidget{this}}
    , m_empty{new EmptyState{this}}
    , m_task{context.session.pools().compute(), this}
{
    setObjectName(QStringLiteral("todayPage"));
    buildFigures();
    buildFindings();
    buildTrend();
    auto* filled = new QWidget{this};
    auto* row = new QHBoxLayout{filled};
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(card(tr("What was found"), m_table), 5);
    auto* side = new QVBoxLayout;
    side->setSpacing(12);
    side->addWidget(card(tr("Spend by day"), m_trend), 3);
    side->addWidget(card(tr("How fresh the sources are"), m_sources), 1);
    row->addLayout(side, 3);
    m_body->addWidget(filled);
    m_body->addWidget(m_empty);
    content()->addWidget(m_body, 1);
    setFocusProxy(m_table);
    connect(m_empty, &EmptyState::primaryTriggered, this, &TodayPage::leaveEmpty);
    connect(&context.view, &ViewContext::changed, this, &TodayPage::invalidate);
}

void TodayPage::buildFigures()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    const auto add = [&](FigureButton*& figure, const char* name, const QString& caption) {
        figure = new FigureButton{caption, caption, this};
        figure->setObjectName(QLatin1StringView{name});
        row->addWidget(figure, 2);
    };
    add(m_spend, "todaySpend", tr("Spend"));
    add(m_owned, "todayOwned", tr("With an owner"));
    add(m_waits, "todayWaits", tr("Needs somebody"));
    add(m_heldBack, "todayHeldBack", tr("Held back"));
    connect(m_spend, &FigureButton::clicked, this,
        [this] { emit figureSourceWanted(sourceOfTotal()); });
    connect(m_owned, &FigureButton::clicked, this,
        [this] { emit figureSourceWanted(sourceOfUnowned()); });
    connect(m_waits, &FigureButton::clicked, this, [this] { m_table->setFocus(); });
    connect(m_heldBack, &FigureButton::clicked, this, [this] { emit pageWanted(PageId::Imports); });
    content()->addLayout(row);
}

void TodayPage::buildFindings()
{
    m_findings = new SnapshotTableModel<Finding>{
        findingColumns(), context().money, context().session.pools().compute(), this};
    m_table = new DataTable{this};
    m_table->setObjectName(QStringLiteral("findingsTable"));
    m_table->setAccessibleName(tr("What was found"));
    m_table->setModel(m_findings);
    m_table->setColumnWidths({16, 40, 17, 19}, 1);
    m_table->setPlaceholder(
        tr("Nothing was found: all of it has an owner, came in whole and is much as before."));
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions({context().actions.action(ActionId::ShowSource),
        context().actions.action(ActionId::ShowCharges)});
    connect(m_table, &DataTable::rowActivated, this, &TodayPage::openRow);
    connect(m_table, &DataTable::currentRowChanged, this, &TodayPage::stateChanged);
}

void TodayPage::buildTrend()
{
    m_trend = new TrendChart{this};
    m_trend->setObjectName(QStringLiteral("todayTrend"));
    m_trend->setAccessibleName(tr("Spend by day"));
    m_sources = new QLabel{this};
    m_sources->setObjectName(QStringLiteral("todaySources"));
    m_sources->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_sources->setWordWrap(true);
    m_sources->setTextFormat(Qt::PlainText);
}

QWidget* TodayPage::card(const QString& title, QWidget* content)
{
    auto* frame = new QWidget{this};
    auto* heading = new QLabel{title, frame};
    heading->setFont(sized(font(), TextSize::Card, QFont::DemiBold));
    auto* column = new QVBoxLayout{frame};
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(heading);
    column->addWidget(content, 1);
    return frame;
}

void TodayPage::ask()
{
    TodayQuestion question;
    question.query = context().view.query();
    question.before = context().view.comparedPeriod();
    question.currency = context().view.currency();
    question.facts = context().view.facts();
    m_task.start(
        [workspace = context().session.workspace(), principal = context().session.principal(),
            question](const TaskContext& task) {
            return askToday(SpendService{*workspace}, question, principal, task);
        },
        [this](Result<TodayAnswer> answer) {
            if (answer.ok())
                accept(std::move(*answer));
            else if (answer.error().code != ErrorCode::Cancelled)
                infoBar().showError(answer.error());
        });
}

void TodayPage::accept(TodayAnswer answer)
{
    infoBar().clear();
    m_answer = std::move(answer);
    auto rows = std::make_shared<std::vector<Finding>>(m_answer.findings.findings);
    // what somebody must do something about comes first; each part keeps its order by money
    std::ranges::stable_partition(*rows, needsSomebody);
    m_findings->show(std::move(rows));
    if (m_findings->rowCount() > 0)
        m_table->setCurrentIndex(m_findings->index(0, 0));
    showFigures();
    showTrend();
    showSources();
    const bool empty = m_answer.findings.totals.empty() && m_findings->rowCount() == 0;
    if (empty)
        showEmpty();
    m_body->setCurrentIndex(empty ? 1 : 0);
    if (m_answer.currency.isSet())
        emit currenciesKnown(m_answer.currencies, m_answer.currency);
    const std::size_t count = waiting();
    emit countKnown(PageId::Today, count,
        count == 1 ? tr("1 finding needs somebody")
                   : tr("%1 findings need somebody").arg(context().money.count(count)));
    emit stateChanged();
    emit answered();
}

const FindingsAnswer::Total* TodayPage::total() const
{
    const auto found = std::ranges::find(
        m_answer.findings.totals, m_answer.currency, &FindingsAnswer::Total::currency);
    return found == m_answer.findings.totals.end() ? nullptr : &*found;
}

std::optional<Coverage> TodayPage::owned() const
{
    const auto found = std::ranges::find(m_answer.coverage, Attribute::Owner, &Coverage::attribute);
    return found == m_answer.coverage.end() ? std::nullopt : std::optional{*found};
}

std::size_t TodayPage::waiting() const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(m_answer.findings.findings, needsSomebody));
}

void TodayPage::setFreshness(const std::optional<Freshness>& freshness)
{
    m_freshness = freshness ? freshnessText(*freshness).section(u',', 0, 0).toLower() : QString{};
    showFigures();
}

void TodayPage::showFigures()
{
    const MoneyText& money = context().money;
    const FindingsAnswer::Total* total = this->total();
    if (total == nullptr) {
        m_spend->clear();
        m_owned->clear();
    } else {
        QStringList notes;
        if (m_answer.findings.before)
            notes << tr("%1 against %2")
                         .arg(money.change(total->compared, total->before),
                             periodText(
                                 *m_answer.findings.before, context().view.facts().calendar));
        if (!m_freshness.isEmpty())
            notes << m_freshness;
        m_spend->setFigure(money.withCode(total->amount, total->currency),
            notes.join(QStringLiteral(" \u00B7 ")),
            money.compactWithCode(total->amount, total->currency));
        const auto covered = owned();
        if (covered && covered->hasShare())
            m_owned->setFigure(money.percent(covered->covered, covered->total),
                tr("%1 without")
                    .arg(money.compact(covered->total - covered->covered, total->currency)),
                {});
        else
            m_owned->clear();
    }
    m_waits->setFigure(money.count(waiting()),
        tr("of %1 findings").arg(money.count(m_answer.findings.findings.size())), {});
    std::uint64_t held = 0;
    for (const FindingSum& sum : m_answer.findings.sums)
        held += sum.kind == FindingKind::Quarantined ? sum.rows : 0;
    m_heldBack->setFigure(money.count(held), tr("rows that count in no figure"), {});
}

void TodayPage::showTrend()
{
    TrendData trend;
    const MoneyText& money = context().money;
    const Currency currency = m_answer.currency;
    trend.period = m_answer.trendDays;
    trend.calendar = context().view.facts().calendar;
    trend.texts.shown
        = [money, currency](Int128 amount) { return money.compact(amount, currency); };
    trend.texts.exact = [money, currency](Int128 amount) { return money.exact(amount, currency); };
    if (!m_answer.trend.empty()) {
        TrendSeries series;
        series.key = QStringLiteral("spend");
        series.name = currencyText(currency);
        series.points = m_answer.trend;
        trend.series.push_back(std::move(series));
    }
    m_trend->show(std::move(trend));
}

void TodayPage::showSources()
{
    QStringList lines;
    for (const SourceFreshness& source : m_answer.sources) {
        QString line = tr("%1: %2").arg(
            QString::fromStdString(source.source), freshnessText(source.freshness));
        if (source.freshness.lastDay)
            line += tr(", to %1").arg(dateText(*source.freshness.lastDay));
        lines << line;
    }
    m_sources->setText(lines.join(u'\n'));
}

void TodayPage::showEmpty()
{
    const ViewContext& view = context().view;
    switch (view.whyEmpty()) {
    case WhyEmpty::Reading:
        return m_empty->setText({tr("Reading\u2026"), {}, {}, {}});
    case WhyEmpty::NothingImported:
        return m_empty->setText({tr("Import a bill, and here stands what there is to know about it"),
            tr("Drop a cost export here: FOCUS as CSV or CSV.GZ, one file, several, or an Azure export folder."),
            context().session.principal().mayChange() ? tr("Import files\u2026") : QString{}, {}});
    case WhyEmpty::FilteredOut:
        return m_empty->setText({tr("No spend here in %1").arg(view.periodName()),
            tr("The filter leaves nothing over."), tr("Clear the filter"), {}});
    case WhyEmpty::NothingDelivered:
    case WhyEmpty::NoneFound:
        return m_empty->setText({tr("No data for %1").arg(view.periodName()),
            tr("The ledger has data for %1.").arg(rangeText(*view.facts().days)),
            tr("Go to the latest data"), {}});
    }
}

FigureSource TodayPage::sourceOfUnowned() const
{
    FigureSource source = sourceOfTotal();
    const auto owner = parseDimension("owner");
    SLUICE_CHECK(owner.ok());
    source.query.where.push_back({*owner, {std::string{NoValue}}});
    source.filter = filterOf(source.query);
    source.drill.clear(); // the filter holds it
    source.title = tr("Without an owner \u00B7 %1").arg(source.title);
    if (const auto covered = owned())
        source.value
            = context().money.withCode(covered->total - covered->covered, covered->currency);
    return source;
}

FigureSource TodayPage::sourceOfTotal() const
{
    FigureSource source;
    source.query = context().view.query();
    source.drill = context().view.drill();
    source.filter = context().view.filter();
    source.title = context().view.sentence();
    if (const FindingsAnswer::Total* total = this->total()) {
        source.value = context().money.withCode(total->amount, total->currency);
        narrowTo(source.query, total->currency);
    }
    return source;
}

FigureSource TodayPage::sourceOf(const Finding& finding) const
{
    FigureSource source;
    source.title = findingText(finding);
    source.query = finding.query;
    source.filter = filterOf(finding.query);
    source.charges = finding.charges;
    if (finding.currency)
        source.value = context().money.withCode(finding.amount, *finding.currency);
    return source;
}

std::optional<FigureSource> TodayPage::figure() const
{
    const int row = m_table->currentIndex().row();
    if (row < 0)
        return total() ? std::optional{sourceOfTotal()} : std::nullopt;
    return sourceOf(m_findings->rowAt(row));
}

void TodayPage::openRow(int row)
{
    if (row < 0 || row >= m_findings->rowCount())
        return;
    const Finding& finding = m_findings->rowAt(row);
    const QString batch = findingBatch(finding);
    if (!batch.isEmpty())
        emit batchWanted(batch);
    else if (finding.kind == FindingKind::Missing)
        emit pageWanted(PageId::Imports);
    else
        emit figureSourceWanted(sourceOf(finding));
}

void TodayPage::showSource()
{
    if (const int row = m_table->currentIndex().row(); row >= 0)
        openRow(row);
    else
        Page::showSource();
}

void TodayPage::showCharges()
{
    if (const auto source = figure())
        context().view.lookAt(source->query, source->filter, source->drill);
    emit pageWanted(PageId::Charges);
}

void TodayPage::forget()
{
    m_task.cancel();
    m_answer = {};
    m_freshness.clear();
    m_findings->clear();
    m_trend->show(TrendData{});
    m_sources->clear();
    for (FigureButton* figure : {m_spend, m_owned, m_waits, m_heldBack})
        figure->clear();
    infoBar().clear();
}

} // namespace sluice::ui
