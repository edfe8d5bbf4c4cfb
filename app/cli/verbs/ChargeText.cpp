// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs/ChargeText.h"

#include <algorithm>
#include <array>
#include <map>

namespace sluice {

namespace {

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string valueOf(const NamedValues& values, std::string_view name)
{
    const auto found = std::find_if(
        values.begin(), values.end(), [name](const auto& value) { return value.first == name; });
    return found == values.end() ? std::string{} : found->second;
}

void writeShare(JsonWriter& json, const ChargeShare& share, const ChargeView& charge)
{
    json.beginObject();
    for (const std::string_view name : {"unit", "owner", "workflow", "cost_centre"})
        Cell::textOrNone(valueOf(share.attributes, name)).writeJson(json.key(name));
    json.countMember("weight", share.weight);
    Cell::amount(share.costs[static_cast<std::size_t>(Measure::BilledCost)], charge.currency)
        .writeJson(json.key("amount"));
    if (!share.rules.empty()) {
        json.key("rules").beginObject();
        for (const auto& rule : share.rules)
            json.member(rule.first, rule.second);
        json.endObject();
    }
    json.endObject();
}

std::string shownTitle(const std::string& name)
{
    constexpr std::array<std::string_view, 8> Shown{
        "id", "day", "currency", "billed_cost", "unit", "service_name", "sku_id", "region_id"};
    return std::find(Shown.begin(), Shown.end(), name) == Shown.end() ? std::string{} : name;
}

} // namespace

std::string snakeCase(std::string_view column)
{
    const bool plain = !column.empty() && isUpper(column.front())
        && std::all_of(column.begin(), column.end(),
            [](char c) { return isUpper(c) || isLower(c) || isDigit(c); });
    if (!plain)
        return std::string{column};
    std::string name;
    for (std::size_t i = 0; i < column.size(); ++i) {
        const bool wordBegins = i > 0 && isUpper(column[i])
            && (!isUpper(column[i - 1]) || (i + 1 < column.size() && isLower(column[i + 1])));
        if (wordBegins)
            name += '_';
        name += isUpper(column[i]) ? static_cast<char>(column[i] - 'A' + 'a') : column[i];
    }
    return name;
}

Cell chargeCost(const ChargeView& charge, Measure measure)
{
    const auto index = static_cast<std::size_t>(measure);
    if ((charge.nullCosts >> index & 1U) != 0)
        return Cell::none();
    return Cell::amount(charge.costs[index], charge.currency);
}

std::vector<NamedCell> cellsOf(const ChargeView& charge)
{
    std::vector<NamedCell> cells;
    const auto add = [&cells](std::string name, Cell cell) {
        const bool taken = std::any_of(cells.begin(), cells.end(),
            [&name](const NamedCell& other) { return other.name == name; });
        if (!taken)
            cells.push_back({std::move(name), std::move(cell)});
    };
    add("id", Cell::text(charge.id));
    add("batch", Cell::text(charge.batch));
    add("kind", Cell::text(batchKindName(charge.kind)));
    add("day", Cell::day(charge.day));
    add("currency", Cell::text(charge.currency.code()));
    for (const Measure measure : Measures)
        add(std::string{measureName(measure)}, chargeCost(charge, measure));
    for (const auto& attribute : charge.attributes)
        add(attribute.first, Cell::textOrNone(attribute.second));
    for (const auto& column : charge.columns)
        add(snakeCase(column.first), Cell::textOrNone(column.second));
    return cells;
}

void writeCharge(JsonWriter& json, const ChargeView& charge)
{
    json.beginObject();
    for (const NamedCell& named : cellsOf(charge))
        named.cell.writeJson(json.key(named.name));
    if (!charge.shares.empty()) {
        json.key("shares").beginArray();
        for (const ChargeShare& share : charge.shares)
            writeShare(json, share, charge);
        json.endArray();
    }
    json.endObject();
}

void writeCharges(JsonWriter& json, const std::vector<ChargeView>& charges)
{
    json.beginArray();
    for (const ChargeView& charge : charges)
        writeCharge(json, charge);
    json.endArray();
}

Table chargeTable(const std::vector<ChargeView>& charges)
{
    std::vector<Table::Column> columns;
    std::map<std::string, std::size_t> index;
    const auto addColumns = [&](const std::vector<NamedCell>& cells) {
        for (const NamedCell& named : cells) {
            if (index.emplace(named.name, columns.size()).second)
                columns.push_back({named.name, shownTitle(named.name)});
        }
    };
    addColumns(cellsOf({})); // what every charge has, so that an empty page has a header too
    std::vector<std::vector<NamedCell>> all;
    for (const ChargeView& charge : charges) {
        all.push_back(cellsOf(charge));
        addColumns(all.back());
    }
    Table table{columns};
    for (std::vector<NamedCell>& cells : all) {
        std::vector<Cell> row(columns.size());
        for (NamedCell& named : cells)
            row[index[named.name]] = std::move(named.cell);
        table.addRow(std::move(row));
    }
    return table;
}

} // namespace sluice
