// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/KeyedHash.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <map>
#include <string>
#include <vector>

using namespace sluice;

namespace {

using Pair = std::pair<std::uint64_t, std::uint64_t>;

Pair hashOf(const std::vector<std::string>& texts)
{
    KeyedHash hash;
    for (const std::string& text : texts)
        hash.add(text);
    return {hash.value().first, hash.value().second};
}

} // namespace

class TestKeyedHash : public QObject {
    Q_OBJECT

private slots:
    void equalListsAlone();
    void boundariesCount();
    void eachByteCounts();
};

// Against a map of the lists themselves: nothing that differs shares a hash, or even one of its
// halves.
void TestKeyedHash::equalListsAlone()
{
    SeededRandom random{test::seed(20'261'126)};
    std::map<Pair, std::vector<std::string>> listOf;
    std::map<std::uint64_t, std::vector<std::string>> listOfHalf;
    for (int round = test::rounds(200'000); round > 0; --round) {
        std::vector<std::string> list(1 + random.below(4));
        for (std::string& text : list) {
            text.resize(random.below(40), 'a');
            for (std::uint64_t changes = random.below(3); changes > 0 && !text.empty(); --changes)
                text[random.below(text.size())] = static_cast<char>('a' + random.below(2));
        }
        const Pair hash = hashOf(list);
        QCOMPARE(hashOf(list), hash);
        QVERIFY(listOf.try_emplace(hash, list).first->second == list);
        QVERIFY(listOfHalf.try_emplace(hash.first, list).first->second == list);
    }
}

void TestKeyedHash::boundariesCount()
{
    QVERIFY(hashOf({"ab", "c"}) != hashOf({"a", "bc"}));
    QVERIFY(hashOf({"", "a"}) != hashOf({"a", ""}));
    QVERIFY(hashOf({}) != hashOf({""}));
    QVERIFY(hashOf({std::string(16, 'x')}) != hashOf({std::string(17, 'x')}));
    QVERIFY(hashOf({std::string(32, 'x')}) != hashOf({std::string(16, 'x'), std::string(16, 'x')}));
}

void TestKeyedHash::eachByteCounts()
{
    for (std::size_t size = 1; size <= 80; ++size) {
        const std::string text(size, 'q');
        for (std::size_t at = 0; at < size; ++at) {
            std::string other = text;
            other[at] = 'r';
            QVERIFY2(hashOf({other}) != hashOf({text}),
                qPrintable(QStringLiteral("byte %1 of %2").arg(at).arg(size)));
        }
    }
}

QTEST_GUILESS_MAIN(TestKeyedHash)
#include "tst_KeyedHash.moc"
