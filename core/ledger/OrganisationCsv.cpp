// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/CsvText.h"
#include "core/base/TextFold.h"
#include "core/ledger/Organisation.h"
#include "core/ledger/Principal.h"
#include "core/ledger/SpendCategory.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace sluice {
namespace {

enum Column : std::size_t {
    Kind,
    Id,
    Name,
    Parent,
    Owner,
    Roles,
    Scope,
    CostCentreId,
    UnitId,
    Email,
    Category,
    ValidFrom,
    ValidTo
};
constexpr std::array<std::string_view, 13> ColumnNames{"kind", "id", "name", "parent", "owner",
    "roles", "scope", "cost_centre", "unit", "email", "category", "valid_from", "valid_to"};

enum RecordKind : std::size_t { PersonKind, UnitKind, CostCentreKind, WorkflowKind };
constexpr std::array<std::string_view, 4> KindNames{"person", "unit", "cost_centre", "workflow"};

constexpr unsigned bit(Column column)
{
    return 1U << column;
}
constexpr unsigned CommonColumns = bit(Kind) | bit(Id) | bit(Name) | bit(ValidFrom) | bit(ValidTo);
constexpr std::array<unsigned, 4> ColumnsOf{CommonColumns | bit(Email) | bit(Roles) | bit(Scope),
    CommonColumns | bit(Parent) | bit(Owner) | bit(CostCentreId), CommonColumns | bit(Owner),
    CommonColumns | bit(UnitId) | bit(Owner) | bit(Category)};

constexpr std::size_t MaxDepth = 64;

std::vector<std::string> listOf(std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = text.find(';');
        const std::string_view part = trimmed(text.substr(0, end));
        if (!part.empty())
            parts.emplace_back(part);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return parts;
}

std::string joined(const std::vector<std::string>& parts)
{
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : ";") + part;
    return text;
}

// Reads the rows into records, then checks what only the whole can tell.
class Reader {
public:
    explicit Reader(std::string_view fileName)
        : m_file{fileName}
    {
    }

    Result<Organisation> run(std::string_view text, OrganisationText kind)
    {
        SLUICE_TRY(m_rows, parseCsvText(text, m_file));
        SLUICE_TRY_DO(readHeader());
        for (std::size_t row = 1; row < m_rows.size(); ++row)
            SLUICE_TRY_DO(readRow(m_rows[row]));
        SLUICE_TRY_DO(checkOverlaps());
        if (kind == OrganisationText::New)
            SLUICE_TRY_DO(checkLikenesses());
        SLUICE_TRY_DO(checkReferences());
        SLUICE_TRY_DO(checkTree());
        return std::move(m_out);
    }

private:
    Error fault(const CsvRow& row, Column column, std::string what, std::string fix = {}) const
    {
        const std::size_t at = m_columns[column];
        const CsvField& field = at < row.size() ? row[at] : row.back();
        return {ErrorCode::BadInput, textPlace(m_file, field.line, field.column), std::move(what),
            std::move(fix)};
    }

    [[nodiscard]] std::string_view text(const CsvRow& row, Column column) const
    {
        const std::size_t at = m_columns[column];
        return at < row.size() ? trimmed(row[at].text) : std::string_view{};
    }

    Status readHeader()
    {
        m_columns.fill(std::string::npos);
        if (m_rows.empty())
            return Error{ErrorCode::BadInput, std::string{m_file}, "the file holds no line",
                "Start with a header: kind,id,name,…"};
        for (std::size_t i = 0; i < m_rows.front().size(); ++i) {
            const CsvField& field = m_rows.front()[i];
            const std::string name = folded(field.text);
            const auto* const known = std::find(ColumnNames.begin(), ColumnNames.end(), name);
            const std::string place = textPlace(m_file, field.line, field.column);
            if (known == ColumnNames.end()) {
                if (name.rfind("x_", 0) == 0)
                    continue;
                return Error{ErrorCode::BadInput, place,
                    "there is no column '" + field.text + "' in an organisation",
                    "Known are kind, id, name, parent, owner, roles, scope, cost_centre, unit, email, category, valid_from, "
                    "valid_to; others start with x_"};
            }
            std::size_t& at = m_columns[static_cast<std::size_t>(known - ColumnNames.begin())];
            if (at != std::string::npos)
                return Error{ErrorCode::BadInput, place,
                    "the column '" + name + "' stands there twice", "Remove one of them"};
            at = i;
        }
        for (const Column needed : {Kind, Id})
            if (m_columns[needed] == std::string::npos)
                return Error{ErrorCode::BadInput, textPlace(m_file, 1, 1),
                    "the column '" + std::string{ColumnNames[needed]} + "' is missing",
                    "Add it to the header"};
        return Status::success();
    }

    Status readRow(const CsvRow& row)
    {
        if (row.size() > m_rows.front().size())
            return Error{ErrorCode::BadInput,
                textPlace(
                    m_file, row[m_rows.front().size()].line, row[m_rows.front().size()].column),
                "the line has more values than the header", "Quote values that hold the separator"};
        const auto* const found
            = std::find(KindNames.begin(), KindNames.end(), folded(text(row, Kind)));
        if (found == KindNames.end())
            return fault(row, Kind,
                "'" + std::string{text(row, Kind)} + "' is not a kind of record",
                "Use person, unit, cost_centre or workflow");
        const auto kind = static_cast<RecordKind>(found - KindNames.begin());
        if (text(row, Id).empty())
            return fault(row, Id, "the " + std::string{*found} + " has no id");
        for (std::size_t i = 0; i < ColumnNames.size(); ++i) {
            const auto column = static_cast<Column>(i);
            if ((ColumnsOf[kind] & bit(column)) == 0 && !text(row, column).empty())
                return fault(row, column,
                    "a " + std::string{*found} + " has no '" + std::string{ColumnNames[i]} + "'",
                    "Leave it empty");
        }
        Effective effective;
        SLUICE_TRY_DO(readEffective(row, effective));
        SLUICE_TRY_DO(addRecord(row, kind, effective));
        m_records[kind].push_back({std::string{text(row, Id)}, effective, &row});
        return Status::success();
    }

    Status readEffective(const CsvRow& row, Effective& effective) const
    {
        for (const Column column : {ValidFrom, ValidTo}) {
            if (text(row, column).empty())
                continue;
            const auto day = BusinessDate::parseIso(text(row, column));
            if (!day.ok())
                return fault(row, column, "'" + std::string{text(row, column)} + "' is not a day",
                    "Write it as YYYY-MM-DD");
            (column == ValidFrom ? effective.from : effective.until) = *day;
        }
        if (effective.until <= effective.from)
            return fault(row, ValidTo, "the record ends before it begins",
                "valid_to is exclusive: the first day it no longer holds");
        return Status::success();
    }

    Status addRecord(const CsvRow& row, RecordKind kind, Effective effective)
    {
        const auto value = [&](Column column) { return std::string{text(row, column)}; };
        switch (kind) {
        case PersonKind:
            for (const std::string& role : listOf(text(row, Roles)))
                if (const auto parsed = parseRole(role); !parsed.ok())
                    return fault(row, Roles, parsed.error().what, parsed.error().fix);
            m_out.people.push_back({value(Id), value(Name), value(Email), listOf(text(row, Roles)),
                listOf(text(row, Scope)), effective});
            break;
        case UnitKind:
            m_out.units.push_back({value(Id), value(Parent), value(Name), value(Owner),
                value(CostCentreId), effective});
            break;
        case CostCentreKind:
            m_out.costCentres.push_back({value(Id), value(Name), value(Owner), effective});
            break;
        case WorkflowKind:
            if (!value(Category).empty() && !isSpendCategory(value(Category)))
                return fault(row, Category, "'" + value(Category) + "' is not a category",
                    "Use one of " + std::string{spendCategoryList()});
            m_out.workflows.push_back(
                {value(Id), value(Name), value(UnitId), value(Owner), value(Category), effective});
            break;
        }
        return Status::success();
    }

    struct Record {
        std::string id;
        Effective effective;
        const CsvRow* row{nullptr};
    };

    Status checkOverlaps()
    {
        for (std::size_t kind = 0; kind < KindNames.size(); ++kind) {
            std::vector<Record> sorted = m_records[kind];
            std::ranges::stable_sort(sorted, [](const Record& a, const Record& b) {
                return a.id != b.id ? a.id < b.id : a.effective.from < b.effective.from;
            });
            for (std::size_t i = 0; i < sorted.size(); ++i) {
                m_ids[kind].insert(sorted[i].id);
                if (i == 0 || sorted[i].id != sorted[i - 1].id
                    || sorted[i - 1].effective.until <= sorted[i].effective.from)
                    continue;
                return fault(*sorted[i].row, Id,
                    "the " + std::string{KindNames[kind]} + " '" + sorted[i].id + "' of line "
                        + std::to_string(sorted[i - 1].row->front().line)
                        + " holds on some of the same days",
                    "Give the earlier record a valid_to, or remove one");
            }
        }
        return Status::success();
    }

    // Tags are matched with ids whatever their case and separators: of two ids that are alike on
    // one day, all tags would mean the first, and the other would never get a charge.
    Status checkLikenesses() const
    {
        for (std::size_t kind = 0; kind < KindNames.size(); ++kind) {
            std::map<std::string, std::vector<const Record*>> alike;
            for (const Record& record : m_records[kind]) {
                const std::string like = likeness(record.id);
                if (like.empty())
                    continue;
                std::vector<const Record*>& others = alike[like];
                for (const Record* other : others) {
                    if (other->id == record.id || record.effective.until <= other->effective.from
                        || other->effective.until <= record.effective.from)
                        continue;
                    return fault(*record.row, Id,
                        "the " + std::string{KindNames[kind]} + " '" + record.id
                            + "' cannot be told from '" + other->id + "' of line "
                            + std::to_string(other->row->front().line)
                            + ": tags match both, whatever their case and separators",
                        "Give one of them another id, or let the earlier one end before");
                }
                others.push_back(&record);
            }
        }
        return Status::success();
    }

    Status checkReference(
        const CsvRow& row, Column column, RecordKind kind, const std::string& id) const
    {
        if (id.empty() || m_ids[kind].contains(id))
            return Status::success();
        return fault(row, column, "there is no " + std::string{KindNames[kind]} + " '" + id + "'",
            "Add it to the file, or correct the id");
    }

    Status checkReferences() const
    {
        for (std::size_t i = 0; i < m_out.people.size(); ++i)
            for (const std::string& unit : m_out.people[i].scope)
                SLUICE_TRY_DO(checkReference(*m_records[PersonKind][i].row, Scope, UnitKind, unit));
        for (std::size_t i = 0; i < m_out.units.size(); ++i) {
            const CsvRow& row = *m_records[UnitKind][i].row;
            SLUICE_TRY_DO(checkReference(row, Parent, UnitKind, m_out.units[i].parent));
            SLUICE_TRY_DO(checkReference(row, Owner, PersonKind, m_out.units[i].owner));
            SLUICE_TRY_DO(
                checkReference(row, CostCentreId, CostCentreKind, m_out.units[i].costCentre));
        }
        for (std::size_t i = 0; i < m_out.costCentres.size(); ++i)
            SLUICE_TRY_DO(checkReference(
                *m_records[CostCentreKind][i].row, Owner, PersonKind, m_out.costCentres[i].owner));
        for (std::size_t i = 0; i < m_out.workflows.size(); ++i) {
            const CsvRow& row = *m_records[WorkflowKind][i].row;
            SLUICE_TRY_DO(checkReference(row, UnitId, UnitKind, m_out.workflows[i].unit));
            SLUICE_TRY_DO(checkReference(row, Owner, PersonKind, m_out.workflows[i].owner));
        }
        return Status::success();
    }

    // The record of a unit that holds on `day`, as an index.
    [[nodiscard]] std::size_t unitOn(const std::string& id, BusinessDate day) const
    {
        const auto range = m_unitIndex.equal_range(id);
        for (auto at = range.first; at != range.second; ++at)
            if (m_out.units[at->second].effective.covers(day))
                return at->second;
        return std::string::npos;
    }

    // The first day of the unit's life on which its parent is not there; nothing when it always is.
    [[nodiscard]] std::optional<BusinessDate> parentMissing(const Unit& unit) const
    {
        BusinessDate day = unit.effective.from;
        while (day < unit.effective.until) {
            const std::size_t parent = unitOn(unit.parent, day);
            if (parent == std::string::npos)
                return day;
            day = m_out.units[parent].effective.until;
        }
        return std::nullopt;
    }

    // A cycle closes on the first day of one of its edges, so it is enough to walk up from each
    // record then.
    Status checkTree()
    {
        for (std::size_t i = 0; i < m_out.units.size(); ++i)
            m_unitIndex.emplace(m_out.units[i].id, i);
        for (std::size_t i = 0; i < m_out.units.size(); ++i) {
            const Unit& unit = m_out.units[i];
            const CsvRow& row = *m_records[UnitKind][i].row;
            if (unit.parent.empty())
                continue;
            if (const auto day = parentMissing(unit))
                return fault(row, Parent,
                    "the parent '" + unit.parent + "' of unit '" + unit.id + "' is not valid on "
                        + (*day == Effective{}.from ? "all its days" : day->toIso()),
                    "Extend the parent, or let the child end with it");
            std::size_t at = i;
            for (std::size_t depth = 0; at != std::string::npos && !m_out.units[at].parent.empty();
                 ++depth) {
                at = unitOn(m_out.units[at].parent, unit.effective.from);
                if (at == i)
                    return fault(row, Parent, "the unit '" + unit.id + "' is above itself",
                        "Break the cycle of parents");
                if (depth == MaxDepth)
                    return fault(row, Parent,
                        "the units above '" + unit.id
                            + "' form a cycle or go deeper than 64 levels",
                        "Check the parents above it");
            }
        }
        return Status::success();
    }

    std::string m_file;
    std::vector<CsvRow> m_rows;
    std::array<std::size_t, ColumnNames.size()> m_columns{};
    std::array<std::vector<Record>, 4> m_records;
    std::array<std::set<std::string, std::less<>>, 4> m_ids;
    std::multimap<std::string, std::size_t, std::less<>> m_unitIndex;
    Organisation m_out;
};

class Writer {
public:
    Writer()
    {
        for (const std::string_view name : ColumnNames)
            m_text += (m_text.empty() ? "" : ",") + std::string{name};
        m_text += '\n';
    }
    void line(RecordKind kind, const Effective& effective,
        std::vector<std::pair<Column, std::string>> values)
    {
        values.emplace_back(Kind, KindNames[kind]);
        if (effective.from != Effective{}.from)
            values.emplace_back(ValidFrom, effective.from.toIso());
        if (effective.until != Effective{}.until)
            values.emplace_back(ValidTo, effective.until.toIso());
        std::array<std::string, ColumnNames.size()> row;
        for (const auto& value : values)
            row[value.first] = csvQuoted(value.second);
        for (std::size_t i = 0; i < row.size(); ++i)
            m_text += (i == 0 ? "" : ",") + row[i];
        m_text += '\n';
    }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

} // namespace

Result<Organisation> parseOrganisationCsv(
    std::string_view text, std::string_view fileName, OrganisationText kind)
{
    return Reader{fileName}.run(text, kind);
}

std::string organisationCsv(const Organisation& organisation)
{
    Writer writer;
    for (const Person& p : organisation.people)
        writer.line(PersonKind, p.effective,
            {{Id, p.id}, {Name, p.name}, {Email, p.email}, {Roles, joined(p.roles)},
                {Scope, joined(p.scope)}});
    for (const Unit& u : organisation.units)
        writer.line(UnitKind, u.effective,
            {{Id, u.id}, {Name, u.name}, {Parent, u.parent}, {Owner, u.owner},
                {CostCentreId, u.costCentre}});
    for (const CostCentre& c : organisation.costCentres)
        writer.line(CostCentreKind, c.effective, {{Id, c.id}, {Name, c.name}, {Owner, c.owner}});
    for (const Workflow& w : organisation.workflows)
        writer.line(WorkflowKind, w.effective,
            {{Id, w.id}, {Name, w.name}, {UnitId, w.unit}, {Owner, w.owner},
                {Category, w.category}});
    return writer.take();
}

} // namespace sluice
