// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/kit/ErrorText.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace sluice::ui {

class IconLabel;

enum class InfoLevel : std::uint8_t { Info, Ok, Warning, Critical };

// A message that stays above a page until it is dealt with or dismissed. Hidden while it has
// nothing to say.
class InfoBar : public QFrame {
    Q_OBJECT

public:
    explicit InfoBar(QWidget* parent = nullptr);

    void showMessage(InfoLevel level, const QString& text, const QString& detail = {});
    void showError(const Error& error);
    void clear();
    // Buttons beside the message; they go with the next message. An empty text: no button.
    void setActions(const QString& first, const QString& second = {});
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString detail() const;

signals:
    void actionTriggered();
    void secondActionTriggered();

private:
    QPushButton* makeButton(const QString& objectName);

    IconLabel* m_icon;
    QLabel* m_text;
    QLabel* m_detail;
    QPushButton* m_action;
    QPushButton* m_secondAction;
};

} // namespace sluice::ui
