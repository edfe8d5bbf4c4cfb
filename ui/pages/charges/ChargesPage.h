// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/ChargesModel.h"
#include "ui/pages/Page.h"

class QLabel;
class QStackedWidget;

namespace sluice::ui {

class Breadcrumb;
class DataTable;
class EmptyState;

// The charges behind a figure, however many: counted first, then shown page by page as one scrolls.
class ChargesPage : public Page {
    Q_OBJECT

public:
    explicit ChargesPage(const PageContext& context, QWidget* parent = nullptr);

    [[nodiscard]] std::optional<FigureSource> figure() const override;
    void showSource() override;
    [[nodiscard]] const ChargesModel& model() const { return *m_model; }

protected:
    void ask() override;
    void forget() override;

private:
    void accept(const SpendAnswer& answer);
    void list(const SpendQuery& query, std::uint64_t count);
    void showEmpty();
    void showRow(int row);

    ChargesModel* m_model;
    DataTable* m_table;
    EmptyState* m_empty;
    QStackedWidget* m_body;
    Breadcrumb* m_breadcrumb;
    QLabel* m_summary;
    LatestTask<SpendAnswer> m_task;
};

} // namespace sluice::ui
