// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace sluice::ui {

// A page that asks for little: one column of at most `width` pixels, a little above the middle of
// the window.
class CentredColumn : public QWidget {
    Q_OBJECT

public:
    explicit CentredColumn(int width, QWidget* parent = nullptr);
    [[nodiscard]] QVBoxLayout* column() const { return m_column; }

private:
    QVBoxLayout* m_column;
};

} // namespace sluice::ui
