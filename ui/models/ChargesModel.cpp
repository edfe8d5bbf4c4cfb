// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/ChargesModel.h"

#include "ui/kit/DateText.h"
#include "ui/kit/Roles.h"
#include "ui/kit/Theme.h"

#include <QMutex>

#include <algorithm>
#include <array>
#include <limits>

namespace sluice::ui {

namespace {

constexpr int LeapPages = 128; // how far one call walks over facts: bounds its memory and its time
constexpr int GatherMs = 15;

QString columnOf(const ChargeView& view, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        const auto found = std::ranges::find(
            view.columns, name, [](const auto& column) { return std::string_view{column.first}; });
        if (found != view.columns.end() && !found->second.empty())
            return QString::fromStdString(found->second);
    }
    return {};
}

// In the order of the columns.
QString idOf(int column)
{
    static constexpr std::array<const char*, ChargesModel::ColumnCount> Ids{"day", "amount",
        "service", "description", "provider", "account", "unit", "owner", "workflow", "id"};
    return QString::fromLatin1(Ids[static_cast<std::size_t>(column)]);
}

QString valueOf(const NamedValues& values, std::string_view name)
{
    const auto found = std::ranges::find(
        values, name, [](const auto& value) { return std::string_view{value.first}; });
    return found == values.end() ? QString{} : QString::fromStdString(found->second);
}

} // namespace

// From one row to the next by cursor: reading on where the last read ended costs nothing, anything
// else is a walk over facts from the beginning.
class ChargesModel::Reader final : public TableReader {
public:
    Reader(Fetch fetch, Measure measure, MoneyText money)
        : m_fetch{std::move(fetch)}
        , m_measure{measure}
        , m_money{std::move(money)}
    {
    }
    [[nodiscard]] bool isInMemory() const override { return false; }
    Status read(const std::vector<RowRange>& ranges, const std::vector<int>& columns, Want,
        const Take& take, const TaskContext& context) const override
    {
        const QMutexLocker lock{&m_mutex};
        std::vector<Cell> cells(columns.size());
        for (const RowRange& range : ranges) {
            SLUICE_TRY_DO(goTo(range.first, context));
            while (m_at <= range.last && !m_ended) {
                if (context.stopRequested())
                    return TaskContext::cancelled();
                const int rows = std::min(PageRows, range.last - m_at + 1);
                SLUICE_TRY(const ChargePage page,
                    m_fetch({m_cursor, static_cast<std::size_t>(rows), true}, context));
                advance(rows, page.next);
                for (const ChargeView& view : page.rows) {
                    const Line line = toLine(view, m_measure);
                    for (std::size_t i = 0; i < columns.size(); ++i)
                        cells[i] = {cellOf(line, columns[i]), textOf(line, columns[i], m_money)};
                    SLUICE_TRY_DO(take(cells));
                }
            }
        }
        return Status::success();
    }

private:
    Status goTo(int row, const TaskContext& context) const
    {
        if (row < m_at) {
            m_at = 0;
            m_cursor.clear();
            m_ended = false;
        }
        while (m_at < row && !m_ended) {
            const int step = std::min(LeapPages * PageRows, row - m_at);
            SLUICE_TRY(const ChargePage passed,
                m_fetch({m_cursor, static_cast<std::size_t>(step), false}, context));
            advance(step, passed.next);
        }
        return Status::success();
    }
    void advance(int rows, const std::string& next) const
    {
        m_at += rows;
        m_cursor = next;
        m_ended = next.empty();
    }

    Fetch m_fetch;
    Measure m_measure;
    MoneyText m_money;
    mutable QMutex m_mutex; // of the place
    mutable int m_at{0}; // the row after the cursor
    mutable std::string m_cursor;
    mutable bool m_ended{false};
};

ChargesModel::ChargesModel(QThreadPool& pool, MoneyText money, QObject* parent)
    : TableModel{parent}
    , m_pool{pool}
    , m_money{std::move(money)}
    , m_task{pool, this}
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(GatherMs);
    connect(&m_soon, &QTimer::timeout, this, &ChargesModel::askNow);
}

void ChargesModel::show(Fetch fetch, std::uint64_t count, Measure measure)
{
    m_task.cancel();
    beginResetModel();
    m_fetch = std::move(fetch);
    m_measure = measure;
    m_rows = static_cast<int>(std::min<std::uint64_t>(count, std::numeric_limits<int>::max()));
    m_pages.clear();
    m_recent.clear();
    m_cursors = {{0, {}}};
    m_wanted = -1;
    endResetModel();
}

void ChargesModel::clear()
{
    show({}, 0, m_measure);
}

QString ChargesModel::idAt(int row) const
{
    const Line* line = lineAt(row);
    return line ? line->id : QString{};
}

std::shared_ptr<const TableReader> ChargesModel::reader() const
{
    return m_fetch ? std::make_shared<const Reader>(m_fetch, m_measure, m_money) : nullptr;
}

int ChargesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int ChargesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const ChargesModel::Line* ChargesModel::lineAt(int row) const
{
    const auto found = m_pages.find(row / PageRows);
    if (found == m_pages.end())
        return nullptr;
    m_recent.splice(m_recent.begin(), m_recent, found->second.used);
    const auto at = static_cast<std::size_t>(row % PageRows);
    return at < found->second.lines.size() ? &found->second.lines[at] : nullptr;
}

QVariant ChargesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment{index.column() == AmountColumn ? Qt::AlignRight : Qt::AlignLeft}
            | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != LoadingRole && role != KeyRole
        && role != TokenRole && role != SortKeyRole && role != LookRole)
        return {};
    if (role == LookRole)
        return static_cast<int>(index.column() == AmountColumn ? CellLook::Money : CellLook::Plain);
    const Line* line = lineAt(index.row());
    if (line)
        return cell(*line, index.column(), role);
    want(index.row() / PageRows);
    switch (role) {
    case LoadingRole:
        return true;
    case Qt::DisplayRole:
        return index.column() == DayColumn ? QStringLiteral("\u2026") : QString{};
    case TokenRole:
        return static_cast<int>(Token::Faint);
    default:
        return {};
    }
}

QVariant ChargesModel::cell(const Line& line, int column, int role) const
{
    switch (role) {
    case LoadingRole:
        return false;
    case KeyRole:
        return line.id;
    case TokenRole:
        return column == IdColumn ? QVariant{static_cast<int>(Token::Muted)} : QVariant{};
    case SortKeyRole:
        return QVariant::fromValue(cellOf(line, column));
    default:
        break;
    }
    if (role == Qt::ToolTipRole && column == AmountColumn && !line.amountIsNull)
        return m_money.exact(line.amount, line.currency);
    const QString& id = line.ids[static_cast<std::size_t>(column)];
    const QString text = textOf(line, column, m_money);
    return role == Qt::ToolTipRole && !id.isEmpty() ? tr("%1 (%2)").arg(text, id) : text;
}

TableCell ChargesModel::cellOf(const Line& line, int column)
{
    if (column == DayColumn)
        return TableCell::ofDate(line.day);
    if (column == AmountColumn)
        return line.amountIsNull ? TableCell::nothing(CellKind::Money)
                                 : TableCell::ofMoney(line.amount, line.currency);
    return TableCell::ofText(line.texts[static_cast<std::size_t>(column)].toStdString());
}

QString ChargesModel::textOf(const Line& line, int column, const MoneyText& money)
{
    if (column == DayColumn)
        return dateText(line.day);
    if (column == AmountColumn)
        return line.amountIsNull ? QString{} : money.withCode(line.amount, line.currency);
    return line.texts[static_cast<std::size_t>(column)];
}

QVariant ChargesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment{section == AmountColumn ? Qt::AlignRight : Qt::AlignLeft}
            | Qt::AlignVCenter);
    if (role == ColumnIdRole)
        return idOf(section);
    if (role == ColumnKindRole)
        return static_cast<int>(section == DayColumn ? CellKind::Date
                : section == AmountColumn            ? CellKind::Money
                                                     : CellKind::Text);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case DayColumn:
        return tr("Day");
    case AmountColumn:
        return tr("Cost");
    case ServiceColumn:
        return tr("Service");
    case DescriptionColumn:
        return tr("Charge");
    case ProviderColumn:
        return tr("Provider");
    case AccountColumn:
        return tr("Sub account");
    case UnitColumn:
        return tr("Unit");
    case OwnerColumn:
        return tr("Owner");
    case WorkflowColumn:
        return tr("Workflow");
    case IdColumn:
        return tr("Id");
    default:
        return {};
    }
}

void ChargesModel::want(int page) const
{
    if (!m_fetch)
        return;
    m_wanted = page; // the newest wish: that is where the person looks
    if (!m_task.isRunning())
        m_soon.start();
}

void ChargesModel::askNow()
{
    const int page = std::exchange(m_wanted, -1);
    if (page < 0 || m_pages.contains(page) || !m_fetch)
        return;
    const auto from = *std::prev(m_cursors.upper_bound(page));
    m_task.start(
        [fetch = m_fetch, page, from, measure = m_measure](
            const TaskContext& context) { return read(fetch, page, from, measure, context); },
        [this](Result<Fetched> fetched) {
            if (fetched.ok())
                accept(std::move(*fetched));
            else if (fetched.error().code != ErrorCode::Cancelled)
                emit failed(fetched.error());
            if (m_wanted >= 0)
                m_soon.start();
        });
}

Result<ChargesModel::Fetched> ChargesModel::read(const Fetch& fetch, int page,
    std::pair<int, std::string> from, Measure measure, const TaskContext& context)
{
    Fetched out;
    out.page = page;
    auto [at, cursor] = std::move(from);
    while (at < page) {
        const int step = std::min(LeapPages, page - at);
        SLUICE_TRY(const ChargePage passed,
            fetch({cursor, static_cast<std::size_t>(step) * PageRows, false}, context));
        at += step;
        cursor = passed.next;
        if (cursor.empty()) {
            out.last = true; // the charges ended on the way
            return out;
        }
        out.cursors[at] = cursor;
    }
    SLUICE_TRY(const ChargePage found, fetch({cursor, PageRows, true}, context));
    for (const ChargeView& view : found.rows)
        out.lines.push_back(toLine(view, measure));
    if (found.next.empty())
        out.last = true;
    else
        out.cursors[page + 1] = found.next;
    return out;
}

ChargesModel::Line ChargesModel::toLine(const ChargeView& view, Measure measure)
{
    const auto m = static_cast<std::size_t>(measure);
    Line line{QString::fromStdString(view.id), view.day, view.currency, view.costs[m],
        ((view.nullCosts >> m) & 1) != 0, {}, {}};
    line.texts[ServiceColumn] = columnOf(view, {"ServiceName"});
    line.texts[DescriptionColumn]
        = columnOf(view, {"ChargeDescription", "SkuMeter", "SkuId", "ResourceName"});
    line.texts[ProviderColumn]
        = columnOf(view, {"ServiceProviderName", "ProviderName", "PublisherName"});
    line.texts[AccountColumn] = columnOf(
        view, {"SubAccountName", "SubAccountId", "BillingAccountName", "BillingAccountId"});
    for (const auto& [column, attribute] : {std::pair{UnitColumn, "unit"},
             std::pair{OwnerColumn, "owner"}, std::pair{WorkflowColumn, "workflow"}}) {
        const QString id = valueOf(view.attributes, attribute);
        const QString name = valueOf(view.names, attribute);
        line.texts[column] = name.isEmpty() ? id : name;
        if (!name.isEmpty() && name != id)
            line.ids[column] = id;
    }
    line.texts[IdColumn] = line.id;
    return line;
}

void ChargesModel::accept(Fetched fetched)
{
    m_cursors.merge(fetched.cursors);
    if (!fetched.lines.empty()) {
        const int first = fetched.page * PageRows;
        const int count = static_cast<int>(fetched.lines.size());
        m_recent.push_front(fetched.page);
        m_pages[fetched.page] = {std::move(fetched.lines), m_recent.begin()};
        while (m_pages.size() > PagesMax) {
            m_pages.erase(m_recent.back());
            m_recent.pop_back();
        }
        if (fetched.last)
            setRowCount(first + count);
        emit dataChanged(
            index(first, 0), index(std::min(first + count, m_rows) - 1, ColumnCount - 1));
    } else if (fetched.last) {
        setRowCount(std::min(m_rows, fetched.page * PageRows));
    }
}

void ChargesModel::setRowCount(int rows)
{
    if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    } else if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    }
}

} // namespace sluice::ui
