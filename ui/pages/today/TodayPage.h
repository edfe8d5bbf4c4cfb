// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/FindingColumns.h"
#include "ui/pages/Page.h"
#include "ui/pages/today/TodayQuestion.h"

class QLabel;
class QStackedWidget;

namespace sluice::ui {

class DataTable;
class EmptyState;
class FigureButton;
class TrendChart;

// What there is to know and to do today: the period's figures, what the ledger found by itself, how
// spend went lately, and how fresh each source is.
class TodayPage : public Page {
    Q_OBJECT

public:
    explicit TodayPage(const PageContext& context, QWidget* parent = nullptr);

    [[nodiscard]] std::optional<FigureSource> figure() const override;
    void setFreshness(const std::optional<Freshness>& freshness) override;
    void showSource() override;
    [[nodiscard]] bool leadsToCharges() const override { return true; }
    void showCharges() override;

signals:
    void answered(); // a new answer is on screen

protected:
    void ask() override;
    void forget() override;

private:
    void buildFigures();
    void buildFindings();
    void buildTrend();
    QWidget* card(const QString& title, QWidget* content);
    void accept(TodayAnswer answer);
    void showFigures();
    void showTrend();
    void showSources();
    void showEmpty();
    void openRow(int row);
    [[nodiscard]] std::optional<Coverage> owned() const;
    [[nodiscard]] FigureSource sourceOf(const Finding& finding) const;
    [[nodiscard]] FigureSource sourceOfTotal() const;
    [[nodiscard]] FigureSource sourceOfUnowned() const;
    [[nodiscard]] std::size_t waiting() const; // for somebody
    [[nodiscard]] const FindingsAnswer::Total* total() const;

    FigureButton* m_spend{nullptr};
    FigureButton* m_owned{nullptr};
    FigureButton* m_waits{nullptr};
    FigureButton* m_heldBack{nullptr};
    SnapshotTableModel<Finding>* m_findings{nullptr};
    DataTable* m_table{nullptr};
    TrendChart* m_trend{nullptr};
    QLabel* m_sources{nullptr};
    QStackedWidget* m_body{nullptr};
    EmptyState* m_empty{nullptr};
    TodayAnswer m_answer;
    QString m_freshness; // of the period
    LatestTask<TodayAnswer> m_task;
};

} // namespace sluice::ui
