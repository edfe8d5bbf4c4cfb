// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/SettingStore.h"

#include <QSettings>

#include <array>

namespace sluice::ui {

namespace {

QString keyOf(SettingId id)
{
    return QString::fromLatin1(settingLine(id).key);
}

} // namespace

SettingStore::SettingStore(QSettings& settings, QObject* parent)
    : QObject{parent}
    , m_settings{settings}
{
    takeOverEarlier();
}

// The first version kept the theme as a number of its own.
void SettingStore::takeOverEarlier()
{
    const QString earlier = QStringLiteral("theme");
    if (!m_settings.contains(earlier))
        return;
    static constexpr std::array<const char*, 3> Words{"system", "light", "dark"};
    const int number = m_settings.value(earlier).toInt();
    if (!m_settings.contains(keyOf(SettingId::Theme)) && number > 0 && number < 3)
        m_settings.setValue(
            keyOf(SettingId::Theme), QString::fromLatin1(Words[static_cast<std::size_t>(number)]));
    m_settings.remove(earlier);
}

QString SettingStore::value(SettingId id) const
{
    const QString kept = m_settings.value(keyOf(id)).toString();
    return isSettingValue(id, kept) ? kept : QString::fromLatin1(settingLine(id).standard);
}

bool SettingStore::flag(SettingId id) const
{
    return value(id) == QStringLiteral("true");
}

int SettingStore::number(SettingId id) const
{
    return value(id).toInt();
}

bool SettingStore::isChanged(SettingId id) const
{
    return value(id) != QLatin1StringView{settingLine(id).standard};
}

bool SettingStore::set(SettingId id, const QString& value)
{
    if (!isSettingValue(id, value))
        return false;
    if (value == this->value(id))
        return true;
    // What is as it would be anyway is not kept, so that a better standard reaches those who never
    // chose.
    if (value == QLatin1StringView{settingLine(id).standard})
        m_settings.remove(keyOf(id));
    else
        m_settings.setValue(keyOf(id), value);
    emit changed(id);
    return true;
}

void SettingStore::reset(SettingId id)
{
    set(id, QString::fromLatin1(settingLine(id).standard));
}

} // namespace sluice::ui
