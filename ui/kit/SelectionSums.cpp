// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/SelectionSums.h"

#include <QCoreApplication>

namespace sluice::ui {

namespace {

constexpr int NumberScale = 18; // decimals that a plain number's sum keeps

QString tr(const char* source)
{
    return QCoreApplication::translate("SelectionSums", source);
}

QString shown(Int128 units, const ColumnSums::Part& part, Currency currency, const MoneyText& money)
{
    return currency.isSet() ? money.withCode(units, currency) : money.decimal({units, part.scale});
}

QString averageText(const ColumnSums::Part& part, Currency currency, const MoneyText& money)
{
    const auto count = static_cast<Int128>(part.count);
    if (currency.isSet() || part.scale > 0)
        return shown(divideRounded(part.sum, count, Rounding::HalfEven), part, currency, money);
    constexpr int Digits = 1; // of the average of whole numbers
    Int128 tenths = 0;
    if (__builtin_mul_overflow(part.sum, powerOfTen(Digits), &tenths))
        return QStringLiteral("\u2014");
    return money.decimal({divideRounded(tenths, count, Rounding::HalfEven), Digits});
}

} // namespace

void ColumnSums::add(const TableCell& cell)
{
    if (cell.none
        || (cell.kind != CellKind::Money && cell.kind != CellKind::Count
            && cell.kind != CellKind::Number))
        return;
    Part& part = m_parts[cell.currency];
    part.scale = cell.kind == CellKind::Number ? NumberScale : cell.number.scale;
    Int128 units = cell.number.mantissa;
    if (cell.kind == CellKind::Number)
        part.exact = part.exact && cell.number.scale <= NumberScale
            && rescale(cell.number, NumberScale, Rounding::HalfEven, units);
    part.exact = part.exact && !__builtin_add_overflow(part.sum, units, &part.sum);
    ++part.count;
}

QString ColumnSums::text(const MoneyText& money) const
{
    QStringList texts;
    for (const auto& [currency, part] : m_parts) {
        texts << (part.exact ? tr("sum %1, average %2, count %3")
                                   .arg(shown(part.sum, part, currency, money),
                                       averageText(part, currency, money), money.count(part.count))
                             : tr("count %1").arg(money.count(part.count)));
    }
    return texts.join(QStringLiteral("; "));
}

Result<std::vector<ColumnSums>> sumsOf(const TableReader& reader,
    const std::vector<RowRange>& ranges, const std::vector<int>& columns,
    const TaskContext& context)
{
    std::vector<ColumnSums> sums(columns.size());
    SLUICE_TRY_DO(reader.read(
        ranges, columns, TableReader::Want::Values,
        [&sums](const std::vector<TableReader::Cell>& cells) {
            for (std::size_t i = 0; i < sums.size(); ++i)
                sums[i].add(cells[i].value);
            return Status::success();
        },
        context));
    return sums;
}

} // namespace sluice::ui
