// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/CalendarHeatMap.h"

#include "ui/charts/ChartParts.h"
#include "ui/charts/TsvText.h"
#include "ui/kit/DateText.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <map>

namespace sluice::ui {

namespace {

constexpr int WeekDays = 7;
constexpr double CellMost = 44;
constexpr double NumberLeast = 24; // a cell of this size has room for the day's number

QString tr(const char* text)
{
    return QCoreApplication::translate("CalendarHeatMap", text);
}

Token stepToken(int step)
{
    return static_cast<Token>(static_cast<int>(Token::Sequential1) + step);
}

BusinessDate mondayOf(BusinessDate day)
{
    return day.plusDays(-day.isoWeekday());
}

class HeatWriter {
public:
    HeatWriter(const HeatData& data, const QSizeF& size, const QFont& font)
        : m_data{data}
        , m_ruler{font}
        , m_area{chartArea(size)}
        , m_bounds{heatBounds(data.days)}
        , m_text{m_ruler.height(TextRole::Axis)}
    {
        m_scene.size = size;
        for (const HeatDay& day : data.days)
            m_days.emplace(day.day, &day);
        m_monday = mondayOf(data.period.first);
        m_weeks
            = (mondayOf(data.period.end.plusDays(-1)).daysSinceEpoch() - m_monday.daysSinceEpoch())
                / WeekDays
            + 1;
    }

    ChartScene write()
    {
        for (int day = 0; day < WeekDays; ++day)
            m_left = std::max(m_left, m_ruler.width(weekday(day), TextRole::Axis) + 6);
        chooseBlocks();
        if (m_cell < 2)
            return std::move(m_scene);
        for (int block = 0; block * m_perBlock < m_weeks; ++block)
            weekdays(block);
        for (BusinessDate day = m_data.period.first; day < m_data.period.end; day = day.plusDays(1))
            cell(day);
        months();
        legend();
        return std::move(m_scene);
    }

private:
    [[nodiscard]] static QString weekday(int day)
    {
        return QLocale{}.dayName(day + 1, QLocale::ShortFormat);
    }
    [[nodiscard]] double blockHeight() const { return m_text + 3 + WeekDays * m_cell + 8; }

    // As many rows of weeks as make the cells largest.
    void chooseBlocks()
    {
        const double wide = m_area.width() - m_left;
        const double high = m_area.height() - m_text - 8; // the legend
        for (int blocks = 1; blocks <= m_weeks; ++blocks) {
            const int perBlock = (m_weeks + blocks - 1) / blocks;
            const double cell = std::floor(
                std::min({CellMost, wide / perBlock, (high / blocks - m_text - 11) / WeekDays}));
            if (cell > m_cell) {
                m_cell = cell;
                m_perBlock = perBlock;
            }
            if (blocks * (m_text + 11) > high)
                break;
        }
    }
    [[nodiscard]] QRectF cellRect(BusinessDate day) const
    {
        const int days = day.daysSinceEpoch() - m_monday.daysSinceEpoch();
        const int week = days / WeekDays;
        const double gap = m_cell >= 6 ? 2 : m_cell >= 4 ? 1 : 0;
        return {std::round(m_area.left() + m_left) + (week % m_perBlock) * m_cell,
            std::round(m_area.top() + (week / m_perBlock) * blockHeight() + m_text + 3)
                + (days % WeekDays) * m_cell,
            m_cell - gap, m_cell - gap};
    }
    void weekdays(int block)
    {
        const BusinessDate monday = m_monday.plusDays(block * m_perBlock * WeekDays);
        double free = 0;
        for (int day = 0; day < WeekDays; ++day) {
            const QRectF row = cellRect(monday.plusDays(day));
            const QRectF label{m_area.left(), row.center().y() - m_text / 2, m_left - 6, m_text};
            if (label.top() < free)
                continue;
            free = label.bottom();
            m_scene.add(SceneText{label, weekday(day), TextRole::Axis,
                Qt::AlignRight | Qt::AlignVCenter, {Token::Muted}, {}});
        }
    }
    void cell(BusinessDate day)
    {
        const QRectF rect = cellRect(day);
        const auto found = m_days.find(day);
        const HeatDay* known = found == m_days.end() ? nullptr : found->second;
        std::optional<Ink> fill;
        QString value = tr("no data");
        if (known) {
            fill = Ink{stepToken(heatStep(known->amount, m_bounds))};
            value = m_data.texts.inPicture(known->amount);
            m_scene.add(SceneFill{rect, *fill, FillStyle::Solid});
            if (known->amount < 0) // a credit: less than nothing
                m_scene.add(SceneFill{rect, {Token::Favourable}, FillStyle::Outline});
        } else {
            m_scene.add(SceneFill{rect, {Token::BorderStrong}, FillStyle::Missing});
        }
        if (m_cell >= NumberLeast && known) { // the line of what is missing would cross it
            const auto number = static_cast<unsigned>(day.ymd().day());
            m_scene.add(SceneText{rect.adjusted(4, 2, -2, 0), QString::number(number),
                TextRole::Axis, Qt::AlignLeft | Qt::AlignTop, {Token::Muted},
                known->amount >= 0 ? fill : std::nullopt});
        }
        ChartItem item{QString::fromStdString(day.toIso()), dateText(day),
            known ? known->spoken : QString{}, known ? known->card : std::vector<CardLine>{}};
        m_scene.shapes.push_back(shapeOf(item, value, rect));
    }
    // Above the week that holds the first of the month.
    void months()
    {
        double free = 0;
        int lastBlock = -1;
        BusinessDate day = m_data.period.first;
        for (bool first = true; day < m_data.period.end;
             day = firstOfMonth(day, 1), first = false) {
            const int week = (day.daysSinceEpoch() - m_monday.daysSinceEpoch()) / WeekDays;
            const int block = week / m_perBlock;
            const auto ymd = day.ymd();
            const auto month = static_cast<int>(static_cast<unsigned>(ymd.month()));
            QString name = QLocale{}.standaloneMonthName(month, QLocale::ShortFormat);
            if (first || month == 1)
                name += u' ' + QString::number(static_cast<int>(ymd.year()));
            const double x = cellRect(day).left();
            const double y = std::round(m_area.top() + block * blockHeight());
            const double width = m_ruler.width(name, TextRole::Axis);
            if (block != lastBlock)
                free = 0;
            if (x < free || x + width > m_area.right())
                continue;
            free = x + width + 6;
            lastBlock = block;
            m_scene.add(SceneText{{x, y, width, m_text}, name, TextRole::Axis,
                Qt::AlignLeft | Qt::AlignVCenter, {Token::Muted}, {}});
        }
    }
    void legend()
    {
        const double y = std::round(m_area.bottom() - m_text);
        double x = std::round(m_area.left() + m_left);
        const double box = std::min(12.0, m_text);
        const auto entry = [&](const QString& text, const SceneFill& look) {
            const double width = m_ruler.width(text, TextRole::Axis);
            if (x + box + 4 + width > m_area.right())
                return;
            SceneFill fill = look;
            fill.rect = {x, std::round(y + (m_text - box) / 2), box, box};
            m_scene.add(fill);
            m_scene.add(SceneText{{x + box + 4, y, width, m_text}, text, TextRole::Axis,
                Qt::AlignLeft | Qt::AlignVCenter, {Token::Muted}, {}});
            x += box + 4 + width + 14;
        };
        entry(tr("no data"), {{}, {Token::BorderStrong}, FillStyle::Missing});
        entry(QStringLiteral("0"), {{}, {stepToken(0)}, FillStyle::Solid});
        std::array<bool, 5> used{};
        for (const HeatDay& day : m_data.days)
            used[static_cast<std::size_t>(heatStep(day.amount, m_bounds))] = true;
        for (int step = 1; step <= 4; ++step) {
            const auto at = static_cast<std::size_t>(step);
            if (used[at])
                entry(step < 4 ? tr("to %1").arg(m_data.texts.inPicture(m_bounds[at - 1]))
                               : tr("above %1").arg(m_data.texts.inPicture(m_bounds[2])),
                    {{}, {stepToken(step)}, FillStyle::Solid});
        }
    }

    const HeatData& m_data;
    TextRuler m_ruler;
    QRectF m_area;
    std::array<Int128, 3> m_bounds;
    double m_text;
    ChartScene m_scene;
    std::map<BusinessDate, const HeatDay*> m_days;
    BusinessDate m_monday;
    int m_weeks{0};
    int m_perBlock{1};
    double m_left{0};
    double m_cell{0};
};

} // namespace

std::array<Int128, 3> heatBounds(std::span<const HeatDay> days)
{
    std::vector<Int128> amounts;
    for (const HeatDay& day : days) {
        if (day.amount > 0)
            amounts.push_back(day.amount);
    }
    std::ranges::sort(amounts);
    std::array<Int128, 3> bounds{0, 0, 0};
    for (std::size_t i = 0; i < bounds.size() && !amounts.empty(); ++i)
        bounds[i] = amounts[(amounts.size() - 1) * (i + 1) / 4];
    return bounds;
}

int heatStep(Int128 amount, const std::array<Int128, 3>& bounds)
{
    if (amount <= 0)
        return 0;
    const auto above = std::ranges::lower_bound(bounds, amount);
    return 1 + static_cast<int>(above - bounds.begin());
}

ChartScene layOutHeatMap(const HeatData& data, const QSizeF& size, const QFont& font)
{
    if (data.period.days() <= 0 || data.days.empty() || chartArea(size).isEmpty())
        return {size, Token::Surface, {}, {}};
    return HeatWriter{data, size, font}.write();
}

CalendarHeatMap::CalendarHeatMap(QWidget* parent)
    : SceneChart{parent}
{
    setObjectName(QStringLiteral("calendarHeatMap"));
    setAccessibleName(tr("Spend per day"));
}

void CalendarHeatMap::show(HeatData shown)
{
    m_data = std::move(shown);
    rebuild();
}

ChartScene CalendarHeatMap::layOut(const QSizeF& size, const QFont& font) const
{
    return layOutHeatMap(m_data, size, font);
}

QString CalendarHeatMap::dataText() const
{
    std::map<BusinessDate, Int128> amounts;
    for (const HeatDay& day : m_data.days)
        amounts.emplace(day.day, day.amount);
    QString out = tsvLine({tr("Day"), tr("Amount")});
    for (BusinessDate day = m_data.period.first; day < m_data.period.end; day = day.plusDays(1)) {
        const auto found = amounts.find(day);
        out += tsvLine({QString::fromStdString(day.toIso()),
            found == amounts.end() ? QString{} : m_data.texts.inData(found->second)});
    }
    return out;
}

} // namespace sluice::ui
