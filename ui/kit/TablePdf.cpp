// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/TablePdf.h"

#include "core/base/DurableFile.h"
#include "ui/kit/Theme.h"

#include <QFontMetricsF>
#include <QIODevice>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <numeric>

namespace sluice::ui {

namespace {

constexpr std::size_t RowsMax = 100'000;
constexpr int Resolution = 300; // dots an inch: sharp hairlines
constexpr double PointSize = 8;
constexpr int WidthSample = 2'000; // rows that the columns' widths are taken from

// What the PDF writer writes, into the file that appears at the end.
class ToFile : public QIODevice {
public:
    explicit ToFile(DurableWriter& file)
        : m_file{file}
    {
        open(WriteOnly);
    }
    [[nodiscard]] const Status& status() const { return m_status; }
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char*, qint64) override { return -1; }
    qint64 writeData(const char* bytes, qint64 size) override
    {
        if (m_status.ok())
            m_status = m_file.write({bytes, static_cast<std::size_t>(size)});
        return m_status.ok() ? size : -1;
    }

private:
    DurableWriter& m_file;
    Status m_status;
};

struct Line {
    QStringList cells;
};

struct Printed {
    QStringList titles;
    std::vector<bool> right;
    std::vector<Line> rows;
    std::vector<Line> totals;
};

QString textOf(const TableCell& cell, const PdfChoice& choice)
{
    QString text = choice.text ? choice.text(cell) : QString::fromStdString(cell.exactText());
    return text.replace(u'\n', u' ');
}

Line lineOf(const TableSheet::Row& row, const PdfChoice& choice)
{
    Line line;
    for (const TableCell& cell : row)
        line.cells << textOf(cell, choice);
    return line;
}

// How many pages there are is known only when all rows are: they are read first.
Result<Printed> printed(
    const TableSheet& sheet, const PdfChoice& choice, const TaskContext& context)
{
    Printed out;
    for (const SheetColumn& column : sheet.columns) {
        out.titles << QString::fromStdString(column.title);
        out.right.push_back(isNumeric(column.kind));
    }
    TableSheet::Row row;
    while (sheet.next) {
        if (context.stopRequested())
            return TaskContext::cancelled();
        SLUICE_TRY(const bool more, sheet.next(row, context));
        if (!more)
            break;
        if (out.rows.size() == RowsMax)
            return Error{ErrorCode::BadInput, sheet.title,
                "the table has more than 100,000 rows, which is too much for paper",
                "Narrow the filter, or export as XLSX or CSV"};
        out.rows.push_back(lineOf(row, choice));
    }
    for (const TableSheet::Row& total : sheet.totals)
        out.totals.push_back(lineOf(total, choice));
    return out;
}

// Draws page after page.
class Pages {
public:
    Pages(
        const TableSheet& sheet, const Printed& table, const PdfChoice& choice, QPdfWriter& writer)
        : m_sheet{sheet}
        , m_table{table}
        , m_writer{writer}
        , m_font{choice.font}
        , m_area{QPointF{0, 0}, QSizeF{writer.width() * 1.0, writer.height() * 1.0}}
    {
        if (choice.font.pointSizeF() <= 0 || choice.font == QFont{})
            m_font.setPointSizeF(PointSize);
        m_bold = m_font;
        m_bold.setBold(true);
        const QFontMetricsF metrics{m_font, &writer};
        m_line = metrics.height() * 1.45;
        m_pad = metrics.averageCharWidth() * 0.7;
        fitColumns(metrics);
        const QStringList words = caption();
        m_firstTop = m_line * (static_cast<double>(words.size()) + 1.6);
    }

    Status draw(const TaskContext& context)
    {
        QPainter painter;
        if (!painter.begin(&m_writer))
            return Error{ErrorCode::Io, {}, "the PDF could not be begun", "Check the disk"};
        const std::size_t rows = m_table.rows.size() + m_table.totals.size();
        const std::size_t onFirst = rowsFrom(m_firstTop);
        const std::size_t onOthers = rowsFrom(0);
        const std::size_t rest = rows > onFirst ? rows - onFirst : 0;
        const std::size_t pages = 1 + (rest + onOthers - 1) / onOthers;
        std::size_t at = 0;
        for (std::size_t page = 1; page <= pages; ++page) {
            if (context.stopRequested()) {
                painter.end();
                return TaskContext::cancelled();
            }
            if (page > 1)
                m_writer.newPage();
            const double top = page == 1 ? drawCaption(painter) : 0;
            drawTitles(painter, top);
            const std::size_t end = std::min(rows, at + (page == 1 ? onFirst : onOthers));
            for (double y = top + m_line * 1.3; at < end; ++at, y += m_line)
                drawRow(painter, at, y);
            drawFoot(painter, page, pages);
            context.report({m_sheet.title, at, rows});
        }
        painter.end();
        return Status::success();
    }

private:
    [[nodiscard]] QStringList caption() const
    {
        QStringList lines;
        for (const std::string& line : m_sheet.caption())
            lines << QString::fromStdString(line);
        return lines;
    }
    [[nodiscard]] std::size_t rowsFrom(double top) const
    {
        const double room = m_area.height() - top - m_line * (1.3 + 1.8);
        return static_cast<std::size_t>(std::max(room / m_line, 1.0));
    }
    // As wide as their widest text; where that is too much, the widest give way first.
    void fitColumns(const QFontMetricsF& metrics)
    {
        const QFontMetricsF bold{m_bold, &m_writer};
        for (qsizetype i = 0; i < m_table.titles.size(); ++i) {
            double width = bold.horizontalAdvance(m_table.titles[i]);
            std::size_t seen = 0;
            for (const Line& row : m_table.rows) {
                width = std::max(width, metrics.horizontalAdvance(row.cells[i]));
                if (++seen == WidthSample)
                    break;
            }
            for (const Line& row : m_table.totals)
                width = std::max(width, bold.horizontalAdvance(row.cells[i]));
            m_widths.push_back(width + 2 * m_pad);
        }
        const auto total
            = [this] { return std::accumulate(m_widths.begin(), m_widths.end(), 0.0); };
        for (int round = 0; round < 200 && total() > m_area.width() && !m_widths.empty(); ++round) {
            auto widest = std::max_element(m_widths.begin(), m_widths.end());
            *widest = std::max(*widest * 0.92, 4 * m_pad);
        }
    }
    double drawCaption(QPainter& painter) const
    {
        double y = 0;
        painter.setPen(Theme::light().color(Token::Text));
        const QStringList lines = caption();
        for (qsizetype i = 0; i < lines.size(); ++i) {
            painter.setFont(i == 0 ? m_bold : m_font);
            painter.drawText(
                QRectF{0, y, m_area.width(), m_line}, Qt::AlignLeft | Qt::AlignVCenter, lines[i]);
            y += m_line;
        }
        return m_firstTop;
    }
    void drawCells(QPainter& painter, const QStringList& cells, double y) const
    {
        double x = 0;
        const QFontMetricsF metrics{painter.font(), &m_writer};
        for (qsizetype i = 0; i < cells.size(); ++i) {
            const auto column = static_cast<std::size_t>(i);
            const QRectF box{x + m_pad, y, m_widths[column] - 2 * m_pad, m_line};
            QString shown = metrics.elidedText(cells[i], Qt::ElideRight, box.width() + 1);
            painter.drawText(box,
                static_cast<int>(m_table.right[column] ? Qt::AlignRight : Qt::AlignLeft)
                    | Qt::AlignVCenter | Qt::TextSingleLine,
                shown);
            x += m_widths[column];
        }
    }
    void hairline(QPainter& painter, double y, Token token) const
    {
        painter.setPen(QPen{Theme::light().color(token), Resolution / 150.0});
        painter.drawLine(QPointF{0, y}, QPointF{m_area.width(), y});
        painter.setPen(Theme::light().color(Token::Text));
    }
    void drawTitles(QPainter& painter, double y) const
    {
        hairline(painter, y + m_line * 1.2, Token::BorderStrong);
        painter.setFont(m_bold);
        drawCells(painter, m_table.titles, y);
    }
    void drawRow(QPainter& painter, std::size_t row, double y) const
    {
        const bool total = row >= m_table.rows.size();
        painter.setFont(total ? m_bold : m_font);
        if (row == m_table.rows.size())
            hairline(painter, y, Token::BorderStrong);
        drawCells(painter,
            total ? m_table.totals[row - m_table.rows.size()].cells : m_table.rows[row].cells, y);
        hairline(painter, y + m_line, Token::Border);
    }
    void drawFoot(QPainter& painter, std::size_t page, std::size_t pages) const
    {
        painter.setFont(m_font);
        painter.setPen(Theme::light().color(Token::Muted));
        const QRectF foot{0, m_area.height() - m_line, m_area.width(), m_line};
        painter.drawText(
            foot, Qt::AlignLeft | Qt::AlignVCenter, QString::fromStdString(m_sheet.title));
        painter.drawText(foot, Qt::AlignRight | Qt::AlignVCenter,
            QString::fromStdString(
                filledIn(m_sheet.words.page, std::to_string(page), std::to_string(pages))));
    }

    const TableSheet& m_sheet;
    const Printed& m_table;
    QPdfWriter& m_writer;
    QFont m_font;
    QFont m_bold;
    QRectF m_area;
    double m_line{0};
    double m_pad{0};
    double m_firstTop{0};
    std::vector<double> m_widths;
};

} // namespace

Result<SheetReport> exportPdf(const TableSheet& sheet, const std::string& path,
    const PdfChoice& choice, const TaskContext& context)
{
    SLUICE_TRY(DurableWriter file, DurableWriter::create(path));
    SLUICE_TRY(const Printed table, printed(sheet, choice, context));
    ToFile device{file};
    {
        QPdfWriter writer{&device};
        writer.setResolution(Resolution);
        writer.setPageLayout(choice.page);
        writer.setTitle(QString::fromStdString(sheet.title));
        writer.setCreator(QStringLiteral("Sluice"));
        Pages pages{sheet, table, choice, writer};
        const Status drawn = pages.draw(context);
        if (!device.status().ok())
            return device.status().error();
        if (!drawn.ok())
            return drawn.error();
    }
    if (!device.status().ok())
        return device.status().error();
    SLUICE_TRY_DO(file.commit());
    return SheetReport{table.rows.size(), 0};
}

} // namespace sluice::ui
