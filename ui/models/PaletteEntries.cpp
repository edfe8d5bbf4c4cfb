// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/PaletteEntries.h"

#include "core/analytics/FilterText.h"

namespace sluice::ui {

namespace {

constexpr std::array Dimensions{std::pair{PaletteKind::Unit, "unit"},
    std::pair{PaletteKind::Owner, "owner"}, std::pair{PaletteKind::CostCentre, "cost_centre"},
    std::pair{PaletteKind::Workflow, "workflow"}, std::pair{PaletteKind::Vendor, "vendor"},
    std::pair{PaletteKind::Model, "model"}, std::pair{PaletteKind::Provider, "provider"},
    std::pair{PaletteKind::Service, "service"}};

} // namespace

std::vector<PaletteEntry> paletteEntries(const LedgerSnapshot& snapshot)
{
    std::vector<PaletteEntry> entries;
    for (const auto& [kind, name] : Dimensions) {
        const auto dimension = parseDimension(name);
        SLUICE_CHECK(dimension.ok());
        for (const DimensionValue& value : dimensionValues(snapshot, *dimension)) {
            if (value.value == NoValue)
                continue;
            const QString id = QString::fromStdString(value.value);
            const bool named = !value.name.empty() && value.name != value.value;
            entries.push_back({kind, named ? QString::fromStdString(value.name) : id,
                named ? id : QString{}, id});
        }
    }
    for (const SnapshotBatch& batch : snapshot.batches) {
        const QString id = QString::fromStdString(batch.publicId);
        entries.push_back({PaletteKind::Batch, id, QString::fromStdString(batch.source), id});
    }
    return entries;
}

QString paletteDimension(PaletteKind kind)
{
    for (const auto& [dimensionKind, name] : Dimensions) {
        if (dimensionKind == kind)
            return QString::fromLatin1(name);
    }
    return {};
}

} // namespace sluice::ui
