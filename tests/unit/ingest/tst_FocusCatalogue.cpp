// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/FocusCatalogue.h"
#include "tests/support/Qt.h"

#include <QTest>

using namespace sluice;

class TestFocusCatalogue : public QObject {
    Q_OBJECT

private slots:
    void everyVersionIsTold_data();
    void everyVersionIsTold();
    void aFewColumnsAreEnough();
    void olderNames();
    void namesInAnotherCase();
    void repeatedAndUnknownColumns();
    void theNameOfTodayWins();
    void foreignTables();
    void successors();
    void valuesOfToday();
    void roles();
    void realFiles_data();
    void realFiles();

private:
    FocusCatalogue m_catalogue;
};

void TestFocusCatalogue::everyVersionIsTold_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("columns"); // as the specification counts them; -1: it does not say
    QTest::newRow("0.5") << static_cast<int>(FocusVersion::V0_5) << -1;
    QTest::newRow("1.0") << static_cast<int>(FocusVersion::V1_0) << 43;
    QTest::newRow("1.1") << static_cast<int>(FocusVersion::V1_1) << 50;
    QTest::newRow("1.2") << static_cast<int>(FocusVersion::V1_2) << 57;
    QTest::newRow("1.3") << static_cast<int>(FocusVersion::V1_3) << 65;
    QTest::newRow("1.4") << static_cast<int>(FocusVersion::V1_4) << 65;
}

void TestFocusCatalogue::everyVersionIsTold()
{
    QFETCH(int, version);
    QFETCH(int, columns);
    std::vector<std::string> header;
    for (const FocusColumn& column : m_catalogue.columns()) {
        if (column.isIn(static_cast<FocusVersion>(version)))
            header.push_back(column.name);
    }
    if (columns >= 0)
        QCOMPARE(static_cast<int>(header.size()), columns);
    const HeaderMatch match = m_catalogue.match(header);
    QVERIFY(match.isFocus);
    QCOMPARE(static_cast<int>(match.version), version);
    QVERIFY2(match.findings.empty(), match.findings.empty() ? "" : match.findings.front().c_str());
    QVERIFY(match.why.find(focusVersionText(match.version)) != std::string::npos);
    QCOMPARE(parseFocusVersion(focusVersionText(match.version)), std::optional{match.version});
    std::reverse(header.begin(), header.end());
    QCOMPARE(static_cast<int>(m_catalogue.match(header).version), version);
}

// A provider leaves out conditional columns: what it cannot leave out still tells the version.
void TestFocusCatalogue::aFewColumnsAreEnough()
{
    for (const FocusVersion version :
        {FocusVersion::V0_5, FocusVersion::V1_0, FocusVersion::V1_3, FocusVersion::V1_4}) {
        std::vector<std::string> header{"x_Own"};
        for (const FocusColumn& column : m_catalogue.columns()) {
            if (column.isIn(version) && column.level == FeatureLevel::Mandatory)
                header.push_back(column.name);
        }
        QCOMPARE(focusVersionText(m_catalogue.match(header).version), focusVersionText(version));
    }
}

void TestFocusCatalogue::olderNames()
{
    const std::pair<const char*, const char*> names[]
        = {{"AmortizedCost", "EffectiveCost"}, {"ChargeType", "ChargeCategory"},
            {"UsageQuantity", "ConsumedQuantity"}, {"UsageUnit", "ConsumedUnit"},
            {"Region", "RegionId"}, {"Provider", "ProviderName"}, {"BilledCost", "BilledCost"}};
    for (const auto& [old, now] : names)
        QCOMPARE(m_catalogue.canonical(old)->name, std::string{now});
    QVERIFY(m_catalogue.canonical("Bogus") == nullptr);
    const HeaderMatch match
        = m_catalogue.match(std::vector<std::string>{"AmortizedCost", "BilledCost"});
    QVERIFY(match.columns[0].renamed);
    QVERIFY(!match.columns[1].renamed);
    QCOMPARE(match.canonicalNames(), (std::vector<std::string>{"EffectiveCost", "BilledCost"}));
}

void TestFocusCatalogue::namesInAnotherCase()
{
    const HeaderMatch match
        = m_catalogue.match(std::vector<std::string>{"billedcost", "RESOURCEID", "X_Tag"});
    QCOMPARE(
        match.canonicalNames(), (std::vector<std::string>{"BilledCost", "ResourceId", "X_Tag"}));
    QVERIFY(match.columns[0].caseDiffers);
    QVERIFY(match.columns[2].custom);
    QCOMPARE(match.findings.size(), std::size_t{2});
}

void TestFocusCatalogue::repeatedAndUnknownColumns()
{
    const HeaderMatch match = m_catalogue.match(std::vector<std::string>{
        "BilledCost", "Id", "BilledCost", "EffectiveCost", "AmortizedCost"});
    QVERIFY(match.columns[2].repeated);
    QVERIFY(match.columns[4].repeated);
    QCOMPARE(match.canonicalNames(),
        (std::vector<std::string>{"BilledCost", "Id", "", "EffectiveCost", ""}));
    QCOMPARE(match.findings.size(), std::size_t{3});
}

void TestFocusCatalogue::theNameOfTodayWins()
{
    using Names = std::vector<std::string>;
    const HeaderMatch match = m_catalogue.match(
        Names{"AmortizedCost", "EffectiveCost", "RegionId", "Region", "billedcost", "BilledCost"});
    QCOMPARE(
        match.canonicalNames(), (Names{"", "EffectiveCost", "RegionId", "", "", "BilledCost"}));
    QCOMPARE(match.findings.size(), std::size_t{3});
    for (std::size_t i = 0; i < 3; ++i)
        QVERIFY2(match.findings[i].starts_with("Column "
                     + Names{"AmortizedCost", "Region", "billedcost"}[i] + " is another name"),
            match.findings[i].c_str());
    const HeaderMatch older = m_catalogue.match(Names{"amortizedCost", "AmortizedCost"});
    QCOMPARE(older.canonicalNames(), (Names{"", "EffectiveCost"}));
}

void TestFocusCatalogue::foreignTables()
{
    QVERIFY(!m_catalogue.match(std::vector<std::string>{"a", "b"}).isFocus);
    QVERIFY(!m_catalogue.match(std::vector<std::string>{}).isFocus);
}

void TestFocusCatalogue::successors()
{
    const HeaderMatch older = m_catalogue.match(std::vector<std::string>{"Tags", "ProviderName"});
    QCOMPARE(m_catalogue.locate(older, "ServiceProviderName"), std::optional<std::size_t>{1});
    QCOMPARE(m_catalogue.locate(older, "HostProviderName"), std::optional<std::size_t>{});
    const HeaderMatch newer
        = m_catalogue.match(std::vector<std::string>{"ServiceProviderName", "Tags"});
    QCOMPARE(m_catalogue.locate(newer, "ProviderName"), std::optional<std::size_t>{0});
    const HeaderMatch both
        = m_catalogue.match(std::vector<std::string>{"ServiceProviderName", "ProviderName"});
    QCOMPARE(m_catalogue.locate(both, "ProviderName"), std::optional<std::size_t>{1});
    QCOMPARE(m_catalogue.locate(both, "x_None"), std::optional<std::size_t>{});
}

void TestFocusCatalogue::valuesOfToday()
{
    QCOMPARE(FocusCatalogue::canonicalValue("PricingCategory", "On-Demand"),
        std::string_view{"Standard"});
    QCOMPARE(FocusCatalogue::canonicalValue("PricingCategory", "Commitment-Based"),
        std::string_view{"Committed"});
    QCOMPARE(FocusCatalogue::canonicalValue("ChargeDescription", "On-Demand"),
        std::string_view{"On-Demand"});
}

void TestFocusCatalogue::roles()
{
    for (const FocusColumn& column : m_catalogue.columns()) {
        const bool measured
            = column.type == ColumnType::Decimal || column.type == ColumnType::DateTime;
        QCOMPARE(column.role == ColumnRole::Value, measured);
        if (!column.renamedTo.empty())
            QVERIFY(m_catalogue.find(column.renamedTo) != nullptr);
        if (!column.supersededBy.empty())
            QVERIFY(m_catalogue.find(column.supersededBy) != nullptr);
    }
}

void TestFocusCatalogue::realFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("version");
    QTest::newRow("sample 1.0") << "data/focus/focus_sample_data_1.0/focus_sample.csv"
                                << "1.0";
    QTest::newRow("generated 1.0") << "bench/perf/focus10_quirks_5k_seed2.csv"
                                   << "1.0";
    QTest::newRow("generated 1.2") << "bench/perf/focus12_20k_seed1.csv"
                                   << "1.2";
}

void TestFocusCatalogue::realFiles()
{
    QFETCH(QString, file);
    QFETCH(QString, version);
    QFile data{test::sharedPath(file)};
    if (data.fileName().isEmpty() || !data.open(QIODevice::ReadOnly))
        QSKIP("the shared data is not here");
    std::vector<std::string> header;
    QByteArray line = data.readLine().trimmed();
    if (line.startsWith("\xEF\xBB\xBF"))
        line.remove(0, 3);
    for (QByteArray name : line.split(','))
        header.push_back(name.replace("\"", "").toStdString());
    const HeaderMatch match = m_catalogue.match(header);
    QVERIFY(match.isFocus);
    QCOMPARE(QString::fromStdString(std::string{focusVersionText(match.version)}), version);
}

QTEST_GUILESS_MAIN(TestFocusCatalogue)
#include "tst_FocusCatalogue.moc"
