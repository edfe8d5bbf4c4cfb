// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/TableFooter.h"

#include "ui/kit/DataTable.h"
#include "ui/kit/Fonts.h"
#include "ui/kit/Theme.h"

#include <QPainter>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int Pad = 10;
const QString Dot = QStringLiteral(" \u00B7 ");

} // namespace

TableFooter::TableFooter(DataTable& table, MoneyText money)
    : QWidget{&table}
    , m_table{table}
    , m_money{std::move(money)}
{
    setObjectName(QStringLiteral("tableFooter"));
    setAccessibleName(tr("Rows and selection"));
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &TableFooter::refresh);
}

QSize TableFooter::sizeHint() const
{
    return {0, QFontMetrics{sized(font(), TextSize::Meta)}.height() + 10};
}

void TableFooter::refreshSoon()
{
    m_soon.start();
}

QString TableFooter::counts() const
{
    const auto rows = static_cast<std::uint64_t>(m_table.model() ? m_table.model()->rowCount() : 0);
    const auto selected = static_cast<std::uint64_t>(rowsIn(m_table.selectedRanges()));
    QString text = rows == 1 ? tr("1 row") : tr("%1 rows").arg(m_money.count(rows));
    if (selected > 0)
        text += Dot + tr("%1 selected").arg(m_money.count(selected));
    return text;
}

std::vector<int> TableFooter::numberColumns() const
{
    std::vector<int> columns;
    for (const int column : m_table.visibleColumns()) {
        const QVariant kind = m_table.model()->headerData(column, Qt::Horizontal, ColumnKindRole);
        if (kind.isValid() && isNumeric(static_cast<CellKind>(kind.toInt()))
            && static_cast<CellKind>(kind.toInt()) != CellKind::Percent)
            columns.push_back(column);
    }
    std::stable_partition(columns.begin(), columns.end(),
        [current = m_table.currentIndex().column()](int column) { return column == current; });
    return columns;
}

void TableFooter::refresh()
{
    if (m_task)
        m_task->cancel();
    const std::vector<RowRange> ranges = m_table.selectedRanges();
    const auto* model = qobject_cast<const TableModel*>(m_table.model());
    const auto reader = model && rowsIn(ranges) > 1 ? model->reader() : nullptr;
    const std::vector<int> columns = reader ? numberColumns() : std::vector<int>{};
    if (columns.empty()) {
        show(counts());
        return;
    }
    // A reader that fetches its rows from elsewhere is never waited for.
    if (rowsIn(ranges) <= ImmediateRows && reader->isInMemory()) {
        const auto sums = sumsOf(*reader, ranges, columns, {});
        if (sums.ok())
            say(columns, *sums);
        return;
    }
    show(counts() + Dot + tr("adding up\u2026"));
    m_task = std::make_unique<LatestTask<std::vector<ColumnSums>>>(model->pool(), this);
    m_task->start(
        [reader, ranges, columns](
            const TaskContext& context) { return sumsOf(*reader, ranges, columns, context); },
        [this, columns](Result<std::vector<ColumnSums>> sums) {
            if (sums.ok())
                say(columns, *sums);
            else
                show(counts());
        });
}

void TableFooter::say(const std::vector<int>& columns, const std::vector<ColumnSums>& sums)
{
    QString text = counts();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const QString words = sums[i].text(m_money);
        if (!words.isEmpty())
            text += Dot
                + tr("%1: %2").arg(
                    m_table.model()->headerData(columns[i], Qt::Horizontal).toString(), words);
    }
    show(text);
}

void TableFooter::show(const QString& text)
{
    m_text = text;
    setAccessibleDescription(text);
    setToolTip(text);
    update();
}

void TableFooter::paintEvent(QPaintEvent*)
{
    QPainter painter{this};
    const Theme& theme = themeOf(palette());
    painter.fillRect(rect(), theme.color(Token::Surface));
    painter.setPen(theme.color(Token::Border));
    painter.drawLine(0, 0, width(), 0);
    painter.setFont(sized(font(), TextSize::Meta));
    painter.setPen(theme.color(Token::Muted));
    const QRect box = rect().adjusted(Pad, 1, -Pad, 0);
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_text, Qt::ElideRight, box.width()));
}

} // namespace sluice::ui
