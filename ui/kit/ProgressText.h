// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/TaskContext.h"

#include <QString>

namespace sluice::ui {

// How far a job is in words: "12.4 of 40.1 MB · 8.1 MB/s · about 3 s left"; the rate and what is
// left only once the job has run for 3 s and they mean something. Empty while the total is unknown.
[[nodiscard]] QString progressText(const Progress& progress, qint64 elapsedMs);
// 0 … 1000 of 1000; nothing while the total is unknown.
[[nodiscard]] std::optional<int> progressPerMille(const Progress& progress);

} // namespace sluice::ui
