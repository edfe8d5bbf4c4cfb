// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/RowMapper.h"

#include <algorithm>

namespace sluice {
namespace {

UnitPrice unitPrice(const RuleCell& cell)
{
    return UnitPrice{Scaled::fromDecimal(cell.decimal)};
}

Quantity quantity(const RuleCell& cell)
{
    return Quantity{Scaled::fromDecimal(cell.decimal)};
}

} // namespace

RowMapper::RowMapper(Context context)
    : m_context{std::move(context)}
    , m_reader{m_context.map, m_context.profile}
    , m_periods{m_context.map, m_context.profile}
    , m_classes{m_context.map, m_context.keys, m_context.demoted}
    , m_plan{RulePlan::compile(
          m_context.rules, m_context.map.columns(), m_context.map.classColumns())}
    , m_run{m_plan}
    , m_cells(m_context.map.columnSlots.size())
    , m_values(m_context.map.columnSlots.size(), 0)
{
    for (const Measure measure : Measures)
        m_slots.costs[static_cast<std::size_t>(measure)] = slotOf(measureColumn(measure));
    m_slots.billingStart = slotOf("BillingPeriodStart");
    m_slots.billingEnd = slotOf("BillingPeriodEnd");
    m_slots.chargeStart = slotOf("ChargePeriodStart");
    m_slots.chargeEnd = slotOf("ChargePeriodEnd");
    m_slots.pricingQuantity = slotOf("PricingQuantity");
    m_slots.consumedQuantity = slotOf("ConsumedQuantity");
    m_slots.listUnitPrice = slotOf("ListUnitPrice");
    m_slots.contractedUnitPrice = slotOf("ContractedUnitPrice");
    m_slots.resourceId = slotOf("ResourceId");
    m_slots.resourceName = slotOf("ResourceName");
    m_slots.invoiceId = slotOf("InvoiceId");
    for (std::size_t slot = 0; slot < m_values.size(); ++slot) {
        const Slot& info = m_context.map.columnSlots[slot];
        if (info.role == SlotRole::Value)
            m_values[slot] = info.type == ColumnType::DateTime ? NeedInstant : NeedDecimal;
    }
    findRowSlots();
}

void RowMapper::findRowSlots()
{
    m_rowSlots.clear();
    for (std::size_t slot = 0; slot < m_values.size(); ++slot) {
        const auto needs = static_cast<std::uint8_t>(m_values[slot] | m_plan->needs()[slot]);
        if (needs != 0 || !m_classes.classColumns()[slot])
            m_rowSlots.push_back({slot, needs});
    }
}

int RowMapper::slotOf(std::string_view column) const
{
    const auto slot = m_context.map.find(column);
    return slot ? static_cast<int>(*slot) : -1;
}

std::uint32_t RowMapper::classify()
{
    const ClassTable::Found found = m_classes.find(m_texts);
    if (m_classes.takeColumnsChanged()) {
        m_plan
            = RulePlan::compile(m_context.rules, m_context.map.columns(), m_classes.classColumns());
        m_run.setPlan(m_plan);
        findRowSlots();
        // the column that left the classes is looked at row by row, beginning with this one
        m_reader.read(m_rowSlots, m_texts, m_cells);
    }
    if (found.isNew)
        SLUICE_CHECK(m_run.addClass(m_texts) == found.id);
    return found.id;
}

bool RowMapper::refuse(MappedRow& row, std::string rule, int slot, std::string reason) const
{
    row.accepted = false;
    row.fault = {std::move(rule),
        slot < 0 ? std::nullopt : std::optional{static_cast<std::size_t>(slot)}, std::move(reason)};
    return false;
}

bool RowMapper::refuseCell(MappedRow& row, int slot, const std::string& what) const
{
    const auto index = static_cast<std::size_t>(slot);
    const std::string& column = m_context.map.columnSlots[index].column;
    return m_cells[index].isNull ? refuse(row, column + "-C-003-M", slot, what + " is missing")
                                 : refuse(row, column + "-C-001-M", slot, what + " cannot be read");
}

bool RowMapper::refuseSize(MappedRow& row, Measure measure, int slot) const
{
    return refuse(row, "SLUICE-Q2-" + std::string{measureColumn(measure)}, slot,
        "the cost is more than the ledger can hold");
}

bool RowMapper::readCosts(MappedRow& row)
{
    const int scale = row.currency.scale();
    bool usable = true;
    for (std::size_t m = 0; m < MeasureCount; ++m) {
        const int slot = m_slots.costs[m];
        row.charge.costs[m] = 0;
        row.exact[m] = Decimal{};
        const RuleCell* cell = slot < 0 ? nullptr : &m_cells[static_cast<std::size_t>(slot)];
        if (cell == nullptr || !cell->decimalOk) {
            usable = readOtherCost(m, usable, row);
            continue;
        }
        row.exact[m] = cell->decimal;
        row.readableCosts = static_cast<std::uint8_t>(row.readableCosts | (1U << m));
        Int128 units = 0;
        if (!rescale(cell->decimal, scale, Rounding::HalfEven, units) || !fitsInt64(units)) {
            if (usable)
                usable = refuseSize(row, Measures[m], slot);
            continue;
        }
        row.charge.costs[m] = static_cast<std::int64_t>(units);
    }
    return usable;
}

bool RowMapper::readOtherCost(std::size_t measure, bool usable, MappedRow& row) const
{
    const int slot = m_slots.costs[measure];
    const RuleCell* cell = slot < 0 ? nullptr : &m_cells[static_cast<std::size_t>(slot)];
    const bool isNumber = cell != nullptr && !cell->isNull && cell->longNumber != LongNumber::None;
    if (isNumber) {
        WideDecimal exact;
        std::optional<Int128> units;
        if (WideDecimal::parse(cell->text, exact) == WideDecimal::Fit::Held) {
            units = exact.rounded(row.currency.scale());
            row.longCosts.emplace_back(measure, std::move(exact));
        }
        if (units && fitsInt64(*units))
            row.charge.costs[measure] = static_cast<std::int64_t>(*units);
        else if (usable)
            return refuseSize(row, Measures[measure], slot);
        return usable;
    }
    row.charge.nullCosts = static_cast<std::uint8_t>(row.charge.nullCosts | (1U << measure));
    const bool mustBeThere = measure <= static_cast<std::size_t>(Measure::EffectiveCost);
    if (!usable || !mustBeThere)
        return usable;
    if (cell != nullptr && !cell->isNull && isDecimalText(cell->text))
        return refuse(row, std::string{measureColumn(Measures[measure])} + "-C-001-M", slot,
            "the cost has more than " + std::to_string(WideDecimal::MaxDecimals) + " decimals");
    return refuseCell(row, slot, "the cost");
}

bool RowMapper::readInstantCell(int slot, std::int64_t& out, MappedRow& row)
{
    const RuleCell& cell = m_cells[static_cast<std::size_t>(slot)];
    if (!cell.instantOk)
        return refuseCell(row, slot, "the date");
    out = cell.seconds;
    return true;
}

bool RowMapper::readPeriods(MappedRow& row)
{
    m_periods.fill(m_cells);
    Charge& charge = row.charge;
    if (!readInstantCell(m_slots.chargeStart, charge.start, row))
        return false;
    if (m_slots.chargeEnd < 0)
        charge.end = DerivedPeriods::dayAfter(charge.start);
    else if (!readInstantCell(m_slots.chargeEnd, charge.end, row))
        return false;
    if (charge.end < charge.start)
        return refuse(row, std::string{ChargeOrderRule}, m_slots.chargeEnd,
            "the charge period ends before it starts");
    charge.day = m_context.zone.localDay(charge.start).daysSinceEpoch();
    return readBillingPeriod(row);
}

bool RowMapper::readBillingPeriod(MappedRow& row)
{
    if (m_slots.billingStart < 0 || m_slots.billingEnd < 0) {
        const DerivedPeriods::Month month = DerivedPeriods::monthOf(row.charge.start);
        row.periodStart = month.start;
        row.periodEnd = month.end;
    }
    if (m_slots.billingStart >= 0 && !readInstantCell(m_slots.billingStart, row.periodStart, row))
        return false;
    if (m_slots.billingEnd >= 0 && !readInstantCell(m_slots.billingEnd, row.periodEnd, row))
        return false;
    if (row.periodEnd <= row.periodStart)
        return refuse(row, std::string{BillingOrderRule}, m_slots.billingEnd,
            "the billing period ends before it starts");
    return true;
}

void RowMapper::readNumbers(MappedRow& row) const
{
    const auto read = [&](int slot, NumberBit bit) -> const RuleCell* {
        const RuleCell* cell = slot < 0 ? nullptr : &m_cells[static_cast<std::size_t>(slot)];
        if (cell != nullptr && cell->decimalOk)
            return cell;
        row.charge.nullNumbers = static_cast<std::uint8_t>(row.charge.nullNumbers | bit);
        return nullptr;
    };
    Charge& charge = row.charge;
    charge.nullNumbers = 0;
    const RuleCell* cell = read(m_slots.pricingQuantity, PricingQuantityBit);
    charge.pricingQuantity = cell != nullptr ? quantity(*cell) : Quantity{};
    cell = read(m_slots.consumedQuantity, ConsumedQuantityBit);
    charge.consumedQuantity = cell != nullptr ? quantity(*cell) : Quantity{};
    cell = read(m_slots.listUnitPrice, ListUnitPriceBit);
    charge.listUnitPrice = cell != nullptr ? unitPrice(*cell) : UnitPrice{};
    cell = read(m_slots.contractedUnitPrice, ContractedUnitPriceBit);
    charge.contractedUnitPrice = cell != nullptr ? unitPrice(*cell) : UnitPrice{};
}

void RowMapper::readDetails(MappedRow& row) const
{
    const auto text = [&](int slot) {
        const std::string_view value
            = slot < 0 ? std::string_view{} : m_texts[static_cast<std::size_t>(slot)];
        return isNullText(value) ? std::string_view{} : value;
    };
    row.charge.resourceId = text(m_slots.resourceId);
    row.charge.resourceName = text(m_slots.resourceName);
    row.charge.invoiceId = text(m_slots.invoiceId);
}

void RowMapper::map(std::span<const std::string_view> fields, std::uint64_t line, MappedRow& row)
{
    row.charge.line = line;
    row.fault = {};
    m_verdict = 0;
    row.currency = {};
    row.readableCosts = 0;
    row.longCosts.clear();
    row.charge.nullCosts = 0;
    if (fields.size() != m_context.map.fieldCount) {
        refuse(row, std::string{RaggedRule}, -1,
            "the row has " + std::to_string(fields.size()) + " fields, the header has "
                + std::to_string(m_context.map.fieldCount));
        return;
    }
    m_texts = m_reader.texts(fields);
    m_reader.read(m_rowSlots, m_texts, m_cells);
    const std::uint32_t classId = classify();
    RowBits bits{};
    m_plan->evaluateRow(m_cells, bits);
    m_verdict = m_run.add(classId, bits, line, m_texts);

    const RowClass& rowClass = m_classes.at(classId);
    row.charge.key = rowClass.key;
    row.currency = rowClass.currency;
    row.billingAccount = rowClass.billingAccount;
    row.accepted = true;
    // also of a row that is refused: the file's control total wants them
    const bool costs = readCosts(row);
    if (!costs)
        return;
    if (!row.currency.isSet()) {
        const int slot = slotOf("BillingCurrency");
        const bool missing = slot < 0 || isNullText(m_texts[static_cast<std::size_t>(slot)]);
        refuse(row, std::string{missing ? NoCurrencyRule : BadCurrencyRule}, slot,
            missing ? "the billing currency is missing"
                    : "the billing currency is not a three-letter code");
        return;
    }
    if (!readPeriods(row))
        return;
    readNumbers(row);
    readDetails(row);
}

} // namespace sluice
