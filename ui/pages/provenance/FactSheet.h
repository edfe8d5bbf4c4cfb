// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <utility>
#include <vector>

class QVBoxLayout;

namespace sluice::ui {

// Facts in sections, label and value; values wrap, can be selected, and are read out by a screen
// reader as one.
class FactSheet : public QWidget {
    Q_OBJECT

public:
    struct Section {
        QString title;
        std::vector<std::pair<QString, QString>> facts; // empty values are left out
    };

    explicit FactSheet(QWidget* parent = nullptr);
    void setSections(const std::vector<Section>& sections);
    [[nodiscard]] QString text() const { return m_text; }

private:
    QVBoxLayout* m_column;
    QString m_text;
};

} // namespace sluice::ui
