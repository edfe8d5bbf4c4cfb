// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/FreshnessText.h"
#include "ui/pages/Page.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace sluice::ui {

class FilterBar;
class Picker;

// What all pages look at, always in sight: the filter, the period and how fresh its figures are,
// the measure, the kind of number, the currency; and the way to find anything.
class TopBar : public QFrame {
    Q_OBJECT

public:
    explicit TopBar(const PageContext& context, QWidget* parent = nullptr);

    void setFreshness(const std::optional<Freshness>& freshness); // nothing: not known yet
    void setCurrencies(const std::vector<Currency>& currencies, Currency shown);
    // Whether the page that is shown looks at what is chosen here.
    void setUsable(bool usable);
    void clear();
    [[nodiscard]] FilterBar& filter() const { return *m_filter; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildRow();
    void connectPickers();
    void fit();
    void refresh();
    void refreshPeriods();

    ViewContext& m_view;
    QToolButton* m_search;
    FilterBar* m_filter;
    QLabel* m_freshness;
    Picker* m_period;
    Picker* m_measure;
    Picker* m_kind;
    Picker* m_currency;
    std::vector<std::optional<Period>> m_periods;
    std::vector<Currency> m_currencies;
};

} // namespace sluice::ui
