// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/Treemap.h"
#include "ui/models/SpendTreeModel.h"
#include "ui/pages/Page.h"
#include "ui/pages/spendmap/MapFigures.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace sluice::ui {

class Breadcrumb;
class ChangeLegend;
class EmptyState;
class FigureButton;
class Picker;
class RowTree;

// Where is the money, and whose is it: the map with its table twin, the way down and up, coverage,
// and the step to the charges and to the source of any figure.
class SpendMapPage : public Page {
    Q_OBJECT

public:
    explicit SpendMapPage(const PageContext& context, QWidget* parent = nullptr);

    [[nodiscard]] std::optional<FigureSource> figure() const override;
    [[nodiscard]] bool hasChart() const override { return true; }
    [[nodiscard]] bool showsTable() const override { return m_tableWanted; }
    void toggleTable() override;
    [[nodiscard]] bool leadsToCharges() const override { return true; }
    void showCharges() override;
    void setFreshness(const std::optional<Freshness>& freshness) override; // of the total
    void copyPicture() override;
    void copyData() override;

signals:
    void answered(); // a new answer is on screen

protected:
    void ask() override;
    void forget() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildTitle();
    void buildFigures();
    void buildBody();
    void buildFooter();
    void fitFooter();
    void nameColours();
    void accept(MapAnswer answer);
    void placeCursor();
    void showTotal();
    void showCoverage();
    void showCredits();
    void askAboutCoverage(Attribute attribute, const QString& caption);
    void showBody();
    void showEmpty();
    void sayWhyEmpty();
    [[nodiscard]] bool hasCharges() const;
    void drillTo(const QString& key);
    void drillBackTo(int step);
    [[nodiscard]] MapFigures figures() const { return {m_answer, context()}; }
    [[nodiscard]] QString selectedKey() const;

    Treemap* m_map{nullptr};
    RowTree* m_table{nullptr};
    SpendTreeModel* m_model{nullptr};
    QStackedWidget* m_body{nullptr};
    EmptyState* m_empty{nullptr};
    Breadcrumb* m_breadcrumb{nullptr};
    Picker* m_colour{nullptr};
    Picker* m_group{nullptr};
    ChangeLegend* m_legend{nullptr};
    QPushButton* m_credits{nullptr};
    QLabel* m_hints{nullptr};
    FigureButton* m_total{nullptr};
    std::vector<std::pair<Attribute, FigureButton*>> m_coverage;
    std::size_t m_nesting{0};
    bool m_showsChange{false}; // in the colours
    std::vector<DrillStep> m_shownDrill; // that of the answer on screen
    QString m_freshness;
    MapAnswer m_answer;
    MapOrder m_order;
    bool m_tableWanted{false};
    LatestTask<MapAnswer> m_task;
};

} // namespace sluice::ui
