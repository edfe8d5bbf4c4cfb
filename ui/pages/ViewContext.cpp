// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ViewContext.h"

#include "core/base/Check.h"
#include "ui/kit/DateText.h"

#include <QCoreApplication>

#include <algorithm>

namespace sluice::ui {

void ViewContext::setFacts(const LedgerFacts& facts)
{
    const bool hadDays = m_facts.days.has_value();
    m_facts = facts;
    if (!m_started || !hadDays) {
        m_started = true;
        m_state.period = firstPeriod(facts);
        const bool known = std::ranges::find(facts.kinds, m_state.kind) != facts.kinds.end();
        if (!known && !facts.kinds.empty())
            m_state.kind = facts.kinds.front();
    }
    emit factsArrived();
    emit changed();
}

void ViewContext::reset()
{
    m_facts = {};
    m_state = {};
    m_expected = 0;
    m_started = false;
}

void ViewContext::expect(std::uint64_t revision)
{
    m_expected = revision;
    if (isBehind())
        emit fellBehind();
}

template <class T>
void ViewContext::assign(T& field, T value)
{
    if (field == value)
        return;
    field = std::move(value);
    emit changed();
}

void ViewContext::setState(ViewState state)
{
    assign(m_state, std::move(state));
}

void ViewContext::setPeriod(std::optional<Period> period)
{
    assign(m_state.period, period);
}

void ViewContext::stepPeriod(int steps)
{
    if (m_state.period)
        setPeriod(stepped(*m_state.period, steps, m_facts.calendar));
}

void ViewContext::setComparison(Comparison comparison)
{
    assign(m_state.comparison, comparison);
}

void ViewContext::setMeasure(Measure measure)
{
    assign(m_state.measure, measure);
}

void ViewContext::setKind(BatchKind kind)
{
    assign(m_state.kind, kind);
}

void ViewContext::setCurrency(std::optional<Currency> currency)
{
    assign(m_state.currency, currency);
}

void ViewContext::renewFilter(ViewFilter filter)
{
    m_state.filter = std::move(filter);
    emit changed();
}

void ViewContext::setDrill(std::vector<DrillStep> drill)
{
    assign(m_state.drill, std::move(drill));
}

void ViewContext::goUp()
{
    if (!m_state.drill.empty())
        setDrill({m_state.drill.begin(), m_state.drill.end() - 1});
}

void ViewContext::showAll()
{
    ViewState all = m_state;
    all.drill.clear();
    all.filter = {};
    setState(std::move(all));
}

void ViewContext::lookAt(
    const SpendQuery& query, const ViewFilter& filter, std::vector<DrillStep> drill)
{
    m_state.period = query.period;
    m_state.measure = query.measure;
    m_state.kind = query.kind;
    m_state.filter = filter;
    m_state.drill = std::move(drill);
    const auto currency = std::ranges::find(m_state.drill, "currency", &DrillStep::dimension);
    if (currency != m_state.drill.end()) {
        if (const auto picked = Currency::parse(currency->value); picked.ok())
            m_state.currency = *picked;
        m_state.drill.erase(currency); // the picker says it, and can say another one
    }
    emit changed();
}

std::optional<Period> ViewContext::comparedPeriod() const
{
    if (!m_state.period)
        return std::nullopt;
    switch (m_state.comparison) {
    case Comparison::PreviousPeriod:
        return periodBefore(*m_state.period, m_facts);
    case Comparison::PreviousYear:
        return periodYearBefore(*m_state.period, m_facts);
    case Comparison::None:
        break;
    }
    return std::nullopt;
}

bool ViewContext::isNarrowed() const
{
    return !m_state.drill.empty() || !m_state.filter.text.isEmpty();
}

WhyEmpty ViewContext::whyEmpty() const
{
    if (isBehind())
        return WhyEmpty::Reading;
    if (!m_facts.days)
        return WhyEmpty::NothingImported;
    if (m_state.period && !hasCharges(m_facts, *m_state.period))
        return WhyEmpty::NothingDelivered;
    return isNarrowed() ? WhyEmpty::FilteredOut : WhyEmpty::NoneFound;
}

SpendQuery ViewContext::query() const
{
    SpendQuery query;
    query.period = m_state.period;
    query.measure = m_state.measure;
    query.kind = m_state.kind;
    query.where = m_state.filter.where;
    query.words = m_state.filter.words;
    query.amounts = m_state.filter.amounts;
    for (const DrillStep& step : m_state.drill) {
        const auto dimension = parseDimension(step.dimension);
        SLUICE_CHECK(dimension.ok()); // steps are made from our own nestings
        query.where.push_back({*dimension, {step.value}});
    }
    return query;
}

QString ViewContext::periodName() const
{
    return m_state.period ? periodText(*m_state.period, m_facts.calendar) : tr("All days");
}

QString ViewContext::comparedName() const
{
    const auto compared = comparedPeriod();
    return compared ? periodText(*compared, m_facts.calendar) : QString{};
}

QString ViewContext::sentence() const
{
    QStringList parts;
    for (const DrillStep& step : m_state.drill)
        parts << step.name;
    if (!m_state.filter.text.isEmpty())
        parts << m_state.filter.text;
    parts << periodName() << measureText(m_state.measure);
    if (m_state.kind != BatchKind::Billed)
        parts << kindText(m_state.kind);
    return parts.join(QStringLiteral(" \u00B7 "));
}

QString ViewContext::scopeName() const
{
    if (m_facts.scope.empty())
        return tr("The whole company");
    QStringList names;
    for (const std::string& name : m_facts.scope)
        names << QString::fromStdString(name);
    return names.join(QStringLiteral(", "));
}

QString ViewContext::wholeSentence() const
{
    QStringList parts{scopeName(), sentence()};
    if (const QString compared = comparedName(); !compared.isEmpty())
        parts << tr("against %1").arg(compared);
    return parts.join(QStringLiteral(" \u00B7 "));
}

QString measureText(Measure measure)
{
    switch (measure) {
    case Measure::BilledCost:
        return QCoreApplication::translate("ViewContext", "Billed cost");
    case Measure::EffectiveCost:
        return QCoreApplication::translate("ViewContext", "Effective cost");
    case Measure::ListCost:
        return QCoreApplication::translate("ViewContext", "List cost");
    case Measure::ContractedCost:
        return QCoreApplication::translate("ViewContext", "Contracted cost");
    }
    return {};
}

QString kindText(BatchKind kind)
{
    switch (kind) {
    case BatchKind::Billed:
        return QCoreApplication::translate("ViewContext", "Billed");
    case BatchKind::Estimated:
        return QCoreApplication::translate("ViewContext", "Estimated");
    case BatchKind::Committed:
        return QCoreApplication::translate("ViewContext", "Committed");
    }
    return {};
}

} // namespace sluice::ui
