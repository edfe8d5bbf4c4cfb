// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/SpendService.h"
#include "ui/pages/Page.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace sluice::ui {

class DataTable;
class FactSheet;
class FigureChargesModel;

// "Where does this come from?": a figure → its charges → one charge → the rule that gave it an
// owner → the batch → the document with its hash → the line, as it stands in the file. Every text
// can be selected and copied.
class ProvenancePanel : public QWidget {
    Q_OBJECT

public:
    explicit ProvenancePanel(const PageContext& context, QWidget* parent = nullptr);

    void showFigure(const FigureSource& source);
    // A charge that was asked about by itself: no figure leads back from it.
    void showChargeAlone(const QString& id);
    void showHeldRow(const HeldRow& held);
    void clear();
    [[nodiscard]] QString wholeText() const;

signals:
    void closeWanted();
    void allChargesWanted(const sluice::ui::FigureSource& source);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildFigureView();
    void buildChargeView();
    void showCharge(const QString& id);
    void acceptPage(const ChargePage& page);
    void acceptExplanation(const Explanation& explanation);
    void back();
    void showView(int view, QWidget* next);

    PageContext m_context;
    QLabel* m_title;
    QLabel* m_value;
    InfoBar* m_infoBar;
    QPushButton* m_back;
    QStackedWidget* m_views;
    QLabel* m_note{nullptr};
    DataTable* m_charges{nullptr};
    FigureChargesModel* m_chargesModel{nullptr};
    QPushButton* m_all{nullptr};
    QScrollArea* m_scroll{nullptr};
    FactSheet* m_facts{nullptr};
    QPlainTextEdit* m_rawLine{nullptr};
    QLabel* m_rawTitle{nullptr};
    std::optional<FigureSource> m_figure;
    LatestTask<ChargePage> m_pageTask;
    LatestTask<Explanation> m_explainTask;
};

} // namespace sluice::ui
