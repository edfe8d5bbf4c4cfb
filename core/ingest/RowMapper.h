// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/WideDecimal.h"
#include "core/ingest/CellReader.h"
#include "core/ingest/ClassTable.h"
#include "core/ingest/DerivedPeriods.h"
#include "core/ingest/RuleDriver.h"
#include "core/ingest/RuleRun.h"
#include "core/ledger/Charge.h"
#include "core/ledger/LedgerTimeZone.h"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// Why a row cannot be a charge.
struct RowFault {
    std::string rule; // id
    // nothing: of the row as a whole, or of a column that the file does not have
    std::optional<std::size_t> slot;
    std::string reason;
};

// One record as the ledger sees it. Valid until the next record is mapped.
struct MappedRow {
    bool accepted{false};
    // document, scope and row are the caller's to fill; texts are views of the record
    Charge charge;
    Currency currency;
    StringId billingAccount{0};
    std::int64_t periodStart{0}; // of the billing period, UTC seconds
    std::int64_t periodEnd{0};
    std::array<Decimal, MeasureCount> exact{}; // as written; zero where null
    std::uint8_t readableCosts{0}; // bit m set: `exact[m]` is what the file says
    // Costs (by measure) with more digits than `exact` can hold; hardly any row has one.
    std::vector<std::pair<std::size_t, WideDecimal>> longCosts;
    RowFault fault; // where !accepted
};

// Turns records of one document into charges. Descriptive columns are worked out once per class of
// rows (ClassTable), numbers and dates once per row; the rules look at the very same cells. One
// object per document and thread.
class RowMapper {
public:
    struct Context {
        const ColumnMap& map;
        const Profile& profile;
        const LedgerTimeZone& zone;
        std::shared_ptr<const RuleModel> rules;
        KeyDictionary& keys; // the batch's own
        std::set<std::string>& demoted; // the source's, grows
    };
    explicit RowMapper(Context context);

    // `fields` as the reader gave them; a row with a wrong number of fields is not accepted.
    void map(std::span<const std::string_view> fields, std::uint64_t line, MappedRow& row);
    // The text of a slot in the record mapped last.
    [[nodiscard]] std::string_view text(std::size_t slot) const noexcept { return m_texts[slot]; }
    // The rules (indexes in the model) that the record mapped last breaks by itself: those about
    // several rows are known after the last one alone.
    [[nodiscard]] const std::vector<std::uint32_t>& brokenRules() const
    {
        return m_run.brokenRules(m_verdict);
    }
    [[nodiscard]] std::vector<RuleResult> finish() { return m_run.finish(); }

    // Rule ids (resources/focus/rules.json) of the faults that keep a row from being a charge. The
    // missing, unreadable and overflowing values are COLUMN-C-003-M, COLUMN-C-001-M and
    // SLUICE-Q2-COLUMN.
    static constexpr std::string_view RaggedRule = RuleDriver::RaggedRule;
    static constexpr std::string_view NoCurrencyRule = "BillingCurrency-C-004-M";
    static constexpr std::string_view BadCurrencyRule = "SLUICE-Q1";
    // A period that ends before it starts cannot be read as one, nor an empty billing period.
    static constexpr std::string_view ChargeOrderRule = "SLUICE-P1";
    static constexpr std::string_view BillingOrderRule = "SLUICE-P1a";

private:
    // Where the values that make a charge stand; -1: the file does not have the column.
    struct ValueSlots {
        std::array<int, MeasureCount> costs{-1, -1, -1, -1};
        int billingStart{-1};
        int billingEnd{-1};
        int chargeStart{-1};
        int chargeEnd{-1};
        int pricingQuantity{-1};
        int consumedQuantity{-1};
        int listUnitPrice{-1};
        int contractedUnitPrice{-1};
        int resourceId{-1};
        int resourceName{-1};
        int invoiceId{-1};
    };

    std::uint32_t classify();
    void findRowSlots();
    bool readCosts(MappedRow& row);
    // One that is null, no number, or too long for a Decimal. Whether the row may still be a
    // charge, as it may not where it was not `usable`.
    bool readOtherCost(std::size_t measure, bool usable, MappedRow& row) const;
    bool readPeriods(MappedRow& row);
    bool readBillingPeriod(MappedRow& row);
    bool readInstantCell(int slot, std::int64_t& out, MappedRow& row);
    void readNumbers(MappedRow& row) const;
    void readDetails(MappedRow& row) const;
    bool refuse(MappedRow& row, std::string rule, int slot, std::string reason) const;
    // The value of `slot` is missing or cannot be read; `what` is "the cost", "the date".
    bool refuseCell(MappedRow& row, int slot, const std::string& what) const;
    bool refuseSize(MappedRow& row, Measure measure, int slot) const;
    [[nodiscard]] int slotOf(std::string_view column) const;

    Context m_context;
    ValueSlots m_slots;
    CellReader m_reader;
    DerivedPeriods m_periods;
    ClassTable m_classes;
    std::shared_ptr<const RulePlan> m_plan;
    RuleRun m_run;
    std::span<const std::string_view> m_texts; // by slot
    std::vector<RuleCell> m_cells; // by slot; filled where a row is looked at
    std::vector<std::uint8_t> m_values; // by slot: what the mapper wants parsed
    // those that are looked at row by row, and what rules and mapper need of them
    std::vector<CellReader::Wanted> m_rowSlots;
    RuleRun::VerdictId m_verdict{0}; // of the record mapped last
};

} // namespace sluice
