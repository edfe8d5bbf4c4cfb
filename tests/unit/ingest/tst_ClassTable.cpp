// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/ClassTable.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <map>

using namespace sluice;

namespace {

ColumnMap mapOf(const std::vector<std::string>& header)
{
    const Profile profile;
    const FocusCatalogue catalogue;
    ColumnMap map;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const FocusColumn* known = catalogue.find(header[i]);
        Slot slot;
        slot.column = header[i];
        slot.field = static_cast<int>(i);
        const bool capped
            = known == nullptr || header[i] == "Tags" || header[i] == "ChargeDescription";
        slot.role = capped ? SlotRole::Capped : SlotRole::Class;
        map.columnSlots.push_back(slot);
    }
    map.fieldCount = header.size();
    return map;
}

std::map<std::string, std::string> cellsOf(const KeyDictionary& keys, KeyId key)
{
    std::map<std::string, std::string> cells;
    for (const KeyCell& cell : keys.cells(key))
        cells[std::string{keys.text(cell.field)}] = keys.text(cell.value);
    return cells;
}

// Outside of the class: moc does not read on after a raw string that holds quotes.
constexpr std::string_view TagsText = "{\"team\": \"a\", \" org\": \"x\"}";
constexpr std::string_view TagsWithoutBraces = "\"tagA\": \"valueA\",\"n\": 5,\"none\": null";

std::string requestTags(std::size_t i)
{
    return "{\"team\": \"t" + std::to_string(i % 3) + "\", \"request\": \"r" + std::to_string(i)
        + "\"}";
}

} // namespace

class tst_ClassTable : public QObject {
    Q_OBJECT

private slots:
    void equalTextsAreOneClass()
    {
        const ColumnMap map = mapOf({"ServiceName", "BillingCurrency", "Tags"});
        KeyDictionary keys;
        std::set<std::string> demoted;
        ClassTable table{map, keys, demoted};
        const std::vector<std::string_view> first{"Search", "USD", TagsText};
        const auto found = table.find(first);
        QVERIFY(found.isNew);
        QVERIFY(!table.find(first).isNew);
        QCOMPARE(table.at(found.id).currency.code(), std::string_view{"USD"});
        const auto cells = cellsOf(keys, table.at(found.id).key);
        QCOMPARE(cells.at("tag:team"), std::string{"a"});
        QCOMPARE(cells.at("tag: org"), std::string{"x"});
        QCOMPARE(cells.at("ServiceName"), std::string{"Search"});
    }

    void oldValuesAreCalledAsToday()
    {
        const ColumnMap map = mapOf({"PricingCategory", "ServiceName"});
        KeyDictionary keys;
        std::set<std::string> demoted;
        ClassTable table{map, keys, demoted};
        const std::vector<std::string_view> texts{"On-Demand", "On-Demand"};
        const auto cells = cellsOf(keys, table.at(table.find(texts).id).key);
        QCOMPARE(cells.at("PricingCategory"), std::string{"Standard"});
        QCOMPARE(cells.at("ServiceName"), std::string{"On-Demand"});
    }

    void nullsHaveNoCell()
    {
        const ColumnMap map = mapOf({"ServiceName", "RegionId", "BillingCurrency"});
        KeyDictionary keys;
        std::set<std::string> demoted;
        ClassTable table{map, keys, demoted};
        const std::vector<std::string_view> texts{"NULL", "", "usd"};
        const auto found = table.find(texts);
        QCOMPARE(cellsOf(keys, table.at(found.id).key).size(), std::size_t{1});
        QVERIFY(!table.at(found.id).currency.isSet());
    }

    void aColumnWithTooManyValuesLeavesTheKey()
    {
        const ColumnMap map = mapOf({"ServiceName", "x_Request"});
        KeyDictionary keys;
        std::set<std::string> demoted;
        ClassTable table{map, keys, demoted};
        bool changed = false;
        for (std::size_t i = 0; i < ClassTable::MaxDistinct + 100; ++i) {
            const std::string request = "r" + std::to_string(i);
            const std::vector<std::string_view> texts{"Search", request};
            table.find(texts);
            changed = table.takeColumnsChanged() || changed;
        }
        QVERIFY(changed);
        QCOMPARE(demoted.count("x_Request"), std::size_t{1});
        const std::vector<std::string_view> texts{"Search", "another"};
        const auto found = table.find(texts);
        QVERIFY(!found.isNew);
        QCOMPARE(cellsOf(keys, table.at(found.id).key).count("x_Request"), std::size_t{0});
    }

    void noValueIsNoneOfTooMany()
    {
        const ColumnMap map = mapOf({"ServiceName", "x_Request"});
        KeyDictionary keys;
        std::set<std::string> demoted;
        ClassTable table{map, keys, demoted};
        const auto find = [&table](std::string_view request) {
            const std::vector<std::string_view> texts{"Search", request};
            table.find(texts);
        };
        find("");
        find("NULL");
        for (std::size_t i = 0; i < ClassTable::MaxDistinct; ++i)
            find("r" + std::to_string(i));
        QVERIFY(demoted.empty());
        find("one more");
        QCOMPARE(demoted.count("x_Request"), std::size_t{1});
    }

    void aTagWithTooManyValuesLeavesTheKeyAndTheOthersStay()
    {
        const ColumnMap map = mapOf({"ServiceName", "Tags"});
        KeyDictionary keys;
        std::set<std::string> demoted;
        ClassTable table{map, keys, demoted};
        const auto find = [&](std::size_t i) {
            const std::string tags = requestTags(i);
            const std::vector<std::string_view> texts{"Search", tags};
            return table.find(texts);
        };
        for (std::size_t i = 0; i < ClassTable::MaxDistinct + 10; ++i)
            find(i);
        QCOMPARE(demoted.count("tag:request"), std::size_t{1});
        QVERIFY(!table.takeColumnsChanged());
        const auto known = find(1'000'000 * 3);
        find(1'000'003);
        QCOMPARE(find(1'000'006 * 3).id, known.id);
        QCOMPARE(cellsOf(keys, table.at(known.id).key).at("tag:team"), std::string{"t0"});
    }

    void agreesWithAPlainMap()
    {
        SeededRandom random{test::seed(11)};
        const ColumnMap map = mapOf({"ServiceName", "RegionId", "x_Team"});
        KeyDictionary keys;
        std::set<std::string> demoted;
        ClassTable table{map, keys, demoted};
        std::map<std::vector<std::string>, std::uint32_t> oracle;
        for (int i = 0; i < 20'000; ++i) {
            std::vector<std::string> row;
            for (int column = 0; column < 3; ++column)
                row.push_back(
                    std::string(random.below(20), 'a') + std::to_string(random.below(12)));
            const std::vector<std::string_view> texts{row.begin(), row.end()};
            const auto found = table.find(texts);
            const auto [known, isNew] = oracle.try_emplace(row, found.id);
            QCOMPARE(found.isNew, isNew);
            QCOMPARE(found.id, known->second);
        }
    }

    void azureTagsWithoutBraces()
    {
        const auto members = parseFlatObject(TagsWithoutBraces);
        QCOMPARE(members.size(), std::size_t{2});
        QCOMPARE(members[1].second, std::string{"5"});
        QVERIFY(parseFlatObject("{broken").empty());
        QVERIFY(parseFlatObject("[1]").empty());
    }
};

QTEST_GUILESS_MAIN(tst_ClassTable)
#include "tst_ClassTable.moc"
