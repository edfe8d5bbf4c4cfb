// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/SpendService.h"
#include "core/tasks/LatestTask.h"
#include "ui/kit/MoneyText.h"
#include "ui/kit/TableModel.h"

#include <QTimer>

#include <functional>
#include <list>
#include <map>

namespace sluice::ui {

// Charges of a filter, however many: the view is told how many there are, and only the pages that
// it looks at are kept. Pages are read by keyset on a worker. To leap to row 900,000 the worker
// walks there over facts only and keeps the cursors it passed, so that the way back is short. A row
// that is still on its way shows "…" and LoadingRole. Never blocks. GUI thread; `fetch` runs on the
// pool.
class ChargesModel : public TableModel {
    Q_OBJECT

public:
    // Reads up to `limit` charges after the cursor; `columns` false: facts alone.
    struct Ask {
        std::string after;
        std::size_t limit{0};
        bool columns{true};
    };
    using Fetch = std::function<Result<ChargePage>(const Ask&, const TaskContext&)>;

    enum ColumnNumber {
        DayColumn,
        AmountColumn,
        ServiceColumn,
        DescriptionColumn,
        ProviderColumn,
        AccountColumn,
        UnitColumn,
        OwnerColumn,
        WorkflowColumn,
        IdColumn,
        ColumnCount
    };
    static constexpr int PageRows = 256;
    static constexpr std::size_t PagesMax = 64;

    ChargesModel(QThreadPool& pool, MoneyText money, QObject* parent = nullptr);

    // `count` is what the filter's totals say; where the pages end earlier, so does the table.
    void show(Fetch fetch, std::uint64_t count, Measure measure);
    void clear();
    [[nodiscard]] QString idAt(int row) const; // empty while loading
    [[nodiscard]] bool isLoading() const { return m_task.isRunning() || m_soon.isActive(); }

    // Reads the charges again, also those that are not kept here.
    [[nodiscard]] std::shared_ptr<const TableReader> reader() const override;
    [[nodiscard]] QThreadPool& pool() const override { return m_pool; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

signals:
    void failed(const sluice::Error& error);

private:
    struct Line {
        QString id;
        BusinessDate day;
        Currency currency;
        std::int64_t amount{0};
        bool amountIsNull{false};
        std::array<QString, ColumnCount> texts;
        std::array<QString, ColumnCount> ids; // where the text is the name of something
    };
    struct Page {
        std::vector<Line> lines;
        std::list<int>::iterator used; // place in m_recent
    };
    struct Fetched {
        int page{0};
        std::vector<Line> lines;
        std::map<int, std::string> cursors;
        bool last{false};
    };

    class Reader;

    static TableCell cellOf(const Line& line, int column);
    static QString textOf(const Line& line, int column, const MoneyText& money);
    static Line toLine(const ChargeView& view, Measure measure);
    static Result<Fetched> read(const Fetch& fetch, int page, std::pair<int, std::string> from,
        Measure measure, const TaskContext& context);
    [[nodiscard]] const Line* lineAt(int row) const;
    [[nodiscard]] QVariant cell(const Line& line, int column, int role) const;
    void want(int page) const;
    void askNow();
    void accept(Fetched fetched);
    void setRowCount(int rows);

    QThreadPool& m_pool;
    MoneyText m_money;
    Fetch m_fetch;
    Measure m_measure{Measure::BilledCost};
    int m_rows{0};
    std::map<int, Page> m_pages;
    mutable std::list<int> m_recent; // newest first
    std::map<int, std::string> m_cursors{{0, {}}}; // page → cursor before its first row
    mutable int m_wanted{-1};
    mutable QTimer m_soon; // gathers what one paint asks for
    LatestTask<Fetched> m_task;
};

} // namespace sluice::ui
