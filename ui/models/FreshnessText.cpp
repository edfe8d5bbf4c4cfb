// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/FreshnessText.h"

#include "ui/kit/DateText.h"

#include <QCoreApplication>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("FreshnessText", text);
}

} // namespace

QString freshnessText(const Freshness& freshness)
{
    switch (freshness.state) {
    case FreshnessState::Final:
        return tr("Final");
    case FreshnessState::Missing:
        return tr("Missing");
    case FreshnessState::NoData:
        return tr("No data");
    case FreshnessState::Preliminary:
        break;
    }
    return freshness.missing.empty() ? tr("Preliminary") : tr("Preliminary, days missing");
}

QStringList missingLines(const Freshness& freshness, std::size_t most)
{
    QStringList lines;
    for (std::size_t i = 0; i < freshness.missing.size() && i < most; ++i)
        lines << tr("%1 misses %2")
                     .arg(QString::fromStdString(freshness.missing[i].source),
                         rangeText(freshness.missing[i].days));
    if (freshness.missing.size() > most)
        lines << tr("and %1 more").arg(freshness.missing.size() - most);
    return lines;
}

QString freshnessDetail(const Freshness& freshness)
{
    QStringList lines;
    switch (freshness.state) {
    case FreshnessState::Final:
        lines << tr("The days are over and delivered, and each charge is on an issued invoice.");
        break;
    case FreshnessState::Preliminary:
        lines << tr("Delivered; the provider may still restate it.");
        break;
    case FreshnessState::Missing:
        lines << tr("Nothing was delivered for these days: unknown, not zero.");
        break;
    case FreshnessState::NoData:
        lines << tr(
            "No source has data for these days, and none is expected yet: unknown, not zero.");
        break;
    }
    lines << missingLines(freshness, freshness.missing.size());
    return lines.join(u'\n');
}

} // namespace sluice::ui
