// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/LiveSettings.h"

#include "ui/kit/Comfort.h"
#include "ui/kit/SecretClipboard.h"

#include <QApplication>

namespace sluice::ui {

namespace {

const char* wordOf(ThemeChoice choice)
{
    return choice == ThemeChoice::Light ? "light" : choice == ThemeChoice::Dark ? "dark" : "system";
}

RowRoom roomOf(const QString& word)
{
    return word == QStringLiteral("compact") ? RowRoom::Compact
        : word == QStringLiteral("roomy")    ? RowRoom::Roomy
                                             : RowRoom::Normal;
}

} // namespace

LiveSettings::LiveSettings(SettingStore& store, QObject* parent)
    : QObject{parent}
    , m_store{store}
    , m_systemPalette{QApplication::palette()}
    , m_systemLocale{QLocale{}}
{
    for (const SettingLine& line : settingTable())
        apply(line.id);
    connect(&store, &SettingStore::changed, this, &LiveSettings::apply);
}

LiveSettings::~LiveSettings()
{
    QLocale::setDefault(m_systemLocale);
}

void LiveSettings::apply(SettingId id)
{
    switch (id) {
    case SettingId::Theme:
        applyTheme(*qApp, theme(), m_systemPalette);
        break;
    case SettingId::TextSize:
        setTextSize(m_store.number(id));
        break;
    case SettingId::RowHeight:
        setRowRoom(roomOf(m_store.value(id)));
        break;
    case SettingId::ReducedMotion:
        setReducedMotion(m_store.flag(id));
        break;
    case SettingId::NumberFormat:
    case SettingId::NegativeAmounts:
        applyFormats();
        break;
    case SettingId::ClipboardSeconds:
        setSecretLifetime(std::chrono::seconds{m_store.number(id)});
        break;
    default:
        break;
    }
}

// Dates follow the numbers' locale, through the default locale: the language is another setting.
void LiveSettings::applyFormats()
{
    const QString wanted = m_store.value(SettingId::NumberFormat);
    const QLocale locale = wanted == QStringLiteral("system") ? m_systemLocale : QLocale{wanted};
    QLocale::setDefault(locale);
    NumberSigns signs = NumberSigns::of(locale, QApplication::font());
    signs.negative = m_store.value(SettingId::NegativeAmounts) == QStringLiteral("parentheses")
        ? NegativeStyle::Parentheses
        : NegativeStyle::Minus;
    m_money.setSigns(std::move(signs));
    emit formatsChanged();
}

ThemeChoice LiveSettings::theme() const
{
    const QString word = m_store.value(SettingId::Theme);
    return word == QStringLiteral("light") ? ThemeChoice::Light
        : word == QStringLiteral("dark")   ? ThemeChoice::Dark
                                           : ThemeChoice::System;
}

void LiveSettings::setTheme(ThemeChoice choice)
{
    m_store.set(SettingId::Theme, QString::fromLatin1(wordOf(choice)));
}

std::optional<Currency> LiveSettings::reportCurrency() const
{
    const auto currency = Currency::parse(m_store.value(SettingId::ReportCurrency).toStdString());
    return currency.ok() ? std::optional{*currency} : std::nullopt;
}

std::chrono::milliseconds LiveSettings::idleTime(std::chrono::milliseconds standard) const
{
    return m_store.isChanged(SettingId::IdleMinutes)
        ? std::chrono::minutes{m_store.number(SettingId::IdleMinutes)}
        : standard;
}

} // namespace sluice::ui
