// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/demo/DemoCompany.h"

#include "core/services/demo/DemoFile.h"
#include "core/services/demo/DemoOrganisation.h"
#include "core/services/demo/DemoStreams.h"

#include <algorithm>

namespace sluice {
namespace {

// One file: some months of one source.
struct Chunk {
    DemoSource source{DemoSource::Aws};
    int firstMonth{0};
    int lastMonth{0};
    DemoFile::Version version{DemoFile::Version::Final};
    bool again{false}; // the month was delivered before
};

constexpr int Last = DemoCalendar::Months - 1;
constexpr int EstimatedFrom = DemoCalendar::Months - 6;

void addHistory(std::vector<Chunk>& chunks, DemoSource source)
{
    constexpr int FirstYear = 12; // came as one file when the company began to use Sluice
    chunks.push_back({source, 0, FirstYear - 1, DemoFile::Version::Final, false});
    for (int month = FirstYear; month <= Last; ++month)
        chunks.push_back({source, month, month, DemoFile::Version::Final, false});
}

std::vector<Chunk> planChunks(bool incidents)
{
    std::vector<Chunk> chunks;
    for (std::size_t i = 0; i < DemoSourceCount; ++i)
        addHistory(chunks, static_cast<DemoSource>(i));
    for (int month = EstimatedFrom; month <= Last; ++month)
        for (const DemoSource source : {DemoSource::OpenAi, DemoSource::Anthropic})
            chunks.push_back({source, month, month, DemoFile::Version::Estimate, false});
    std::vector<Chunk> again;
    for (Chunk& chunk : chunks) {
        const bool restated = chunk.version == DemoFile::Version::Final
            && chunk.firstMonth == chunk.lastMonth
            && DemoIncidents::isRestated(chunk.source, chunk.firstMonth);
        if (!incidents || !restated)
            continue;
        again.push_back(chunk);
        again.back().again = true;
        chunk.version = DemoFile::Version::Early;
    }
    chunks.insert(chunks.end(), again.begin(), again.end());
    // In the order in which they came: a restated month after the month that followed it.
    std::ranges::stable_sort(chunks, [](const Chunk& a, const Chunk& b) {
        return a.lastMonth + (a.again ? 1 : 0) < b.lastMonth + (b.again ? 1 : 0);
    });
    return chunks;
}

} // namespace

struct DemoCompany::State {
    State(std::uint64_t withSeed, BusinessDate today, Options options)
        : seed{withSeed}
        , calendar{today}
        , streams{demoStreams(seed, calendar)}
        , plan{streams, calendar}
        , incidents{options.incidents ? &plan : nullptr}
    {
    }

    [[nodiscard]] DemoDelivery delivery(DemoFile& file, const Chunk& chunk) const
    {
        const DemoSourceInfo& source = demoSource(chunk.source);
        const bool estimate = chunk.version == DemoFile::Version::Estimate;
        const auto label = [&](int month) { return calendar.month(month).toIso().substr(0, 7); };
        DemoDelivery out;
        out.source
            = estimate ? "llm-gateway-" + std::string{source.name} : std::string{source.name};
        out.kind = estimate ? BatchKind::Estimated : source.kind;
        out.fileName = out.source + "-" + label(chunk.firstMonth);
        if (chunk.lastMonth != chunk.firstMonth)
            out.fileName += "_" + label(chunk.lastMonth);
        out.fileName += chunk.again ? "-restated.csv" : ".csv";
        out.csv = file.write(chunk.source, chunk.firstMonth, chunk.lastMonth, chunk.version);
        return out;
    }

    std::uint64_t seed;
    DemoCalendar calendar;
    std::vector<DemoStream> streams;
    DemoIncidents plan;
    DemoIncidents* incidents;
};

DemoCompany::DemoCompany(std::uint64_t seed, BusinessDate today, Options options)
    : m_state{std::make_unique<State>(seed, today, options)}
{
}

DemoCompany::~DemoCompany() = default;

BusinessDate DemoCompany::firstDay() const noexcept
{
    return m_state->calendar.firstDay;
}

std::string DemoCompany::organisationCsv() const
{
    return DemoOrganisation::csv(m_state->calendar);
}

std::string DemoCompany::rulesetJson() const
{
    return DemoOrganisation::rulesetJson(m_state->calendar);
}

Status DemoCompany::deliver(const std::function<Status(const DemoDelivery&)>& take)
{
    DemoFile file{m_state->seed, m_state->calendar, m_state->streams, m_state->incidents};
    const std::size_t emptySize = demoCsvHeader().size();
    for (const Chunk& chunk : planChunks(m_state->incidents != nullptr)) {
        const DemoDelivery delivery = m_state->delivery(file, chunk);
        // Early in a month a source may have billed nothing yet: then it sends nothing.
        if (delivery.csv.size() > emptySize)
            SLUICE_TRY_DO(take(delivery));
    }
    return Status::success();
}

std::string DemoCompany::truthJson() const
{
    return m_state->plan.truthJson();
}

} // namespace sluice
