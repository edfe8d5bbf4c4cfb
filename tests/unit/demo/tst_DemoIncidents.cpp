// SPDX-License-Identifier: GPL-3.0-or-later
// What the sample company says of its incidents holds in its figures, for any seed and day.
#include "core/base/CsvText.h"
#include "core/base/Decimal.h"
#include "core/services/demo/DemoCompany.h"
#include "core/services/demo/DemoIncidents.h"
#include "core/services/demo/DemoStreams.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <map>
#include <set>

using namespace sluice;
using sluice::test::rounds;

namespace {

struct Incident {
    std::string kind;
    std::map<std::string, std::string> scope;
    std::string firstDay;
    std::string lastDay;
    std::string money;
};

std::vector<Incident> incidentsOf(const std::string& truth)
{
    std::vector<Incident> incidents;
    const QJsonArray array = QJsonDocument::fromJson(QByteArray::fromStdString(truth))
                                 .object()[QStringLiteral("incidents")]
                                 .toArray();
    for (const auto& value : array) {
        const QJsonObject object = value.toObject();
        const auto text
            = [&](const char* key) { return object[QLatin1String(key)].toString().toStdString(); };
        Incident incident{text("kind"), {}, text("first_day"), text("last_day"), text("money")};
        const QJsonObject scope = object[QStringLiteral("scope")].toObject();
        for (auto at = scope.begin(); at != scope.end(); ++at)
            incident.scope[at.key().toStdString()] = at.value().toString().toStdString();
        incidents.push_back(std::move(incident));
    }
    return incidents;
}

using Row = std::map<std::string, std::string>;

// As a filter on the dimensions would see it.
bool isIn(const Row& row, const Incident& incident)
{
    static const std::map<std::string, std::string> Columns{{"provider", "ProviderName"},
        {"service", "ServiceName"}, {"sub_account", "SubAccountId"}, {"sku", "SkuId"}};
    const std::string day = row.at("ChargePeriodStart").substr(0, 10);
    if (day < incident.firstDay || incident.lastDay < day)
        return false;
    return std::ranges::all_of(incident.scope, [&](const auto& wanted) {
        if (wanted.first != "model")
            return row.at(Columns.at(wanted.first)) == wanted.second;
        return std::ranges::any_of(std::array{"-input", "-cached-input", "-output"},
            [&](const char* meter) { return row.at("SkuId") == wanted.second + meter; });
    });
}

// Billed in dollars: of each incident's scope and days, and of everything. What is delivered again
// replaces what came before.
struct Figures {
    std::vector<DecimalSum> incidents;
    DecimalSum all;
    DecimalSum restated; // by how much
};

void addFile(const std::string& csv, const std::vector<Incident>& incidents, bool taken,
    std::vector<DecimalSum>& sums, DecimalSum& all)
{
    const auto table = parseCsvText(csv, "demo");
    if (!table.ok())
        qFatal("%s", errorSentence(table.error()).c_str());
    const std::set<std::string> wanted{"ProviderName", "ServiceName", "SubAccountId", "SkuId",
        "ChargePeriodStart", "BilledCost", "BillingCurrency"};
    for (std::size_t i = 1; i < table->size(); ++i) {
        Row row;
        for (std::size_t c = 0; c < (*table)[0].size(); ++c)
            if (wanted.contains((*table)[0][c].text))
                row[(*table)[0][c].text] = (*table)[i][c].text;
        if (row.at("BillingCurrency") != "USD")
            continue;
        const Decimal cost = *parseDecimal(row.at("BilledCost"));
        const auto add = [&](DecimalSum& sum) { taken ? sum.subtract(cost) : sum.add(cost); };
        add(all);
        for (std::size_t k = 0; k < incidents.size(); ++k)
            if (isIn(row, incidents[k]))
                add(sums[k]);
    }
}

Figures figuresOf(DemoCompany& company, const std::vector<Incident>& incidents)
{
    Figures figures;
    figures.incidents.resize(incidents.size());
    std::map<std::string, std::string> early;
    const std::string again = "-restated.csv";
    const Status done = company.deliver([&](const DemoDelivery& delivery) {
        if (delivery.kind != BatchKind::Billed)
            return Status::success();
        addFile(delivery.csv, incidents, false, figures.incidents, figures.all);
        const std::size_t at = delivery.fileName.find(again);
        if (at != std::string::npos) {
            const std::string& before = early.at(delivery.fileName.substr(0, at) + ".csv");
            std::vector<DecimalSum> none;
            addFile(delivery.csv, {}, false, none, figures.restated);
            addFile(before, {}, true, none, figures.restated);
            addFile(before, incidents, true, figures.incidents, figures.all);
        }
        if (delivery.source == "aws")
            early[delivery.fileName] = delivery.csv;
        return Status::success();
    });
    if (!done.ok())
        qFatal("%s", errorSentence(done.error()).c_str());
    return figures;
}

std::string difference(const DecimalSum& a, const DecimalSum& b)
{
    DecimalSum result = a;
    result.subtract(b);
    return result.toString();
}

std::string name(const Incident& incident, std::uint64_t seed, BusinessDate today)
{
    return incident.kind + " of seed " + std::to_string(seed) + " on " + today.toIso();
}

const std::set<std::string> Kinds{"retry_loop", "runaway_agent", "vanished_spend", "idle_gpu",
    "price_change", "duplicate_delivery", "missing_days", "new_vendor", "restatement"};

} // namespace

class tst_DemoIncidents : public QObject {
    Q_OBJECT

private slots:
    // A filter by a deployment's scope finds its meters and nothing else.
    void eachSeedPlantsEachKindInAScopeOfItsOwn()
    {
        const DemoCalendar calendar{*BusinessDate::parseIso("2026-11-26")};
        for (std::uint64_t seed = 0; seed < 400; ++seed) {
            const std::vector<DemoStream> streams = demoStreams(seed, calendar);
            std::set<std::string> kinds;
            const auto incidents = incidentsOf(DemoIncidents{streams, calendar}.truthJson());
            QCOMPARE(incidents.size(), std::size_t{11});
            for (const Incident& incident : incidents) {
                kinds.insert(incident.kind);
                if (!incident.scope.contains("sub_account"))
                    continue;
                std::set<std::string> resources;
                for (const DemoStream& stream : streams)
                    if (stream.model == incident.scope.at("model")
                        && stream.service == incident.scope.at("service")
                        && stream.subAccountId == incident.scope.at("sub_account"))
                        resources.insert(stream.resourceId);
                QVERIFY2(resources.size() == 1, name(incident, seed, calendar.end).c_str());
            }
            QCOMPARE(kinds, Kinds);
        }
    }

    // Fees and taxes stand on the first day of a month.
    void missingDaysLieWithinAMonth()
    {
        const BusinessDate from = *BusinessDate::parseIso("2026-01-01");
        for (int day = 0; day < 800; ++day) {
            const DemoCalendar calendar{from.plusDays(day)};
            const std::vector<DemoStream> streams;
            for (const Incident& incident :
                incidentsOf(DemoIncidents{streams, calendar}.truthJson())) {
                QVERIFY(incident.lastDay < calendar.end.toIso());
                const BusinessDate first = *BusinessDate::parseIso(incident.firstDay);
                if (incident.kind != "missing_days")
                    continue;
                QCOMPARE(first.plusDays(2).toIso(), incident.lastDay);
                for (int i = 0; i < 3; ++i)
                    QVERIFY(first.plusDays(i) != firstOfMonth(first.plusDays(i), 0));
            }
        }
    }

    void figuresAreWhatTheTruthSays_data()
    {
        QTest::addColumn<quint64>("seed");
        QTest::addColumn<QString>("today");
        const auto add = [](quint64 seed, const std::string& today) {
            QTest::newRow((std::to_string(seed) + " " + today).c_str())
                << seed << QString::fromStdString(today);
        };
        add(8, "2026-11-26"); // two deployments shared the scope of vanished_spend
        SeededRandom random{sluice::test::seed(20'261'126)};
        for (int round = 0; round < rounds(16) - 1; ++round)
            add(random.below(1'000),
                BusinessDate::parseIso("2026-01-01")
                    ->plusDays(static_cast<std::int32_t>(random.below(730)))
                    .toIso());
        // the turn of a month was in missing_days
        for (const char* today : {"2026-02-15", "2026-12-17"})
            if (rounds(20) == 20)
                add(7, today);
    }

    void figuresAreWhatTheTruthSays()
    {
        QFETCH(const quint64, seed);
        QFETCH(const QString, today);
        const BusinessDate day = *BusinessDate::parseIso(today.toStdString());
        DemoCompany company{seed, day};
        const std::vector<Incident> planned = incidentsOf(company.truthJson());
        const Figures figures = figuresOf(company, planned);
        const std::vector<Incident> incidents = incidentsOf(company.truthJson());
        DemoCompany quietCompany{seed, day, {.incidents = false}};
        const Figures quiet = figuresOf(quietCompany, planned);
        DecimalSum money;
        for (std::size_t i = 0; i < incidents.size(); ++i) {
            const Incident& incident = incidents[i];
            const std::string what = name(incident, seed, day);
            const std::string figure = figures.incidents[i].toString();
            QVERIFY2(incident.money != "0", what.c_str());
            if (incident.kind == "restatement") {
                QVERIFY2(figures.restated.toString() == incident.money, what.c_str());
                continue;
            }
            money.add(*parseDecimal(incident.money));
            QVERIFY2(difference(figures.incidents[i], quiet.incidents[i]) == incident.money,
                what.c_str());
            if (incident.kind == "missing_days" || incident.kind == "vanished_spend")
                QVERIFY2(figure == "0", (what + ": " + figure).c_str());
            if (incident.kind == "new_vendor")
                QVERIFY2(figure == incident.money, (what + ": " + figure).c_str());
        }
        // Nothing else is different.
        QCOMPARE(difference(figures.all, quiet.all), money.toString());
    }
};

QTEST_GUILESS_MAIN(tst_DemoIncidents)
#include "tst_DemoIncidents.moc"
