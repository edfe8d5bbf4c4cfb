// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/SnapshotTable.h"

#include <numeric>

namespace sluice::ui {

namespace {

// The rows as they were shown.
class SnapshotReader final : public TableReader {
public:
    SnapshotReader(std::shared_ptr<const RowSource> source, std::shared_ptr<const RowOrder> order)
        : m_source{std::move(source)}
        , m_order{std::move(order)}
    {
    }
    Status read(const std::vector<RowRange>& ranges, const std::vector<int>& columns, Want want,
        const Take& take, const TaskContext& context) const override
    {
        constexpr int LookRows = 512;
        std::vector<Cell> cells(columns.size());
        for (const RowRange& range : ranges) {
            for (int shown = range.first; shown <= range.last; ++shown) {
                if (shown % LookRows == 0 && context.stopRequested())
                    return TaskContext::cancelled();
                const std::size_t row = (*m_order)[static_cast<std::size_t>(shown)];
                for (std::size_t i = 0; i < columns.size(); ++i) {
                    if (want != Want::Texts)
                        cells[i].value = m_source->value(row, columns[i]);
                    if (want != Want::Values)
                        cells[i].text = m_source->text(row, columns[i]);
                }
                SLUICE_TRY_DO(take(cells));
            }
        }
        return Status::success();
    }

private:
    std::shared_ptr<const RowSource> m_source;
    std::shared_ptr<const RowOrder> m_order;
};

std::shared_ptr<const RowOrder> asTheyCame(std::size_t rows)
{
    auto order = std::make_shared<RowOrder>(rows);
    std::iota(order->begin(), order->end(), 0U);
    return order;
}

} // namespace

SnapshotTable::SnapshotTable(QThreadPool& pool, QObject* parent)
    : TableModel{parent}
    , m_pool{pool}
    , m_order{asTheyCame(0)}
    , m_task{pool, this}
{
}

void SnapshotTable::showSource(std::shared_ptr<const RowSource> source)
{
    m_task.cancel();
    const bool arranged = !m_sort.empty() || !m_filter.isEmpty();
    beginResetModel();
    m_source = std::move(source);
    m_arranger = std::make_shared<const RowArranger>(m_source);
    m_order = asTheyCame(m_source->size());
    endResetModel();
    if (arranged)
        arrange();
}

int SnapshotTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order->size());
}

void SnapshotTable::setSort(const std::vector<SortBy>& sort)
{
    std::vector<SortBy> valid;
    for (const SortBy& by : sort) {
        if (by.column >= 0 && by.column < columnCount())
            valid.push_back(by);
    }
    m_sort = std::move(valid);
    emit sortChanged();
    arrange();
}

void SnapshotTable::setFilter(const QString& text, const std::vector<int>& columns)
{
    m_filter = text;
    m_filterColumns = columns;
    arrange();
}

void SnapshotTable::cancelArranging()
{
    m_task.cancel();
}

void SnapshotTable::setTotals(std::vector<TableCell> totals)
{
    m_totals = std::move(totals);
    emit headerDataChanged(Qt::Horizontal, 0, std::max(columnCount() - 1, 0));
}

std::shared_ptr<const TableReader> SnapshotTable::reader() const
{
    return m_source ? std::make_shared<const SnapshotReader>(m_source, m_order) : nullptr;
}

Result<SnapshotTable::Arranged> SnapshotTable::arrangedBy(const RowArranger& arranger,
    std::size_t rows, const ArrangeRequest& request, const TaskContext& context)
{
    SLUICE_TRY(RowOrder order, arranger.arrange(request, context));
    Arranged arranged;
    arranged.place.assign(rows, Nowhere);
    for (std::size_t i = 0; i < order.size(); ++i)
        arranged.place[order[i]] = static_cast<std::uint32_t>(i);
    arranged.order = std::make_shared<const RowOrder>(std::move(order));
    return arranged;
}

void SnapshotTable::arrange()
{
    m_task.cancel();
    if (!m_source)
        return;
    const ArrangeRequest request{m_sort, m_filter, m_filterColumns};
    const std::size_t rows = m_source->size();
    if (rows <= ImmediateRows) {
        auto arranged = arrangedBy(*m_arranger, rows, request, {});
        if (arranged.ok())
            take(std::move(*arranged));
        return;
    }
    m_task.start(
        [arranger = m_arranger, rows, request](
            const TaskContext& context) { return arrangedBy(*arranger, rows, request, context); },
        [this](Result<Arranged> arranged) {
            if (arranged.ok())
                take(std::move(*arranged));
        });
}

void SnapshotTable::take(Arranged arranged)
{
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    const std::shared_ptr<const RowOrder> was = std::exchange(m_order, std::move(arranged.order));
    for (const QModelIndex& index : before) {
        const std::uint32_t place = arranged.place[(*was)[static_cast<std::size_t>(index.row())]];
        after << (place == Nowhere ? QModelIndex{}
                                   : createIndex(static_cast<int>(place), index.column()));
    }
    changePersistentIndexList(before, after);
    emit layoutChanged({}, VerticalSortHint);
    emit this->arranged();
}

} // namespace sluice::ui
