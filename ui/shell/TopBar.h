// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/FreshnessText.h"
#include "ui/pages/ViewContext.h"

#include <QFrame>

class QLabel;

namespace sluice::ui {

class Picker;

// What all pages look at, always in sight: scope, period and how fresh its figures are, measure,
// kind of number, currency.
class TopBar : public QFrame {
    Q_OBJECT

public:
    explicit TopBar(ViewContext& view, QWidget* parent = nullptr);

    void setScope(const QString& text);
    void setFreshness(const std::optional<Freshness>& freshness); // nothing: not known yet
    void setCurrencies(const std::vector<Currency>& currencies, Currency shown);
    // Whether the page that is shown looks at what is chosen here.
    void setUsable(bool usable);
    void clear();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    void refresh();
    void refreshPeriods();
    void choosePeriod(int value);

    ViewContext& m_view;
    QLabel* m_scope;
    QLabel* m_freshness;
    Picker* m_period;
    Picker* m_measure;
    Picker* m_kind;
    Picker* m_currency;
    std::vector<std::optional<Period>> m_periods;
    std::vector<Currency> m_currencies;
};

} // namespace sluice::ui
