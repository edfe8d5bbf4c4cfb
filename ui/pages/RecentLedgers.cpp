// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/RecentLedgers.h"

#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace sluice::ui {

std::vector<RecentLedger> RecentLedgers::list() const
{
    std::vector<RecentLedger> ledgers;
    const int count = m_settings.beginReadArray(QStringLiteral("recent"));
    for (int i = 0; i < count; ++i) {
        m_settings.setArrayIndex(i);
        const QString path = m_settings.value(QStringLiteral("path")).toString();
        if (QFileInfo::exists(path))
            ledgers.push_back({path, m_settings.value(QStringLiteral("opened")).toDateTime()});
    }
    m_settings.endArray();
    return ledgers;
}

void RecentLedgers::add(const QString& path, const QDateTime& now)
{
    const QString absolute = QFileInfo{path}.absoluteFilePath();
    std::vector<RecentLedger> ledgers = list();
    std::erase_if(
        ledgers, [&absolute](const RecentLedger& ledger) { return ledger.path == absolute; });
    ledgers.insert(ledgers.begin(), {absolute, now});
    ledgers.resize(std::min<std::size_t>(ledgers.size(), Max));
    m_settings.remove(QStringLiteral("recent"));
    m_settings.beginWriteArray(QStringLiteral("recent"));
    for (int i = 0; i < static_cast<int>(ledgers.size()); ++i) {
        m_settings.setArrayIndex(i);
        m_settings.setValue(QStringLiteral("path"), ledgers[static_cast<std::size_t>(i)].path);
        m_settings.setValue(QStringLiteral("opened"), ledgers[static_cast<std::size_t>(i)].opened);
    }
    m_settings.endArray();
}

} // namespace sluice::ui
