// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// The published versions of the FOCUS specification, oldest first.
enum class FocusVersion : std::uint8_t { V0_5, V1_0, V1_1, V1_2, V1_3, V1_4 };
std::string_view focusVersionText(FocusVersion version); // "1.2"
std::optional<FocusVersion> parseFocusVersion(std::string_view text); // "1.0-preview" is 1.0

enum class ColumnType : std::uint8_t { String, Decimal, DateTime, Json };
// Key: descriptive, part of the charge key. Value: a number or a date. Detail: of the single charge
// (resource, invoice).
enum class ColumnRole : std::uint8_t { Key, Value, Detail };
enum class FeatureLevel : std::uint8_t { Mandatory, Recommended, Conditional };

struct FocusColumn {
    std::string name;
    ColumnType type{ColumnType::String};
    ColumnRole role{ColumnRole::Key};
    FeatureLevel level{FeatureLevel::Conditional};
    FocusVersion introduced{FocusVersion::V0_5};
    std::optional<FocusVersion> removed; // the first version without it
    std::string renamedTo; // same meaning under a later name
    // nearly the same meaning; read in its place when the later one is absent
    std::string supersededBy;

    [[nodiscard]] bool isIn(FocusVersion version) const noexcept
    {
        return introduced <= version && (!removed || version < *removed);
    }
};

// One column of a file's header.
struct HeaderColumn {
    std::string name; // as the file writes it
    std::string canonical; // the current FOCUS name, or `name` for a column FOCUS does not have
    const FocusColumn* known{nullptr}; // the column of that canonical name
    bool renamed{false}; // an older name of `canonical`
    bool caseDiffers{false}; // known only when case is ignored
    bool custom{false}; // starts with x_
    // another column stands for `canonical`; this one keeps its own name and means nothing
    bool repeated{false};
};

// What the header says about the file.
struct HeaderMatch {
    std::vector<HeaderColumn> columns;
    FocusVersion version{FocusVersion::V1_0};
    bool isFocus{false}; // enough of FOCUS is there to read the file as FOCUS
    std::string why; // one sentence: what the version was told by
    // names in another case, unknown and repeated columns, one sentence each
    std::vector<std::string> findings;

    // The canonical names in file order (repeated columns empty), as RulePlan wants them.
    [[nodiscard]] std::vector<std::string> canonicalNames() const;
};

// The columns of FOCUS 0.5 to 1.4, from resources/focus/columns.csv. Immutable, safe to read from
// many threads; the `known` pointers of a match stay valid as long as the catalogue lives.
class FocusCatalogue {
public:
    // The built-in table. A broken one is our bug.
    FocusCatalogue();
    FocusCatalogue(const FocusCatalogue&) = delete;
    FocusCatalogue& operator=(const FocusCatalogue&) = delete;

    [[nodiscard]] std::span<const FocusColumn> columns() const noexcept { return m_columns; }
    // By exact name, current or old.
    [[nodiscard]] const FocusColumn* find(std::string_view name) const;
    // The column that carries the meaning today: AmortizedCost → EffectiveCost. Nothing for a name
    // FOCUS never had.
    [[nodiscard]] const FocusColumn* canonical(std::string_view name) const;
    // Today's spelling of a value: PricingCategory "On-Demand" → "Standard". Other values come back
    // as they are.
    [[nodiscard]] static std::string_view canonicalValue(
        std::string_view column, std::string_view value);
    [[nodiscard]] HeaderMatch match(std::span<const std::string> header) const;
    // Where the canonical column `name` stands in the file, or else the one that supersedes it or
    // that it supersedes.
    [[nodiscard]] std::optional<std::size_t> locate(
        const HeaderMatch& match, std::string_view name) const;

private:
    [[nodiscard]] const FocusColumn* findFolded(std::string_view name) const;
    void detectVersion(HeaderMatch& match) const;
    [[nodiscard]] HeaderColumn describe(const std::string& name) const;
    [[nodiscard]] std::string nameOfThen(const HeaderColumn& column) const;

    std::vector<FocusColumn> m_columns;
};

} // namespace sluice
