// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace sluice::ui {

// A figure with its caption above and a note below. It is a button because every figure answers
// "where does this come from?".
class FigureButton : public QAbstractButton {
    Q_OBJECT

public:
    // `brief` is the caption where there is no room for the whole one.
    FigureButton(const QString& caption, const QString& brief, QWidget* parent = nullptr);

    // `compact` is the value in short ("USD 949.4k"): said by a screen reader, and shown where the
    // value has no room. Empty where the value is short already.
    void setFigure(const QString& value, const QString& note, const QString& compact);
    void clear();
    [[nodiscard]] QString value() const { return m_value; }
    [[nodiscard]] QString note() const { return m_note; }
    // What is painted in so much width: type shrinks and texts give way as wholes, because half a
    // number is a wrong number.
    struct Shown {
        QString caption;
        QString value;
        QString note;
        QFont valueFont;
    };
    [[nodiscard]] Shown shownIn(int width) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override; // Enter, like Space
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QString m_caption;
    QString m_brief;
    QString m_value;
    QString m_compact;
    QString m_note;
    bool m_hovered{false};
};

} // namespace sluice::ui
