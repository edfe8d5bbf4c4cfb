// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Interner.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <map>

using namespace sluice;

class TestInterner : public QObject {
    Q_OBJECT

private slots:
    void equalTextsShareAnId();
    void copiesAndMovesKeepTheirTexts();
};

void TestInterner::equalTextsShareAnId()
{
    SeededRandom random{test::seed(41)};
    Interner interner;
    std::map<std::string, StringId> naive{{"", 0}};
    for (int round = test::rounds(100'000); round > 0; --round) {
        std::string text(random.below(24), 'a');
        for (char& c : text)
            c = static_cast<char>(random.below(3)); // bytes of every kind, also NUL
        const bool known = naive.count(text) > 0;
        QCOMPARE(interner.find(text) != nullptr, known);
        const StringId id = interner.intern(text);
        naive.emplace(text, static_cast<StringId>(naive.size()));
        QCOMPARE(id, naive[text]);
        QCOMPARE(*interner.find(text), id);
        QCOMPARE(interner.size(), naive.size());
    }
    for (const auto& [text, id] : naive)
        QCOMPARE(interner.text(id), std::string_view{text});
}

void TestInterner::copiesAndMovesKeepTheirTexts()
{
    Interner first;
    const StringId id = first.intern("Amazon");
    Interner copy{first};
    first = Interner{};
    QVERIFY(!first.find("Amazon"));
    QCOMPARE(*copy.find("Amazon"), id);
    QCOMPARE(copy.intern("Microsoft"), id + 1);
    const Interner moved{std::move(copy)};
    QCOMPARE(*moved.find("Amazon"), id);
    QCOMPARE(moved.text(id), std::string_view{"Amazon"});
    QCOMPARE(moved.text(0), std::string_view{});
}

QTEST_GUILESS_MAIN(TestInterner)
#include "tst_Interner.moc"
