// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Currency.h"
#include "ui/kit/MoneyText.h"
#include "ui/kit/SettingStore.h"
#include "ui/kit/Theme.h"

#include <QLocale>
#include <QObject>
#include <QPalette>

#include <chrono>
#include <optional>

namespace sluice::ui {

// Does what the settings say, at the start and whenever one changes: colours, sizes, motion,
// formats and how long a secret is kept for pasting. Who owns a part that only one place has (the
// idle lock, the view) listens to the store. GUI thread.
class LiveSettings : public QObject {
    Q_OBJECT

public:
    explicit LiveSettings(SettingStore& store, QObject* parent = nullptr);
    ~LiveSettings() override; // gives the default locale back

    // Writes as the settings say, also when they change; hand out copies.
    [[nodiscard]] const MoneyText& money() const { return m_money; }
    [[nodiscard]] ThemeChoice theme() const;
    void setTheme(ThemeChoice choice);
    [[nodiscard]] std::optional<Currency> reportCurrency() const; // nothing: the ledger's own
    // `standard` unless the person chose a time.
    [[nodiscard]] std::chrono::milliseconds idleTime(std::chrono::milliseconds standard) const;

signals:
    void formatsChanged(); // what is shown has to be written anew

private:
    void apply(SettingId id);
    void applyFormats();

    SettingStore& m_store;
    QPalette m_systemPalette;
    QLocale m_systemLocale;
    MoneyText m_money;
};

} // namespace sluice::ui
