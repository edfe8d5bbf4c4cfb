// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attribution/LikePattern.h"
#include "tests/support/Seed.h"

#include <QTest>

using namespace sluice;

namespace {

// The textbook definition, exponential and obviously right.
bool naive(std::string_view pattern, std::string_view text)
{
    if (pattern.empty())
        return text.empty();
    if (pattern[0] == '*')
        return naive(pattern.substr(1), text) || (!text.empty() && naive(pattern, text.substr(1)));
    return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0])
        && naive(pattern.substr(1), text.substr(1));
}

} // namespace

class tst_LikePattern : public QObject {
    Q_OBJECT
private slots:
    void examples();
    void agreesWithTheDefinition();
    void isNotSlow();
};

void tst_LikePattern::examples()
{
    QVERIFY(LikePattern{"*gpt?4o*"}.matches("openai gpt-4o input"));
    QVERIFY(!LikePattern{"gpt-4o"}.matches("gpt-4o-mini"));
    QVERIFY(LikePattern{"gr?n"}.matches("grün"));
    QVERIFY(LikePattern{""}.matches(""));
    QVERIFY(LikePattern{"**"}.matches("x"));
    QCOMPARE(LikePattern{"*a?b*"}.literalLength(), std::size_t{2});
    QVERIFY(LikePattern::isPattern("a*") && !LikePattern::isPattern("a+"));
}

void tst_LikePattern::agreesWithTheDefinition()
{
    SeededRandom random{test::seed(21)};
    for (int round = 0; round < test::rounds(200'000); ++round) {
        std::string pattern;
        std::string text;
        for (std::uint64_t n = random.below(8); n > 0; --n)
            pattern.push_back("ab*?"[random.below(4)]);
        for (std::uint64_t n = random.below(9); n > 0; --n)
            text.push_back("ab"[random.below(2)]);
        QVERIFY2(LikePattern{pattern}.matches(text) == naive(pattern, text),
            (pattern + " ~ " + text).c_str());
    }
}

void tst_LikePattern::isNotSlow()
{
    std::string pattern;
    for (int i = 0; i < 500; ++i)
        pattern += "*a?";
    QVERIFY(!LikePattern{pattern + "b"}.matches(std::string(20'000, 'a')));
}

QTEST_GUILESS_MAIN(tst_LikePattern)
#include "tst_LikePattern.moc"
