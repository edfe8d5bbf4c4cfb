// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Measure.h"

#include <string>

namespace sluice {

std::string_view measureName(Measure measure)
{
    switch (measure) {
    case Measure::BilledCost:
        return "billed_cost";
    case Measure::EffectiveCost:
        return "effective_cost";
    case Measure::ListCost:
        return "list_cost";
    case Measure::ContractedCost:
        return "contracted_cost";
    }
    return {};
}

std::string_view measureColumn(Measure measure)
{
    switch (measure) {
    case Measure::BilledCost:
        return "BilledCost";
    case Measure::EffectiveCost:
        return "EffectiveCost";
    case Measure::ListCost:
        return "ListCost";
    case Measure::ContractedCost:
        return "ContractedCost";
    }
    return {};
}

Result<Measure> parseMeasure(std::string_view name)
{
    for (const Measure measure : Measures) {
        if (name == measureName(measure))
            return measure;
    }
    return Error{ErrorCode::Usage, {}, "'" + std::string{name} + "' is not a measure",
        "Use billed_cost, effective_cost, list_cost or contracted_cost"};
}

std::string_view batchKindName(BatchKind kind)
{
    switch (kind) {
    case BatchKind::Billed:
        return "billed";
    case BatchKind::Estimated:
        return "estimated";
    case BatchKind::Committed:
        return "committed";
    }
    return {};
}

Result<BatchKind> parseBatchKind(std::string_view name)
{
    for (const BatchKind kind : {BatchKind::Billed, BatchKind::Estimated, BatchKind::Committed}) {
        if (name == batchKindName(kind))
            return kind;
    }
    return Error{ErrorCode::Usage, {}, "'" + std::string{name} + "' is not a kind of number",
        "Use billed, estimated or committed"};
}

} // namespace sluice
