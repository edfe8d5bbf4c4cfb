// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/ImportService.h"
#include "ui/models/BatchColumns.h"
#include "ui/pages/Page.h"
#include "ui/pages/imports/ImportAdvice.h"
#include "ui/pages/imports/ImportSummary.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace sluice::ui {

class DataTable;
class EmptyState;

// What came in: the batches, and of each what the rules found, what is held back and why, whether
// nothing was lost, and what it replaced.
class ImportsPage : public Page {
    Q_OBJECT

public:
    explicit ImportsPage(const PageContext& context, QWidget* parent = nullptr);

    // The result of an import, said above the table; selects its newest batch.
    void showReport(const ImportReport& report);
    void showRetried(const ImportReport& report);
    // A row of the table that has the focus: an import, one of its control totals, or what it
    // brought of one account and period.
    [[nodiscard]] std::optional<FigureSource> figure() const override;
    void showSource() override;
    void showFailure(const Error& error, Refused what);
    // The newest attempt of that batch, now or once the list is there.
    void select(const QString& batch);
    // Under which the imports came in that are shown.
    [[nodiscard]] QStringList sources() const;

signals:
    void retryWanted(const QString& batch);
    void retryWithMappingWanted(const QString& batch);
    void replaceSmallerWanted();
    void importWithMappingWanted();
    void importUnderSourceWanted(const QString& proposed);
    void bringBackWanted(const QString& batch);

protected:
    void ask() override;
    void forget() override;

private:
    static constexpr std::size_t QuarantineRowsMax = 10'000;
    template <class Row>
    using Model = SnapshotTableModel<Row>;

    void buildTitle();
    void buildDetails();
    void buildVerdicts();
    void say(const ImportSummary& summary, const ImportReport& report);
    DataTable* makeTable(const QString& objectName, const QString& title, QAbstractItemModel* model,
        const std::vector<int>& widths, int stretching);
    void accept(std::vector<Batch> batches);
    void showBatch(int row);
    void showVerdict(int row);
    void sayReading();
    [[nodiscard]] int rowOfSelected() const;
    // The batch that figures of this row are of: where it was tried again, the newest attempt.
    [[nodiscard]] const ListedBatch& countingBatch(int row) const;
    void askQuarantine(const std::string& batch);
    void showProblem(const Error& error);
    void take(ImportOffer offer);
    [[nodiscard]] FigureSource sourceOf(const Batch& batch) const;
    [[nodiscard]] FigureSource sourceOf(const Batch& batch, const ControlTotal& total) const;
    [[nodiscard]] FigureSource sourceOf(const Batch& batch, const Scope& scope) const;

    Model<ListedBatch>* m_batches;
    Model<Verdict>* m_verdicts;
    Model<QuarantinedRow>* m_quarantine;
    Model<ControlTotal>* m_totals;
    Model<Scope>* m_scopes;
    DataTable* m_batchTable;
    DataTable* m_verdictTable{nullptr};
    QLabel* m_whatHelps{nullptr};
    DataTable* m_quarantineTable{nullptr};
    DataTable* m_totalTable{nullptr};
    DataTable* m_scopeTable{nullptr};
    QTabWidget* m_tabs;
    QPushButton* m_retry;
    QPushButton* m_retryMapped;
    QStackedWidget* m_body;
    EmptyState* m_empty;
    ImportAdvice m_advice; // that the info bar gives
    QString m_givenWay; // the batch that it offers to bring back
    QString m_selected; // public id of the batch whose details are shown
    std::uint64_t m_selectedRevision{0}; // which attempt of it; 0: the newest
    LatestTask<std::vector<Batch>> m_task;
    LatestTask<std::vector<QuarantinedRow>> m_quarantineTask;
};

} // namespace sluice::ui
