// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/BatchImport.h"

#include "core/ingest/TappedSource.h"
#include "core/ingest/TextSource.h"

#include <algorithm>
#include <limits>

namespace sluice {
namespace {

    constexpr std::size_t QuarantineChunk = 256;
    constexpr std::size_t MaxValue = 200; // bytes of a value kept in a message
    constexpr std::string_view HeaderRule = "SLUICE-F4";

    std::string shortened(std::string_view text)
    {
        return std::string{text.substr(0, MaxValue)};
    }

    VerdictLevel levelOf(RuleLevel level)
    {
        switch (level) {
        case RuleLevel::Reject:
            return VerdictLevel::Reject;
        case RuleLevel::Quarantine:
            return VerdictLevel::Quarantine;
        case RuleLevel::Finding:
            return VerdictLevel::Finding;
        }
        return VerdictLevel::Finding;
    }

    // A name for the source in lower case letters, digits and '-'.
    std::string sourceName(std::string_view provider)
    {
        std::string name;
        for (const char c : provider) {
            const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (plain || (c >= 'A' && c <= 'Z'))
                name.push_back(plain ? c : static_cast<char>(c - 'A' + 'a'));
            else if (!name.empty() && name.back() != '-')
                name.push_back('-');
        }
        while (!name.empty() && name.back() == '-')
            name.pop_back();
        return name.empty() ? "unknown" : name;
    }

} // namespace

BatchImport::BatchImport(const Options& options, const LedgerTimeZone& zone, KeyDictionary& keys, BoundedQueue<ImportOutput>& output, const TaskContext& context)
    : m_options{options}
    , m_zone{zone}
    , m_keys{keys}
    , m_output{output}
    , m_context{context}
    , m_model{RuleModel::builtIn()}
{
    m_result.demoted = options.demoted;
    m_result.batch.source = options.source;
}

Status BatchImport::give(ImportOutput output)
{
    // A closed queue means that the writer gave up; its own error is the one that counts.
    return m_output.push(std::move(output)) ? Status::success() : Status{TaskContext::cancelled()};
}

Result<ImportedDelivery> BatchImport::run(const std::vector<DeliveryFile>& files)
{
    for (m_file = 0; m_file < files.size(); ++m_file)
        SLUICE_TRY_DO(readFile(files[m_file]));
    Batch& batch = m_result.batch;
    if (batch.rowsRead == 0)
        return Error{ErrorCode::BadInput, files.front().name, "it has a header and no rows", "Check the period of the export"};
    SLUICE_TRY_DO(flushSegment());
    SLUICE_TRY_DO(flushRollup());
    SLUICE_TRY_DO(flushQuarantine());
    batch.rowsQuarantined = batch.rowsRead - batch.rowsAccepted;
    batch.scopes = m_scopes.scopes(m_keys);
    batch.controlTotals = m_totals.totals();
    for (auto& [rule, verdict] : m_verdicts)
        batch.verdicts.push_back(std::move(verdict));
    std::stable_sort(batch.verdicts.begin(), batch.verdicts.end(), [](const Verdict& a, const Verdict& b) {
        return a.level != b.level ? a.level == VerdictLevel::Quarantine : a.rows > b.rows;
    });
    batch.publicId = batchPublicId(batch.documents);
    if (batch.source.empty())
        batch.source = "unknown";
    return std::move(m_result);
}

Status BatchImport::readFile(const DeliveryFile& file)
{
    SLUICE_TRY(std::unique_ptr<ByteSource> raw, file.open());
    std::optional<DocumentPacker> packer;
    if (!file.stored) {
        packer.emplace([this, index = m_file](PackedFrame&& frame) { return give(FrameOutput{index, std::move(frame)}); }, m_context.stopToken());
        raw = std::make_unique<TappedSource>(std::move(raw), [&packer](const ByteBlock& block) { return packer->push(block); });
    }
    SLUICE_TRY(std::unique_ptr<TextSource> text, TextSource::open(std::move(raw)));
    SLUICE_TRY(CsvReader reader, CsvReader::open(std::move(text), m_context.stopToken()));
    SLUICE_TRY_DO(readRecords(reader, file.name));
    m_bytesBefore += reader.source().rawDone();
    if (file.stored) {
        m_result.batch.documents.push_back(*file.stored);
        return Status::success();
    }
    SLUICE_TRY(const PackedDocument document, packer->finish());
    m_result.batch.documents.push_back({DocumentRowId{}, file.name, document.sha256, document.rawSize});
    return Status::success();
}

Status BatchImport::readRecords(CsvReader& reader, const std::string& name)
{
    RecordBatch records;
    bool first = true;
    for (;;) {
        if (m_context.stopRequested())
            return TaskContext::cancelled();
        SLUICE_TRY(const bool more, reader.next(records));
        if (first)
            SLUICE_TRY_DO(setUpMapper(reader, records, name));
        first = false;
        if (!more)
            break;
        for (std::size_t i = 0; i < records.size(); ++i)
            SLUICE_TRY_DO(handleRow(records.fields(i), records.line(i), records.raw(i)));
        m_context.report({name, m_bytesBefore + reader.source().rawDone(), m_bytesBefore + reader.source().rawSize()});
    }
    collectVerdicts(m_profile);
    return Status::success();
}

Status BatchImport::setUpMapper(const CsvReader& reader, const RecordBatch& first, const std::string& name)
{
    const auto firstRow = first.empty() ? std::span<const std::string_view>{} : first.fields(0);
    if (m_options.profile) {
        SLUICE_TRY(const Profile* found, findProfile(*m_options.profile));
        m_profile = *found;
    } else {
        m_profile = recogniseProfile(reader.header(), firstRow);
    }
    Batch& batch = m_result.batch;
    batch.profile = m_profile.id;
    if (m_options.mapping)
        m_profile = overlaid(m_profile, *m_options.mapping);
    auto map = mapColumns(reader.header(), m_profile, m_catalogue, m_result.demoted);
    if (!map.ok()) {
        Error error = std::move(map).error();
        error.where = name + (error.where.empty() ? "" : ", " + error.where);
        return error;
    }
    m_mapper.reset();
    m_map = std::move(map).value();
    const auto version = parseFocusVersion(m_map->focusVersion);
    const auto rules = version ? std::make_shared<const RuleModel>(m_model.forVersion(*version)) : std::make_shared<const RuleModel>(m_model);
    m_mapper.emplace(RowMapper::Context{*m_map, m_profile, m_zone, rules, m_keys, m_result.demoted});
    batch.kind = m_options.kind.value_or(m_profile.kind);
    batch.focusVersion = m_map->focusVersion;
    m_result.appends = m_profile.delivery == Delivery::Append;
    for (const std::string& finding : m_map->findings) {
        Verdict& verdict = m_verdicts[std::string{HeaderRule} + ": " + finding];
        verdict = {std::string{HeaderRule}, {}, VerdictLevel::Finding, 0, 1, finding, {}};
    }
    nameSource(firstRow);
    return Status::success();
}

void BatchImport::nameSource(std::span<const std::string_view> fields)
{
    std::string& source = m_result.batch.source;
    if (source.empty())
        source = m_profile.source;
    for (const std::string_view column : {"ServiceProviderName", "ProviderName", "InvoiceIssuerName"}) {
        const auto slot = m_map->find(column);
        if (!source.empty() || !slot)
            continue;
        const Slot& found = m_map->slots[*slot];
        const auto field = static_cast<std::size_t>(found.field);
        const std::string_view provider = found.field < 0 ? std::string_view{found.constant} : (field < fields.size() ? fields[field] : std::string_view{});
        if (!isNullText(provider))
            source = sourceName(provider);
    }
}

Status BatchImport::handleRow(std::span<const std::string_view> fields, std::uint64_t line, std::string_view raw)
{
    Batch& batch = m_result.batch;
    m_row.charge.row = ++batch.rowsRead;
    m_row.charge.document = static_cast<std::uint32_t>(m_file);
    m_mapper->map(fields, line, m_row);
    m_totals.add(m_row);
    if (!m_row.accepted) {
        noteFault(m_row, raw);
        return m_quarantine.size() < QuarantineChunk ? Status::success() : flushQuarantine();
    }
    ++batch.rowsAccepted;
    Charge& charge = m_row.charge;
    charge.scope = m_scopes.add(m_row);
    if (m_segment.size() == 0)
        m_segmentInfo = {m_segmentInfo.index, charge.row, charge.row, charge.day, charge.day, 0};
    m_segmentInfo.lastRow = charge.row;
    m_segmentInfo.firstDay = std::min(m_segmentInfo.firstDay, charge.day);
    m_segmentInfo.lastDay = std::max(m_segmentInfo.lastDay, charge.day);
    m_segment.add(charge);
    m_rollup.add(charge);
    if (m_segment.full())
        SLUICE_TRY_DO(flushSegment());
    return m_rollup.full() ? flushRollup() : Status::success();
}

void BatchImport::noteFault(const MappedRow& row, std::string_view raw)
{
    const bool hasColumn = row.fault.rule != RowMapper::RaggedRule;
    const Slot* slot = hasColumn && row.fault.slot < m_map->slots.size() ? &m_map->slots[row.fault.slot] : nullptr;
    QuarantinedRow quarantined;
    quarantined.row = row.charge.row;
    quarantined.document = row.charge.document;
    quarantined.line = row.charge.line;
    quarantined.rule = row.fault.rule;
    quarantined.column = slot == nullptr ? "" : slot->column;
    quarantined.value = slot == nullptr ? "" : shortened(m_mapper->text(row.fault.slot));
    quarantined.reason = row.fault.reason;
    quarantined.rawLine = raw;
    Verdict& verdict = m_verdicts[quarantined.rule];
    if (verdict.rows == 0 || verdict.level != VerdictLevel::Quarantine)
        verdict = {quarantined.rule, quarantined.column, VerdictLevel::Quarantine, 0, quarantined.line, quarantined.value,
            "The row is kept in quarantine: " + quarantined.reason + ". Mend it with a mapping and retry, or ask for a corrected file"};
    ++verdict.rows;
    m_quarantine.push_back(std::move(quarantined));
}

void BatchImport::collectVerdicts(const Profile& profile)
{
    for (RuleResult& result : m_mapper->finish()) {
        if (result.outcome != RuleOutcome::Fail)
            continue;
        Verdict& verdict = m_verdicts[result.rule];
        if (verdict.rule.empty()) {
            const bool waived = profile.waivers.count(result.rule) > 0;
            verdict = {result.rule, result.column, waived ? VerdictLevel::Waived : levelOf(result.level), 0, result.firstLine, result.sample, result.fix};
        }
        // A quarantined row was counted where it was refused.
        if (verdict.level != VerdictLevel::Quarantine)
            verdict.rows += result.failingRows;
    }
}

Status BatchImport::flushSegment()
{
    if (m_segment.size() == 0)
        return Status::success();
    m_segmentInfo.count = m_segment.size();
    SegmentOutput output{m_segmentInfo, m_segment.encode()};
    ++m_segmentInfo.index;
    return give(std::move(output));
}

Status BatchImport::flushRollup()
{
    if (m_rollup.size() == 0)
        return Status::success();
    const RollupCells cells = m_rollup.take();
    const auto [first, last] = std::minmax_element(cells.day.begin(), cells.day.end());
    const StoredSegment segment{m_rollupSegments++, 0, 0, *first, *last, cells.size()};
    return give(RollupOutput{segment, encodeRollup(cells)});
}

Status BatchImport::flushQuarantine()
{
    if (m_quarantine.empty())
        return Status::success();
    return give(QuarantineOutput{std::exchange(m_quarantine, {})});
}

} // namespace sluice
