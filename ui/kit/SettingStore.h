// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/kit/SettingTable.h"

#include <QObject>

class QSettings;

namespace sluice::ui {

// What the person chose, of SettingTable.h, kept in QSettings by key. What is kept there but makes
// no sense counts as not chosen. Tells whoever applies a setting; applies none itself. GUI thread.
class SettingStore : public QObject {
    Q_OBJECT

public:
    explicit SettingStore(QSettings& settings, QObject* parent = nullptr);

    [[nodiscard]] QString value(SettingId id) const;
    [[nodiscard]] bool flag(SettingId id) const;
    [[nodiscard]] int number(SettingId id) const;
    [[nodiscard]] bool isChanged(SettingId id) const; // from what it is until one chooses
    // False, and nothing happens, for what is no value of the setting.
    bool set(SettingId id, const QString& value);
    void reset(SettingId id);
    [[nodiscard]] QSettings& settings() const { return m_settings; }

signals:
    void changed(sluice::ui::SettingId id);

private:
    void takeOverEarlier();

    QSettings& m_settings;
};

} // namespace sluice::ui
