// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Random.h"
#include "ui/kit/DateText.h"
#include "ui/models/SnapshotTableModel.h"

#include <array>

namespace sluice::test {

// A row with every kind of value and look.
struct SpendRow {
    std::string service;
    std::string unit;
    BusinessDate day;
    Currency currency;
    Int128 amount{0};
    bool hasAmount{true};
    Int128 plan{0};
    std::uint64_t charges{0};
    Int128 whole{1};
    int state{0}; // 0 within, 1 watch, 2 over
};

enum SpendColumn {
    Service,
    UnitName,
    Day,
    Amount,
    Against,
    Share,
    State,
    Charges,
    SpendColumnCount
};

inline ui::Variance varianceOf(const SpendRow& row)
{
    return {row.amount, row.plan, row.currency};
}

inline QString stateText(const SpendRow& row)
{
    return row.state == 0 ? QStringLiteral("\u25CF within")
        : row.state == 1  ? QStringLiteral("\u25C6 watch")
                          : QStringLiteral("\u25B2 over cap");
}

inline std::span<const ui::Column<SpendRow>> spendColumns()
{
    using namespace ui;
    static const std::array<Column<SpendRow>, SpendColumnCount> Table{{
        {"service", "Service", CellKind::Text,
            [](const SpendRow& r, const MoneyText&) { return QString::fromStdString(r.service); },
            [](const SpendRow& r) { return TableCell::ofText(r.service); }},
        {"unit", "Unit", CellKind::Text,
            [](const SpendRow& r, const MoneyText&) { return QString::fromStdString(r.unit); },
            [](const SpendRow& r) { return TableCell::ofText(r.unit); },
            [](const SpendRow& r) {
                return r.unit == "no owner" ? std::optional{Token::Warning} : std::nullopt;
            }},
        {"day", "Day", CellKind::Date,
            [](const SpendRow& r, const MoneyText&) { return dateText(r.day); },
            [](const SpendRow& r) { return TableCell::ofDate(r.day); }},
        {"amount", "Cost", CellKind::Money,
            [](const SpendRow& r, const MoneyText& m) {
                return r.hasAmount ? m.withCode(r.amount, r.currency) : QString{};
            },
            [](const SpendRow& r) {
                return r.hasAmount ? TableCell::ofMoney(r.amount, r.currency)
                                   : TableCell::nothing(CellKind::Money);
            },
            nullptr, CellLook::Money},
        {"variance", "Against plan", CellKind::Money,
            [](const SpendRow& r, const MoneyText& m) { return varianceText(varianceOf(r), m); },
            [](const SpendRow& r) { return TableCell::ofMoney(r.amount - r.plan, r.currency); },
            [](const SpendRow& r) { return std::optional{varianceToken(varianceOf(r))}; },
            CellLook::Variance, [](const SpendRow& r) { return varianceBar(varianceOf(r)); }},
        {"share", "Share", CellKind::Percent,
            [](const SpendRow& r, const MoneyText& m) { return m.percent(r.amount, r.whole); },
            [](const SpendRow& r) { return TableCell::ofPercent(r.amount, r.whole); }, nullptr,
            CellLook::Share,
            [](const SpendRow& r) {
                return static_cast<double>(r.amount) / static_cast<double>(r.whole);
            }},
        {"state", "State", CellKind::Text,
            [](const SpendRow& r, const MoneyText&) { return stateText(r); },
            [](const SpendRow& r) {
                return TableCell::ofRanked(stateText(r).toStdString(), r.state);
            },
            [](const SpendRow& r) {
                return std::optional{r.state == 0 ? Token::Ok
                        : r.state == 1            ? Token::Warning
                                                  : Token::Critical};
            },
            CellLook::Chip},
        {"charges", "Charges", CellKind::Count,
            [](const SpendRow& r, const MoneyText& m) { return m.count(r.charges); },
            [](const SpendRow& r) { return TableCell::ofCount(r.charges); }},
    }};
    return Table;
}

inline std::shared_ptr<const std::vector<SpendRow>> spendRows(
    std::size_t count, std::uint64_t seed, bool oneCurrency = false)
{
    static constexpr std::array Currencies{
        Currency::literal("USD"), Currency::literal("EUR"), Currency::literal("JPY")};
    static const std::array<std::string, 6> Services{"Model Gateway", "GPU Hours", "Code Companion",
        "Object Storage", "evaluation runs", "\xC3\x84rzte-Assistent"};
    static const std::array<std::string, 5> Units{"search", "Lab", "Platform", "no owner", ""};
    SeededRandom random{seed};
    auto rows = std::make_shared<std::vector<SpendRow>>();
    rows->reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        SpendRow row;
        row.service = Services[random.below(Services.size())];
        if (random.chance(1, 3))
            row.service += " " + std::to_string(random.below(5'000));
        row.unit = Units[random.below(Units.size())];
        row.day = BusinessDate{20'000 + static_cast<std::int32_t>(random.below(700))};
        row.currency = Currencies[oneCurrency ? 0 : random.below(Currencies.size())];
        row.amount = random.between(-20'000'000'000, 900'000'000'000);
        row.hasAmount = !random.chance(1, 15);
        row.plan = random.between(100'000'000'000, 700'000'000'000);
        row.charges = random.below(40);
        row.whole = 900'000'000'000;
        row.state = static_cast<int>(random.below(3));
        rows->push_back(std::move(row));
    }
    return rows;
}

using SpendModel = ui::SnapshotTableModel<SpendRow>;

} // namespace sluice::test
