// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/FocusGenerator.h"
#include "tests/support/Qt.h"

using namespace sluice;
using namespace sluice::test;

class TestFocusGenerator : public QObject {
    Q_OBJECT

private slots:
    void sameSeedSameBytes();
    void totalsAreThoseOfTheText();
};

namespace {

std::string generate(FocusGenerator::Options options, FocusGenerator::Totals& totals)
{
    std::string text;
    totals
        = FocusGenerator{std::move(options)}.write([&](std::string_view piece) { text += piece; });
    return text;
}

} // namespace

void TestFocusGenerator::sameSeedSameBytes()
{
    FocusGenerator::Totals totals;
    const std::string first = generate({500, 7, 60, "2026-01-15"}, totals);
    QVERIFY(first == generate({500, 7, 60, "2026-01-15"}, totals));
    QVERIFY(first != generate({500, 8, 60, "2026-01-15"}, totals));
}

void TestFocusGenerator::totalsAreThoseOfTheText()
{
    FocusGenerator::Totals totals;
    const std::string text = generate({3000, 3, 92, "2025-04-01"}, totals);
    QCOMPARE(totals.bytes, std::uint64_t{text.size()});
    const double bytesPerRow = static_cast<double>(text.size()) / 3000;
    QVERIFY2(bytesPerRow > 600 && bytesPerRow < 800, std::to_string(bytesPerRow).c_str());
    DecimalSum billed;
    std::size_t rows = 0;
    std::size_t column = 0;
    bool quoted = false;
    std::string field;
    for (const char c : text) { // a plain reader, enough for this one dialect
        if (c == '"')
            quoted = !quoted;
        if (quoted || (c != ',' && c != '\n')) {
            field += c;
            continue;
        }
        if (column == 1 && rows > 0)
            billed.add(*parseDecimal(field));
        field.clear();
        if (c == ',') {
            ++column;
            continue;
        }
        QCOMPARE(column, std::size_t{56});
        column = 0;
        ++rows;
    }
    QCOMPARE(rows, std::size_t{3001});
    QCOMPARE(billed.toString(), toString(Decimal{totals.billed, 10}));
}

QTEST_GUILESS_MAIN(TestFocusGenerator)
#include "tst_FocusGenerator.moc"
