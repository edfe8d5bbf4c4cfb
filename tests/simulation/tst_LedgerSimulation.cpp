// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/MaintenanceService.h"
#include "core/services/OwnershipService.h"
#include "core/services/SpendService.h"
#include "tests/simulation/NaiveLedger.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/support/TempLedger.h"

#include <algorithm>

using namespace sluice;
using sluice::test::NaiveLedger;
using sluice::test::TempLedger;
using Line = NaiveLedger::Line;
using Sums = std::map<std::string, Int128>;

namespace {

constexpr std::string_view Header
    = "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargeCategory,ChargePeriodStart,"
      "ChargePeriodEnd,EffectiveCost,ListCost,ContractedCost,ServiceName,ProviderName,Tags\n";

std::string decimal(std::int64_t nanos)
{
    return toString(Decimal{nanos, 9});
}

std::string pad(std::uint64_t number)
{
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string followingMonth(const std::string& month) // of 2026, and not its last
{
    std::string next = month;
    next.back() = static_cast<char>(next.back() + 1);
    return next;
}

// Drives random commands against the services and the naive ledger, and compares after every step.
class Simulation {
public:
    explicit Simulation(std::uint64_t seed)
        : m_random{seed}
    {
    }

    Status step()
    {
        m_ledger.clock().set(Timestamp::fromSeconds(1'760'000'000 + 3600 * ++m_steps));
        const std::uint64_t choice = m_random.below(10);
        if (choice < 6)
            SLUICE_TRY_DO(deliver());
        else if (choice == 6)
            SLUICE_TRY_DO(deliverAgain());
        else if (choice == 7)
            SLUICE_TRY_DO(deliverBroken());
        else if (choice == 8)
            SLUICE_TRY_DO(m_ledger.unlock());
        else
            SLUICE_TRY_DO(publish());
        return compare();
    }

    Status verify()
    {
        SLUICE_TRY(const auto checks,
            MaintenanceService{m_ledger.workspace()}.verify(Principal::owner(), {}));
        for (const VerifyCheck& check : checks) {
            if (!check.passed)
                return Error{ErrorCode::Internal, check.name, check.detail, {}};
        }
        return Status::success();
    }

private:
    std::vector<Line> randomLines()
    {
        const std::string source = "s" + std::to_string(m_random.below(2));
        const std::string month = "2026-" + pad(1 + m_random.below(3));
        const std::uint64_t accounts = 1 + m_random.below(2);
        std::vector<Line> lines;
        for (std::uint64_t account = 0; account < accounts; ++account) {
            const std::string name
                = m_random.chance(1, 6) ? "shared" : source + "-a" + std::to_string(account);
            for (std::uint64_t i = m_random.below(40) + 1; i > 0; --i) {
                lines.push_back({source, name, month, month + "-" + pad(1 + m_random.below(28)),
                    "svc" + std::to_string(m_random.below(5)),
                    m_random.chance(1, 5) ? "" : "t" + std::to_string(m_random.below(4)),
                    m_random.between(-2'000'000'000'000, 9'000'000'000'000)});
            }
        }
        return lines;
    }

    static std::string csv(const std::vector<Line>& lines)
    {
        std::string text{Header};
        for (const Line& line : lines) {
            const std::string cost = decimal(line.nanos);
            const std::string next = followingMonth(line.month);
            text.append(cost)
                .append(",")
                .append(line.account)
                .append(",USD,")
                .append(line.month)
                .append("-01T00:00:00Z,")
                .append(next);
            text.append("-01T00:00:00Z,Usage,")
                .append(line.day)
                .append("T05:00:00Z,")
                .append(line.day)
                .append("T06:00:00Z,");
            for (int i = 0; i < 3; ++i)
                text.append(cost).append(",");
            text.append(line.service).append(",Acme,");
            if (!line.team.empty())
                text.append("\"{\"\"team\"\":\"\"").append(line.team).append("\"\"}\"");
            text.append("\n");
        }
        return text;
    }

    Status deliver()
    {
        const std::vector<Line> lines = randomLines();
        ImportRequest request;
        request.source = lines.front().source;
        request.replaceSmaller = true;
        const std::string text = csv(lines);
        const auto imported
            = m_ledger.import("d" + std::to_string(m_steps) + ".csv", text, request);
        if (m_naive.countsElsewhere(lines)) {
            const bool refused = !imported.ok() && imported.error().code == ErrorCode::BadInput;
            return refused
                ? Status::success()
                : Status{Error{ErrorCode::Internal, {}, "a month counts under two sources", {}}};
        }
        SLUICE_TRY(const ImportReport report, imported);
        if (report.batches.front().status == BatchStatus::Imported)
            m_naive.deliver(lines);
        m_delivered.emplace_back(lines.front().source, text);
        return Status::success();
    }

    Status deliverAgain()
    {
        if (m_delivered.empty())
            return Status::success();
        const auto& [source, text] = m_delivered[m_random.below(m_delivered.size())];
        ImportRequest request;
        request.source = source;
        SLUICE_TRY(const ImportReport report, m_ledger.import("again.csv", text, request));
        if (report.batches.front().status != BatchStatus::Unchanged)
            return Error{ErrorCode::Internal, {}, "the same file was imported twice", {}};
        return Status::success();
    }

    Status deliverBroken()
    {
        std::string text = csv(randomLines());
        text.resize(text.rfind(',')); // ends within the last record
        const auto report = m_ledger.import("broken.csv", text);
        if (report.ok())
            return Error{
                ErrorCode::Internal, {}, "a file that ends within a record was imported", {}};
        return report.error().code == ErrorCode::BadInput ? Status::success()
                                                          : Status{report.error()};
    }

    Status publish()
    {
        m_rules = true;
        const std::string rules
            = R"({"name":"sim","rules":[{"id":"team","when":[{"field":"tag:team","present":true}],"assign":{"unit":{"field":"tag:team"}}}]})";
        SLUICE_TRY_DO(OwnershipService{m_ledger.workspace()}.publishRuleset(
            rules, "sim.json", BusinessDate{}, Principal::owner(), {}));
        return Status::success();
    }

    Result<Sums> sumsBy(const std::string& dimension)
    {
        SpendQuery query;
        SLUICE_TRY(Dimension by, parseDimension(dimension));
        query.by.push_back(std::move(by));
        SLUICE_TRY(const SpendAnswer answer,
            SpendService{m_ledger.workspace()}.spend(query, {}, Principal::owner(), {}));
        Sums sums;
        for (const SpendRow& row : answer.rows)
            sums[row.values.front()] += row.amount;
        return sums;
    }

    Status same(const std::string& dimension, const Sums& wanted)
    {
        SLUICE_TRY(const Sums found, sumsBy(dimension));
        if (found != wanted)
            return Error{ErrorCode::Internal, dimension,
                "the ledger and the naive one disagree after step " + std::to_string(m_steps), {}};
        return Status::success();
    }

    Status compare()
    {
        const auto orNone
            = [](const std::string& text) { return text.empty() ? std::string{NoValue} : text; };
        SLUICE_TRY_DO(same("service", m_naive.sums([](const Line& line) { return line.service; })));
        SLUICE_TRY_DO(
            same("billing_account", m_naive.sums([](const Line& line) { return line.account; })));
        SLUICE_TRY_DO(
            same("billing_period", m_naive.sums([](const Line& line) { return line.month; })));
        SLUICE_TRY_DO(
            same("tag:team", m_naive.sums([&](const Line& line) { return orNone(line.team); })));
        return m_rules
            ? same("unit", m_naive.sums([&](const Line& line) { return orNone(line.team); }))
            : Status::success();
    }

    TempLedger m_ledger;
    NaiveLedger m_naive;
    SeededRandom m_random;
    std::int64_t m_steps{0};
    bool m_rules{false};
    std::vector<std::pair<std::string, std::string>> m_delivered;
};

} // namespace

class tst_LedgerSimulation : public QObject {
    Q_OBJECT

private slots:
    void agreesWithTheNaiveLedger()
    {
        SeededRandom seeds{test::seed(20'261)};
        for (int run = 0; run < test::rounds(40); ++run) {
            const std::uint64_t seed = seeds.next();
            Simulation simulation{seed};
            for (int step = 0; step < 25; ++step) {
                const Status status = simulation.step();
                QVERIFY2(status.ok(),
                    status.ok() ? ""
                                : (errorSentence(status.error()) + " seed " + std::to_string(seed))
                                      .c_str());
            }
            const Status sound = simulation.verify();
            QVERIFY2(sound.ok(),
                sound.ok()
                    ? ""
                    : (errorSentence(sound.error()) + " seed " + std::to_string(seed)).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(tst_LedgerSimulation)
#include "tst_LedgerSimulation.moc"
