// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/kit/SettingTable.h"

#include <QWidget>

#include <functional>

namespace sluice::ui {

// The widget in which a setting is chosen: a list, a box to tick, a number. Tells each choice at
// once; show() puts in what holds without telling.
struct SettingEditor {
    QWidget* widget;
    std::function<void(const QString& value)> show;
};
[[nodiscard]] SettingEditor makeSettingEditor(
    SettingId id, QWidget* parent, const std::function<void(const QString& value)>& chosen);

} // namespace sluice::ui
