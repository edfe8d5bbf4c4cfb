// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace sluice::ui {

// Puts a secret where one can paste it, marked so that managers of clipboards do not keep it, and
// takes it away again after the time that is set, unless something else was copied since. GUI
// thread.
void copySecret(const QString& secret);
void setSecretLifetime(std::chrono::milliseconds lifetime);

} // namespace sluice::ui
