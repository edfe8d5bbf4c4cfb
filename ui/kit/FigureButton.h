// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace sluice::ui {

// A figure with its caption above and a note below. It is a button because every figure answers
// "where does this come from?".
class FigureButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit FigureButton(const QString& caption, QWidget* parent = nullptr);

    void setFigure(const QString& value, const QString& note, const QString& spoken);
    void clear();
    [[nodiscard]] QString value() const { return m_value; }
    [[nodiscard]] QString note() const { return m_note; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override; // Enter, like Space
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QString m_caption;
    QString m_value;
    QString m_note;
    bool m_hovered{false};
};

} // namespace sluice::ui
