// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/FileCheck.h"

#include "core/ingest/CellReader.h"
#include "core/ingest/CsvReader.h"
#include "core/ingest/HeaderFindings.h"
#include "core/ingest/RuleDriver.h"
#include "core/ingest/TextSource.h"

namespace sluice {
namespace {

// Gives the records of a file one by one, as the profile reads them.
class RecordWalk {
public:
    RecordWalk(CsvReader& csv, CellReader& rows, const TaskContext& task, RecordBatch first)
        : m_csv{csv}
        , m_rows{rows}
        , m_task{task}
        , m_batch{std::move(first)}
    {
    }

    Result<bool> next(RuleRecord& record)
    {
        while (m_row == m_batch.size()) {
            SLUICE_TRY(const bool more, m_csv.next(m_batch));
            if (!more)
                return false;
            m_row = 0;
            m_task.report(
                {m_csv.source().name(), m_csv.source().rawDone(), m_csv.source().rawSize()});
        }
        const auto fields = m_batch.fields(m_row);
        const std::size_t named = m_csv.header().size();
        record = {{}, m_batch.line(m_row), fields.size() != named + m_csv.unnamedColumns()};
        if (!record.ragged)
            record.cells = m_rows.texts(fields.first(named));
        ++m_row;
        return true;
    }

private:
    CsvReader& m_csv;
    CellReader& m_rows;
    const TaskContext& m_task;
    RecordBatch m_batch;
    std::size_t m_row{0};
};

std::shared_ptr<const RuleModel> ownRules(const HeaderMatch& header)
{
    RuleModel all = RuleModel::builtIn();
    return std::make_shared<const RuleModel>(
        header.isFocus ? all.forVersion(header.version) : std::move(all));
}

} // namespace

Result<FileReport> checkFile(
    std::unique_ptr<ByteSource> file, const FileCheckOptions& options, const TaskContext& context)
{
    const std::string name = file->name();
    SLUICE_TRY(std::unique_ptr<ByteSource> text, TextSource::open(std::move(file)));
    SLUICE_TRY(CsvReader reader, CsvReader::open(std::move(text), context.stopToken()));
    const FocusCatalogue catalogue;
    FileReport report;
    report.header = catalogue.match(reader.header());
    report.header.columns.clear(); // points into the catalogue, which goes
    RecordBatch first;
    SLUICE_TRY(const bool any, reader.next(first));
    SLUICE_TRY(report.profile,
        profileOf(reader.header(), any ? &first : nullptr, options.profile, options.mapping,
            catalogue, name));
    const ColumnMap map = matchColumns(reader.header(), report.profile, catalogue, {});
    CellReader rows{map, report.profile};
    RuleDriver driver{options.model ? options.model : ownRules(report.header), map.columns(),
        map.classColumns(),
        [&rows](std::size_t column, std::string_view cellText, std::uint8_t needs) {
            RuleCell cell;
            rows.read(column, cellText, needs, cell);
            return cell;
        }};
    RecordWalk walk{reader, rows, context, std::move(first)};
    SLUICE_TRY(report.results,
        driver.run([&walk](RuleRecord& record) { return walk.next(record); }, context));
    for (RuleResult& finding : headerFindings(map))
        report.results.push_back(std::move(finding));
    report.rows = driver.rowCount();
    return report;
}

} // namespace sluice
