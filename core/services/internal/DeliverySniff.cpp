// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/DeliverySniff.h"

#include "core/ingest/ColumnMap.h"
#include "core/ingest/CsvReader.h"
#include "core/ingest/TextSource.h"

#include <algorithm>

namespace sluice {
namespace {

constexpr std::size_t RowsForSamples = 100;
constexpr std::size_t MaxSample = 200; // bytes

// What a column was understood by.
ColumnMatch matchOf(const std::string& name, const std::vector<std::string>& focus,
    const std::optional<Profile>& mapping, const Profile& profile, const FocusCatalogue& catalogue)
{
    const auto isNamedBy = [&name](const Profile& by, const std::string& column) {
        const auto names = by.columns.find(column);
        return names != by.columns.end()
            && std::ranges::any_of(names->second, [&name](const std::string& given) {
                   return foldedColumnName(given) == foldedColumnName(name);
               });
    };
    for (const std::string& column : focus) {
        if (mapping && isNamedBy(*mapping, column))
            return ColumnMatch::Mapped;
    }
    if (std::ranges::any_of(focus, [&](const std::string& column) {
            return column == name && catalogue.find(column) != nullptr;
        }))
        return ColumnMatch::Named;
    for (const std::string& column : focus) {
        if (isNamedBy(profile, column))
            return ColumnMatch::Profiled;
    }
    if (name.starts_with("x_"))
        return ColumnMatch::Own;
    return focus.empty() ? ColumnMatch::Unknown : ColumnMatch::Similar;
}

std::string sampleOf(const RecordBatch& records, std::size_t field)
{
    for (std::size_t row = 0; row < std::min(records.size(), RowsForSamples); ++row) {
        const auto fields = records.fields(row);
        if (field < fields.size() && !fields[field].empty())
            return std::string{fields[field].substr(0, MaxSample)};
    }
    return {};
}

void addColumns(const std::vector<std::string>& header, const RecordBatch& records,
    const std::optional<Profile>& mapping, const Profile& profile, DeliveryPreview& preview)
{
    const FocusCatalogue catalogue;
    const ColumnMap map = matchColumns(header, profile, catalogue, {});
    for (std::size_t field = 0; field < header.size(); ++field) {
        PreviewColumn& column = preview.columns.emplace_back();
        column.name = header[field];
        for (const Slot& slot : map.columnSlots) {
            const bool isOwn = catalogue.find(slot.column) == nullptr;
            if (slot.field == static_cast<int>(field) && (!isOwn || slot.column.starts_with("x_")))
                column.focus.push_back(slot.column);
        }
        column.match = matchOf(column.name, column.focus, mapping, profile, catalogue);
        column.sample = sampleOf(records, field);
    }
    for (const Slot& slot : map.columnSlots) {
        if (slot.field >= 0)
            continue;
        const bool isMapped = mapping && mapping->constants.count(slot.column) > 0;
        preview.columns.push_back({{}, {slot.column},
            isMapped ? ColumnMatch::Mapped : ColumnMatch::Profiled, slot.constant});
    }
    preview.missing = missingColumns(map, profile);
}

} // namespace

Result<DeliveryPreview> sniffDelivery(const DeliveryFiles& delivery, const std::string& profile,
    const std::optional<Profile>& mapping, const TaskContext& context)
{
    DeliveryPreview preview;
    preview.file = delivery.given;
    preview.skipped = delivery.skipped;
    const FocusCatalogue catalogue;
    for (const DeliveryFile& file : delivery.files) {
        SLUICE_TRY(std::unique_ptr<ByteSource> raw, file.open());
        const std::string where = raw->name();
        SLUICE_TRY(std::unique_ptr<TextSource> text, TextSource::open(std::move(raw)));
        SLUICE_TRY(CsvReader reader, CsvReader::open(std::move(text), context.stopToken()));
        RecordBatch records;
        SLUICE_TRY(const bool hasRows, reader.next(records));
        if (!hasRows && &file != &delivery.files.back())
            continue;
        SLUICE_TRY(const Profile found,
            profileOf(reader.header(), &records,
                profile.empty() ? std::nullopt : std::optional{profile}, mapping, catalogue,
                where));
        const std::string recognised = recogniseProfile(reader.header(), &records).id;
        preview.profile = found.id;
        preview.profileTitle = found.title;
        preview.isRecognised = recognised == found.id && recognised != builtInProfiles().back().id;
        addColumns(reader.header(), records, mapping, found, preview);
        break;
    }
    return preview;
}

} // namespace sluice
