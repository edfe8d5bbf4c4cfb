// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QWidget>

namespace sluice::ui {

// An icon that is drawn when it is painted, so that it follows the theme. A QLabel would keep a
// picture in old colours.
class IconLabel : public QWidget {
    Q_OBJECT

public:
    IconLabel(QIcon icon, int size, QWidget* parent = nullptr);
    void setIcon(const QIcon& icon);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QIcon m_icon;
};

} // namespace sluice::ui
