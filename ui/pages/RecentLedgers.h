// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <vector>

class QSettings;

namespace sluice::ui {

struct RecentLedger {
    QString path;
    QDateTime opened;
};

// The ledgers that were opened last, newest first, without those that are gone. Only paths and
// times are kept.
class RecentLedgers {
public:
    static constexpr int Max = 8;

    explicit RecentLedgers(QSettings& settings)
        : m_settings{settings}
    {
    }
    [[nodiscard]] std::vector<RecentLedger> list() const;
    void add(const QString& path, const QDateTime& now);

private:
    QSettings& m_settings;
};

} // namespace sluice::ui
