// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/charts/ChartSamples.h"
#include "ui/charts/TrendData.h"

namespace sluice::test {

inline BusinessDate sampleDay(std::int32_t day)
{
    return BusinessDate{std::chrono::year{2026} / 7 / 1}.plusDays(day);
}

// Daily cost with an expected range, an anomaly, a gap and days that are not complete.
inline ui::TrendData sampleTrend(const SampleShape& shape)
{
    SeededRandom random{29};
    ui::TrendData data;
    data.texts = dollarTexts();
    const auto days = static_cast<std::int32_t>(shape.items == 10 ? 62 : shape.items);
    data.period = {sampleDay(0), sampleDay(days)};
    if (days == 0)
        return data;
    ui::TrendSeries actual;
    actual.key = QStringLiteral("actual");
    actual.name = nameOf(0, shape.german);
    ui::TrendSeries prior;
    prior.key = QStringLiteral("prior");
    prior.name = nameOf(4, shape.german);
    prior.scenario = ui::Scenario::Prior;
    ui::TrendBand band;
    band.name = QStringLiteral("expected");
    for (std::int32_t i = 0; i < days; ++i) {
        const bool weekend = sampleDay(i).isoWeekday() >= 5;
        const Int128 base = (weekend ? 1'100 : 1'900) * Dollar;
        Int128 amount = base + random.between(-300, 300) * Dollar;
        if (i == 40)
            amount = 6'400 * Dollar;
        if (shape.negative && i % 9 == 4)
            amount = -amount;
        prior.points.push_back({sampleDay(i), base * 4 / 5 + random.between(-200, 200) * Dollar});
        band.points.push_back({sampleDay(i), base * 8 / 10, base * 13 / 10});
        if (i > 25 && i < 31)
            continue; // nothing has been delivered
        if (i < 54 || days > 100)
            actual.points.push_back({sampleDay(i), amount});
    }
    data.series = {actual, prior};
    data.bands = {band};
    if (days > 40)
        data.markers = {{sampleDay(40), 6'400 * Dollar, QStringLiteral("retry loop?")}};
    if (days == 62) {
        data.today = sampleDay(54);
        data.freshEnd = sampleDay(51);
    }
    return data;
}

// A budget that is being used up: running total, plan, and the fan of what may come.
inline ui::TrendData sampleFan(const SampleShape& shape)
{
    SeededRandom random{31};
    ui::TrendData data;
    data.texts = dollarTexts();
    const auto days = static_cast<std::int32_t>(shape.items == 10 ? 92 : shape.items);
    data.period = {sampleDay(0), sampleDay(days)};
    if (days == 0)
        return data;
    const auto series = [](const char* key, const char* name, ui::Scenario scenario) {
        ui::TrendSeries made;
        made.key = QString::fromLatin1(key);
        made.name = QString::fromLatin1(name);
        made.scenario = scenario;
        return made;
    };
    ui::TrendSeries actual = series("actual", "Actual", ui::Scenario::Actual);
    ui::TrendSeries plan = series("plan", "Plan", ui::Scenario::Plan);
    ui::TrendSeries middle = series("p50", "Forecast P50", ui::Scenario::Forecast);
    std::vector<ui::TrendBand> bands{
        {QStringLiteral("P10\u2013P90"), {}}, {QStringLiteral("P25\u2013P75"), {}}};
    const std::int32_t now = days * 2 / 3;
    Int128 level = 0;
    for (std::int32_t i = 0; i < days; ++i) {
        plan.points.push_back({sampleDay(i), Int128(i + 1) * 1'100 * Dollar});
        level += random.between(shape.negative ? -900 : 400, 2'100) * Dollar;
        if (i <= now)
            actual.points.push_back({sampleDay(i), level});
        if (i < now)
            continue;
        middle.points.push_back({sampleDay(i), level});
        for (std::size_t b = 0; b < 2; ++b) {
            const Int128 spread = Int128(i - now) * (b == 0 ? 700 : 300) * Dollar;
            bands[b].points.push_back({sampleDay(i), level - spread, level + spread});
        }
    }
    data.series = {actual, plan, middle};
    data.bands = bands;
    data.today = sampleDay(now);
    return data;
}

} // namespace sluice::test
