// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Int128.h"

#include <QWidget>

#include <optional>

namespace sluice::ui {

// The step of the sequential ramp (0 … 4) for the share that has an owner: up to 25 %, 50 %, 75 %,
// below 100 %, all. Nothing when none has one: that is hatched. Exact.
[[nodiscard]] std::optional<int> coverageStep(Int128 owned, Int128 whole);

// The steps of the coverage colours with their bounds, and the hatch for none.
class CoverageLegend : public QWidget {
    Q_OBJECT

public:
    explicit CoverageLegend(QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace sluice::ui
