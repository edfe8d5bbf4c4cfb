// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/TopBar.h"

#include "ui/kit/DateText.h"
#include "ui/kit/Picker.h"
#include "ui/shell/FilterBar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVariant>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int MonthsShown = 13;
constexpr int QuartersShown = 6;
constexpr int YearsShown = 3;

} // namespace

TopBar::TopBar(const PageContext& context, QWidget* parent)
    : QFrame{parent}
    , m_view{context.view}
    , m_search{new QToolButton{this}}
    , m_filter{new FilterBar{context.session, context.view, this}}
    , m_freshness{new QLabel{this}}
    , m_period{new Picker{QStringLiteral("periodPicker"), tr("Period"), this}}
    , m_measure{new Picker{QStringLiteral("measurePicker"), tr("Measure"), this}}
    , m_kind{new Picker{QStringLiteral("kindPicker"), tr("Kind"), this}}
    , m_currency{new Picker{QStringLiteral("currencyPicker"), tr("Currency"), this}}
{
    setObjectName(QStringLiteral("topBar"));
    setProperty("role", QStringLiteral("bar"));
    m_freshness->setObjectName(QStringLiteral("periodFreshness"));
    m_freshness->setProperty("role", QStringLiteral("muted"));
    m_search->setObjectName(QStringLiteral("searchButton"));
    m_search->setProperty("role", QStringLiteral("picker"));
    m_search->setDefaultAction(context.actions.action(ActionId::ShowPalette));
    m_search->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_search->setAccessibleName(m_search->text());
    buildRow();
    connectPickers();
    connect(&context.view, &ViewContext::factsArrived, this, &TopBar::refreshPeriods);
    connect(&context.view, &ViewContext::changed, this, &TopBar::refresh);
    m_currency->hide();
    refreshPeriods();
    refresh();
}

void TopBar::buildRow()
{
    constexpr int LeastCharacters = 22;
    m_filter->setMinimumWidth(fontMetrics().averageCharWidth() * LeastCharacters);
    auto* row = new QHBoxLayout{this};
    row->setContentsMargins(20, 8, 20, 8);
    row->setSpacing(8);
    row->addWidget(m_search);
    row->addWidget(m_filter, 1);
    for (QWidget* widget :
        std::initializer_list<QWidget*>{m_kind, m_period, m_freshness, m_measure, m_currency})
        row->addWidget(widget);
}

void TopBar::connectPickers()
{
    for (Picker* picker : {m_measure, m_currency})
        picker->hideCaption();
    std::vector<Picker::Choice> measures;
    measures.reserve(Measures.size());
    for (const Measure measure : Measures)
        measures.push_back({measureText(measure), static_cast<int>(measure)});
    m_measure->setChoices(measures);
    connect(m_measure, &Picker::chosen, this,
        [this](int value) { m_view.setMeasure(static_cast<Measure>(value)); });
    connect(m_kind, &Picker::chosen, this,
        [this](int value) { m_view.setKind(static_cast<BatchKind>(value)); });
    connect(m_period, &Picker::chosen, this,
        [this](int value) { m_view.setPeriod(m_periods[static_cast<std::size_t>(value)]); });
    connect(m_currency, &Picker::chosen, this,
        [this](int value) { m_view.setCurrency(m_currencies[static_cast<std::size_t>(value)]); });
}

void TopBar::refreshPeriods()
{
    m_periods = {std::nullopt};
    std::vector<Picker::Choice> choices{{tr("All days"), 0}};
    const LedgerFacts& facts = m_view.facts();
    const auto add = [&](Grain grain, int most) {
        Period period = bucketOf(facts.days->end.plusDays(-1), grain, facts.calendar);
        for (int i = 0; i < most && period.end > facts.days->first; ++i) {
            // the range, and how the command line writes the period
            choices.push_back(
                {periodText(period, facts.calendar), static_cast<int>(m_periods.size()),
                    rangeText(period) + QStringLiteral(" \u00B7 ")
                        + QString::fromStdString(bucketLabel(period.first, grain, facts.calendar)),
                    i == 0});
            m_periods.emplace_back(period);
            period = stepped(period, -1, facts.calendar);
        }
    };
    if (facts.days) {
        add(Grain::Month, MonthsShown);
        add(Grain::Quarter, QuartersShown);
        add(Grain::Year, YearsShown);
    }
    m_period->setChoices(choices);
    std::vector<Picker::Choice> kinds;
    for (const BatchKind kind : facts.kinds)
        kinds.push_back({kindText(kind), static_cast<int>(kind)});
    m_kind->setChoices(kinds);
    m_kind->setVisible(facts.kinds.size() > 1);
}

void TopBar::refresh()
{
    const auto at = std::ranges::find(m_periods, m_view.period());
    m_period->setCurrent(
        at == m_periods.end() ? -1 : static_cast<int>(at - m_periods.begin()), m_view.periodName());
    m_period->setToolTip(m_view.period() ? rangeText(*m_view.period()) : QString{});
    m_measure->setCurrent(static_cast<int>(m_view.measure()), measureText(m_view.measure()));
    m_kind->setCurrent(static_cast<int>(m_view.kind()), kindText(m_view.kind()));
    fit();
}

// The word on freshness gives way where there is no room for all: the map says it as well.
void TopBar::fit()
{
    const QMargins margins = layout()->contentsMargins();
    int wanted = margins.left() + margins.right() + m_search->sizeHint().width()
        + m_filter->minimumWidth() + layout()->spacing() + m_freshness->sizeHint().width()
        + layout()->spacing();
    for (const Picker* picker : {m_kind, m_period, m_measure, m_currency})
        wanted += picker->isHidden() ? 0 : picker->sizeHint().width() + layout()->spacing();
    m_freshness->setVisible(wanted <= width());
}

void TopBar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    fit();
}

void TopBar::setFreshness(const std::optional<Freshness>& freshness)
{
    m_freshness->setText(freshness ? freshnessText(*freshness) : QString{});
    m_freshness->setToolTip(freshness ? freshnessDetail(*freshness) : QString{});
    fit();
}

void TopBar::setCurrencies(const std::vector<Currency>& currencies, Currency shown)
{
    m_currencies = currencies;
    std::vector<Picker::Choice> choices;
    int current = 0;
    for (std::size_t i = 0; i < currencies.size(); ++i) {
        choices.push_back({QString::fromLatin1(currencies[i].code()), static_cast<int>(i)});
        current = currencies[i] == shown ? static_cast<int>(i) : current;
    }
    m_currency->setChoices(choices);
    m_currency->setCurrent(current, QString::fromLatin1(shown.code()));
    m_currency->setVisible(currencies.size() > 1);
    fit();
}

void TopBar::setUsable(bool usable)
{
    for (Picker* picker : {m_kind, m_period, m_measure, m_currency})
        picker->setEnabled(usable);
    m_filter->setEnabled(usable);
}

void TopBar::clear()
{
    m_filter->clearAll();
    setFreshness(std::nullopt);
    m_currency->hide();
    refreshPeriods();
    refresh();
}

} // namespace sluice::ui
