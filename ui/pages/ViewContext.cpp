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
        m_period = firstPeriod(facts);
        const bool known = std::ranges::find(facts.kinds, m_kind) != facts.kinds.end();
        if (!known && !facts.kinds.empty())
            m_kind = facts.kinds.front();
    }
    emit factsArrived();
    emit changed();
}

void ViewContext::reset()
{
    m_facts = {};
    m_period.reset();
    m_kind = BatchKind::Billed;
    m_currency.reset();
    m_drill.clear();
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

void ViewContext::setPeriod(std::optional<Period> period)
{
    assign(m_period, period);
}

void ViewContext::stepPeriod(int steps)
{
    if (m_period)
        setPeriod(stepped(*m_period, steps, m_facts.calendar));
}

void ViewContext::setMeasure(Measure measure)
{
    assign(m_measure, measure);
}

void ViewContext::setKind(BatchKind kind)
{
    assign(m_kind, kind);
}

void ViewContext::setCurrency(std::optional<Currency> currency)
{
    assign(m_currency, currency);
}

void ViewContext::setDrill(std::vector<DrillStep> drill)
{
    assign(m_drill, std::move(drill));
}

void ViewContext::goUp()
{
    if (!m_drill.empty())
        setDrill({m_drill.begin(), m_drill.end() - 1});
}

void ViewContext::lookAt(const SpendQuery& query, std::vector<DrillStep> drill)
{
    m_period = query.period;
    m_measure = query.measure;
    m_kind = query.kind;
    m_drill = std::move(drill);
    const auto currency = std::ranges::find(m_drill, "currency", &DrillStep::dimension);
    if (currency != m_drill.end()) {
        if (const auto picked = Currency::parse(currency->value); picked.ok())
            m_currency = *picked;
        m_drill.erase(currency); // the picker says it, and can say another one
    }
    emit changed();
}

SpendQuery ViewContext::query() const
{
    SpendQuery query;
    query.period = m_period;
    query.measure = m_measure;
    query.kind = m_kind;
    for (const DrillStep& step : m_drill) {
        const auto dimension = parseDimension(step.dimension);
        SLUICE_CHECK(dimension.ok()); // steps are made from our own nestings
        query.where.push_back({*dimension, {step.value}});
    }
    return query;
}

QString ViewContext::periodName() const
{
    return m_period ? periodText(*m_period, m_facts.calendar) : tr("All days");
}

QString ViewContext::sentence() const
{
    QStringList parts;
    for (const DrillStep& step : m_drill)
        parts << step.name;
    parts << periodName() << measureText(m_measure);
    if (m_kind != BatchKind::Billed)
        parts << kindText(m_kind);
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
