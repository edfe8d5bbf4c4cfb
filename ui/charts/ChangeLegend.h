// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace sluice::ui {

// The seven steps of the change colours with their bounds.
class ChangeLegend : public QWidget {
    Q_OBJECT

public:
    explicit ChangeLegend(QWidget* parent = nullptr);
    void setCaption(const QString& caption);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_caption;
};

} // namespace sluice::ui
