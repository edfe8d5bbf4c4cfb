// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/BatchImport.h"

#include "core/ingest/HeaderFindings.h"
#include "core/ingest/TappedSource.h"
#include "core/ingest/TextSource.h"
#include "core/services/internal/RowVerdicts.h"

#include <algorithm>
#include <limits>

namespace sluice {
namespace {

constexpr std::size_t QuarantineChunk = 256;
constexpr std::size_t MaxValue = 200; // bytes of a value kept in a message

std::string shortened(std::string_view text)
{
    return std::string{text.substr(0, MaxValue)};
}

// Columns without a name may be left out as long as they have no values.
Status requireNothingUnnamed(const RecordBatch& records, std::size_t named, const std::string& name)
{
    for (std::size_t row = 0; row < records.size(); ++row) {
        const auto fields = records.fields(row);
        for (std::size_t column = named; column < fields.size(); ++column) {
            if (!fields[column].empty())
                return Error{ErrorCode::BadInput,
                    name + ", line " + std::to_string(records.line(row)),
                    "column " + std::to_string(column + 1) + " has the value '"
                        + shortened(fields[column]) + "' and no name in the header",
                    "Give each column a name"};
        }
    }
    return Status::success();
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

BatchImport::BatchImport(const Options& options, const LedgerTimeZone& zone, KeyDictionary& keys,
    BoundedQueue<ImportOutput>& output, const TaskContext& context)
    : m_options{options}
    , m_zone{zone}
    , m_keys{keys}
    , m_output{output}
    , m_context{context}
    , m_model{RuleModel::builtIn()}
{
    m_result.demoted = options.demoted;
    m_result.batch.source = options.source;
    if (options.mapping && options.source.empty())
        m_result.batch.source = options.mapping->source;
}

Status BatchImport::give(ImportOutput output)
{
    // A closed queue means that the writer gave up; its own error is the one that counts.
    return m_output.push(std::move(output)) ? Status::success() : Status{TaskContext::cancelled()};
}

Result<ImportedDelivery> BatchImport::run(const std::vector<DeliveryFile>& files)
{
    m_assembler.emplace(
        [this](const StoredSegment& segment, std::string bytes) {
            return give(SegmentOutput{segment, std::move(bytes)});
        },
        [this](const StoredSegment& segment, std::string bytes) {
            return give(RollupOutput{segment, std::move(bytes)});
        });
    for (m_file = 0; m_file < files.size(); ++m_file)
        SLUICE_TRY_DO(readFile(files[m_file]));
    Batch& batch = m_result.batch;
    if (batch.rowsRead == 0)
        return Error{ErrorCode::BadInput, m_where, "it has a header and no rows",
            "Check the period of the export"};
    SLUICE_TRY_DO(m_assembler->finish());
    SLUICE_TRY_DO(flushQuarantine());
    batch.rowsQuarantined = batch.rowsRead - batch.rowsAccepted;
    batch.scopes = m_scopes.scopes(m_keys);
    batch.controlTotals = m_totals.totals();
    for (auto& [rule, verdict] : m_verdicts)
        batch.verdicts.push_back(std::move(verdict));
    std::stable_sort(
        batch.verdicts.begin(), batch.verdicts.end(), [](const Verdict& a, const Verdict& b) {
            return a.level != b.level ? a.level == VerdictLevel::Quarantine : a.rows > b.rows;
        });
    batch.publicId = batchPublicId(batch.documents);
    m_result.ownSource = ownSource();
    return std::move(m_result);
}

Status BatchImport::readFile(const DeliveryFile& file)
{
    SLUICE_TRY(std::unique_ptr<ByteSource> raw, file.open());
    m_where = raw->name();
    std::optional<DocumentPacker> packer;
    if (!file.stored) {
        packer.emplace(
            [this, index = m_file](PackedFrame&& frame) {
                return give(FrameOutput{index, std::move(frame)});
            },
            m_context.stopToken());
        raw = std::make_unique<TappedSource>(
            std::move(raw), [&packer](const ByteBlock& block) { return packer->push(block); });
    }
    SLUICE_TRY(std::unique_ptr<TextSource> text, TextSource::open(std::move(raw)));
    SLUICE_TRY(CsvReader reader, CsvReader::open(std::move(text), m_context.stopToken()));
    const std::uint64_t rowsBefore = m_result.batch.rowsRead;
    SLUICE_TRY_DO(readRecords(reader));
    m_result.rowsOf.push_back(m_result.batch.rowsRead - rowsBefore);
    if (file.stored) {
        m_result.batch.documents.push_back(*file.stored);
        return Status::success();
    }
    SLUICE_TRY(const PackedDocument document, packer->finish());
    const DocumentInfo info{DocumentRowId{}, file.name, document.sha256, document.rawSize};
    SLUICE_TRY_DO(requireNoTwin(file, info));
    m_result.batch.documents.push_back(info);
    return Status::success();
}

// A delivery may have several parts without rows; the same rows twice are a file that was
// downloaded twice, or lies there packed and unpacked.
Status BatchImport::requireNoTwin(const DeliveryFile& file, const DocumentInfo& document)
{
    if (m_result.rowsOf.back() == 0)
        return Status::success();
    const std::pair<std::uint64_t, std::string> look{m_result.rowsOf.back(), m_firstRow};
    for (std::size_t i = 0; i < m_looks.size(); ++i) {
        if (m_looks[i] != look)
            continue;
        SLUICE_TRY(const bool same, holdSameText(m_filesBefore[i], file, m_context));
        if (same)
            return Error{ErrorCode::BadInput, document.name,
                "it is the same as " + m_filesBefore[i].name
                    + ", which is part of this delivery too",
                "Take one of the two away"};
    }
    m_looks.push_back(look);
    m_filesBefore.push_back(file);
    return Status::success();
}

Status BatchImport::readRecords(CsvReader& reader)
{
    const std::vector<std::string> header = reader.header();
    const std::uint64_t bytes = reader.source().rawSize();
    RecordFeed feed{reader};
    SLUICE_TRY(RecordFeed::Records records, feed.next());
    SLUICE_TRY_DO(setUpMapper(header, records.get()));
    m_map->fieldCount += reader.unnamedColumns();
    m_firstRow = records && !records->empty() ? records->raw(0) : std::string_view{};
    while (records) {
        if (m_context.stopRequested())
            return TaskContext::cancelled();
        ChargeAssembler::Charges mapped;
        if (reader.unnamedColumns() > 0)
            SLUICE_TRY_DO(requireNothingUnnamed(*records, header.size(), m_where));
        SLUICE_TRY_DO(mapRecords(*records, mapped.charges));
        // The charges' texts lie in the records, which go back to the feed once they are assembled.
        mapped.owner = feed.share(std::move(records));
        if (!m_assembler->add(std::move(mapped)))
            return m_assembler->finish();
        m_context.report({m_where, m_bytesBefore + feed.bytesDone(), m_bytesBefore + bytes,
            ProgressUnit::Bytes});
        SLUICE_TRY(records, feed.next());
    }
    m_bytesBefore += bytes;
    collectVerdicts(m_profile);
    return Status::success();
}

Status BatchImport::setUpMapper(const std::vector<std::string>& header, const RecordBatch* first)
{
    SLUICE_TRY(m_profile,
        profileOf(header, first, m_options.profile, m_options.mapping, m_catalogue, m_where));
    auto map = mapColumns(header, m_profile, m_catalogue, m_result.demoted);
    if (!map.ok()) {
        Error error = std::move(map).error();
        error.where = m_where + (error.where.empty() ? "" : ", " + error.where);
        return error;
    }
    m_mapper.reset();
    m_map = std::move(map).value();
    m_mapper.emplace(RowMapper::Context{
        *m_map, m_profile, m_zone, rulesFor(*m_map, m_model), m_keys, m_result.demoted});
    if (first != nullptr && !first->empty())
        SLUICE_TRY_DO(noteProfile());
    for (const RuleResult& finding : headerFindings(*m_map))
        m_verdicts[finding.rule + ": " + finding.sample] = verdictOf(finding, m_profile);
    return Status::success();
}

// A delivery is of one kind and one mode, and is read again with one profile: the first part that
// has rows says which, the others must agree.
Status BatchImport::noteProfile()
{
    if (!m_deliveryProfile) {
        m_deliveryProfile = m_profile;
        m_profileFile = m_where;
        m_result.batch.profile = m_profile.id;
        m_result.batch.kind = m_options.kind.value_or(m_profile.kind);
        m_result.batch.focusVersion = m_map->focusVersion;
        m_result.delivery = m_profile.delivery;
        return Status::success();
    }
    const Profile& before = *m_deliveryProfile;
    const auto sentence = [this](const std::string& ours, const std::string& theirs) {
        return "it is read as " + ours + ", and " + m_profileFile
            + " of the same delivery is read as " + theirs;
    };
    const auto is = [](const Profile& profile, std::string_view kind) {
        return std::string{kind} + " (profile " + profile.id + ")";
    };
    if (!m_options.kind && m_profile.kind != before.kind)
        return Error{ErrorCode::BadInput, m_where,
            sentence(is(m_profile, batchKindName(m_profile.kind)),
                is(before, batchKindName(before.kind))),
            "Import the two on their own, or say what all of the delivery is with --kind"};
    if (m_profile.delivery != before.delivery || !readsAlike(m_profile, before))
        return Error{ErrorCode::BadInput, m_where, sentence(m_profile.title, before.title),
            "Import the two on their own, or say how to read all of the delivery with --profile"};
    return Status::success();
}

// The profile's, unless the file has rows of several providers that the profile's provider cannot
// all stand for (a gateway's estimate can); else the provider with the most rows, so that the order
// of rows does not matter.
std::string BatchImport::ownSource() const
{
    std::map<std::string_view, std::uint64_t> rows; // by provider
    std::vector<std::vector<StringId>> columns;
    for (const std::string_view column :
        {"ServiceProviderName", "ProviderName", "InvoiceIssuerName"})
        columns.push_back(m_keys.column(column));
    for (std::size_t key = 0; key < m_rowsOfKey.size(); ++key) {
        const auto named = std::find_if(
            columns.begin(), columns.end(), [key](const auto& column) { return column[key] != 0; });
        if (named != columns.end())
            rows[m_keys.text((*named)[key])] += m_rowsOfKey[key];
    }
    const Profile& profile = m_deliveryProfile ? *m_deliveryProfile : m_profile;
    if (!profile.source.empty() && (rows.size() <= 1 || profile.kind == BatchKind::Estimated))
        return profile.source;
    const auto most = std::max_element(
        rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return sourceName(most == rows.end() ? std::string_view{} : most->first);
}

Status BatchImport::mapRecords(const RecordBatch& records, std::vector<Charge>& charges)
{
    Batch& batch = m_result.batch;
    charges.reserve(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        m_row.charge.row = ++batch.rowsRead;
        m_row.charge.document = static_cast<std::uint32_t>(m_file);
        m_mapper->map(records.fields(i), records.line(i), m_row);
        m_totals.add(m_row);
        if (m_row.fault.rule != RowMapper::RaggedRule) { // a ragged row has no key
            m_rowsOfKey.resize(m_keys.keyCount());
            ++m_rowsOfKey[m_row.charge.key];
        }
        if (!m_row.accepted) {
            noteFault(m_row, records.raw(i));
            if (m_quarantine.size() >= QuarantineChunk)
                SLUICE_TRY_DO(flushQuarantine());
            continue;
        }
        ++batch.rowsAccepted;
        m_row.charge.scope = m_scopes.add(m_row);
        charges.push_back(m_row.charge);
    }
    return Status::success();
}

void BatchImport::noteFault(const MappedRow& row, std::string_view raw)
{
    const Slot* slot = row.fault.slot ? &m_map->columnSlots[*row.fault.slot] : nullptr;
    QuarantinedRow quarantined;
    quarantined.row = row.charge.row;
    quarantined.document = row.charge.document;
    quarantined.line = row.charge.line;
    quarantined.rule = row.fault.rule;
    if (slot != nullptr) {
        quarantined.column = slot->column;
        quarantined.value = shortened(m_mapper->text(*row.fault.slot));
    } else if (row.fault.rule == RowMapper::NoCurrencyRule) {
        quarantined.column = "BillingCurrency";
    }
    quarantined.reason = row.fault.reason;
    quarantined.rawLine = raw;
    Verdict& verdict = m_refusals[quarantined.rule];
    if (verdict.rows == 0)
        verdict = {quarantined.rule, quarantined.column, VerdictLevel::Quarantine, 0,
            quarantined.line, quarantined.value,
            "The row is kept in quarantine: " + quarantined.reason
                + ". Mend it with a mapping and retry, or ask for a corrected file"};
    ++verdict.rows;
    m_quarantine.push_back(std::move(quarantined));
}

void BatchImport::collectVerdicts(const Profile& profile)
{
    for (const RuleResult& result : m_mapper->finish()) {
        if (result.outcome != RuleOutcome::Fail)
            continue;
        Verdict verdict = verdictOf(result, profile);
        // A row is set aside for its first fault, and counts in the verdicts on the others too.
        if (const auto refusal = m_refusals.extract(result.rule); !refusal.empty()) {
            verdict.level = VerdictLevel::Quarantine;
            verdict.rows = std::max(verdict.rows, refusal.mapped().rows);
            verdict.fix = refusal.mapped().fix;
        }
        addVerdict(std::move(verdict));
    }
    for (auto& [rule, verdict] : std::exchange(m_refusals, {}))
        addVerdict(std::move(verdict));
}

void BatchImport::addVerdict(Verdict verdict)
{
    const auto [known, fresh] = m_verdicts.try_emplace(verdict.rule, verdict);
    if (fresh)
        return;
    known->second.rows += verdict.rows;
    if (verdict.level == VerdictLevel::Quarantine)
        known->second.level = verdict.level;
}

Status BatchImport::flushQuarantine()
{
    if (m_quarantine.empty())
        return Status::success();
    return give(QuarantineOutput{std::exchange(m_quarantine, {})});
}

} // namespace sluice
