// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Random.h"
#include "ui/charts/BarChart.h"
#include "ui/charts/BulletChart.h"
#include "ui/charts/CalendarHeatMap.h"
#include "ui/charts/ParetoChart.h"
#include "ui/charts/WaterfallChart.h"
#include "ui/kit/MoneyText.h"

#include <QStringList>

#include <algorithm>

namespace sluice::test {

// Data for charts: the same seed gives the same. Amounts are billionths of a dollar.

inline constexpr Int128 Dollar = 1'000'000'000;

inline ui::AmountTexts dollarTexts()
{
    const Currency usd = Currency::parse("USD").value();
    return {[usd](Int128 amount) { return ui::MoneyText{}.compact(amount, usd); },
        [usd](Int128 amount) { return ui::MoneyText{}.exact(amount, usd); }};
}

inline QString nameOf(std::size_t at, bool german)
{
    static const QStringList english{QStringLiteral("Support assistant"),
        QStringLiteral("GPU usage"), QStringLiteral("Model mix (cheaper)"),
        QStringLiteral("Prompt caching"), QStringLiteral("Human review"),
        QStringLiteral("Vendor price"), QStringLiteral("Search"), QStringLiteral("Evaluation"),
        QStringLiteral("Meeting notes"), QStringLiteral("Invoice matcher")};
    static const QStringList longer{
        QStringLiteral("Rechnungspr\u00FCfungsassistenz der Konzernbuchhaltung"),
        QStringLiteral("Grafikprozessornutzungsgeb\u00FChren"),
        QStringLiteral("Kundenbetreuungsautomatisierung"),
        QStringLiteral("Zwischenspeicherungseffekte"),
        QStringLiteral("Datenschutz-Folgenabsch\u00E4tzung und Freigabe"),
        QStringLiteral("Anbieterpreisanpassung"), QStringLiteral("Suche"),
        QStringLiteral("Qualit\u00E4tssicherungsma\u00DFnahmen"),
        QStringLiteral("Besprechungsprotokollierung"), QStringLiteral("Beschaffungswesen")};
    const QStringList& names = german ? longer : english;
    const auto count = static_cast<std::size_t>(names.size());
    QString name = names[static_cast<qsizetype>(at % count)];
    if (at >= count)
        name += QStringLiteral(" %1").arg(at / count + 1);
    return name;
}

struct SampleShape {
    std::size_t items{10};
    bool german{false};
    bool negative{false};
};

inline Int128 sampleAmount(SeededRandom& random, std::size_t at, const SampleShape& shape)
{
    const auto whole = static_cast<Int128>(random.between(800, 9'000)) * 10 / Int128(at + 1);
    const bool credit = shape.negative && at % 3 == 2;
    return (credit ? -whole / 2 : whole) * Dollar + 370'000'000;
}

inline ui::BarData sampleBars(const SampleShape& shape, ui::BarShape bars)
{
    SeededRandom random{7};
    ui::BarData data;
    data.shape = bars;
    data.texts = dollarTexts();
    data.nameTitle = QStringLiteral("Workflow");
    data.partTitles = {QStringLiteral("Actual"), QStringLiteral("Plan")};
    for (std::size_t i = 0; i < shape.items; ++i) {
        ui::BarItem item;
        item.key = QStringLiteral("w%1").arg(i);
        item.name = nameOf(i, shape.german);
        const Int128 amount = sampleAmount(random, bars == ui::BarShape::Columns ? 0 : i, shape);
        const bool late = bars == ui::BarShape::Columns && i + 2 >= shape.items;
        item.parts = {{shape.negative && i % 3 == 2 ? -amount / 2 : amount,
                          late ? ui::Scenario::Forecast : ui::Scenario::Actual},
            {amount * 9 / 10, i % 2 == 0 ? ui::Scenario::Plan : ui::Scenario::Prior}};
        data.items.push_back(std::move(item));
    }
    return data;
}

inline ui::BulletData sampleBullets(const SampleShape& shape)
{
    SeededRandom random{11};
    ui::BulletData data;
    data.texts = dollarTexts();
    data.nameTitle = QStringLiteral("Owner");
    for (std::size_t i = 0; i < shape.items; ++i) {
        ui::BulletItem item;
        item.key = QStringLiteral("o%1").arg(i);
        item.name = nameOf(i, shape.german);
        item.actual = sampleAmount(random, i, shape);
        if (i % 5 != 4)
            item.plan = i % 7 == 6 ? item.actual
                                   : sampleAmount(random, i, {shape.items, shape.german, false});
        data.items.push_back(std::move(item));
    }
    return data;
}

inline ui::WaterfallData sampleWaterfall(const SampleShape& shape)
{
    SeededRandom random{13};
    ui::WaterfallData data;
    data.texts = dollarTexts();
    data.nameTitle = QStringLiteral("Driver");
    if (shape.items == 0)
        return data;
    ui::WaterfallTotal start;
    start.key = QStringLiteral("plan");
    start.name = QStringLiteral("Plan");
    start.amount = (shape.negative ? 6'000 : 412'000) * Dollar;
    start.scenario = ui::Scenario::Plan;
    Int128 level = start.amount;
    for (std::size_t i = 0; i < shape.items; ++i) {
        ui::WaterfallStep step;
        step.key = QStringLiteral("d%1").arg(i);
        step.name = nameOf(i, shape.german);
        step.delta = random.between(-14'000, 17'000) * Dollar / Int128(i / 4 + 1);
        level += step.delta;
        data.steps.push_back(std::move(step));
    }
    data.start = std::move(start);
    data.end.key = QStringLiteral("actual");
    data.end.name = QStringLiteral("Actual");
    data.end.amount = level + 900 * Dollar;
    return data;
}

inline ui::HeatData sampleHeat(const SampleShape& shape)
{
    SeededRandom random{17};
    ui::HeatData data;
    data.texts = dollarTexts();
    const BusinessDate first{std::chrono::year{2026} / 7 / 1};
    const auto days = static_cast<std::int32_t>(shape.items == 10 ? 92 : shape.items);
    data.period = {first, first.plusDays(days)};
    for (std::int32_t i = 0; i < days; ++i) {
        const BusinessDate day = first.plusDays(i);
        if (i % 17 == 12 || (i > 60 && i < 65))
            continue; // missing
        Int128 amount = day.isoWeekday() >= 5 ? Int128{0} : random.between(10, 4'000) * Dollar;
        if (shape.negative && i % 11 == 3)
            amount = -amount;
        data.days.push_back({day, amount, {}, {}});
    }
    return data;
}

inline ui::ParetoData samplePareto(const SampleShape& shape)
{
    SeededRandom random{19};
    ui::ParetoData data;
    data.texts = dollarTexts();
    data.nameTitle = QStringLiteral("Vendor");
    for (std::size_t i = 0; i < shape.items; ++i) {
        ui::ParetoItem item;
        item.key = QStringLiteral("v%1").arg(i);
        item.name = nameOf(i, shape.german);
        item.amount = sampleAmount(random, i, shape);
        data.items.push_back(std::move(item));
    }
    return data;
}

} // namespace sluice::test
