// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Random.h"
#include "tests/support/Gui.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "ui/models/PaletteIndex.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace sluice;
using namespace sluice::ui;

namespace {

std::vector<PaletteEntry> someEntries()
{
    return {{PaletteKind::Action, QStringLiteral("Lock"), QStringLiteral("Ctrl+L"),
                QStringLiteral("lockLedger")},
        {PaletteKind::Action, QStringLiteral("Show as table"), {}, QStringLiteral("toggleTable")},
        {PaletteKind::Page, QStringLiteral("Spend map"), {}, QStringLiteral("goMap")},
        {PaletteKind::Owner, QStringLiteral("Ana Marsh"), QStringLiteral("ana"),
            QStringLiteral("ana")},
        {PaletteKind::Owner, QStringLiteral("Stephen Mapleton"), QStringLiteral("steph"),
            QStringLiteral("steph")},
        {PaletteKind::Vendor, QStringLiteral("Open Maps GmbH"), {}, QStringLiteral("maps")},
        {PaletteKind::Batch, QStringLiteral("b-0123456789abcdef"), QStringLiteral("aws"),
            QStringLiteral("b-0123456789abcdef")}};
}

// Whether the letters of `word` occur in `text` in their order: what a match must be.
bool occurs(const QString& text, const QString& word)
{
    qsizetype at = 0;
    for (const QChar letter : word) {
        at = text.indexOf(letter, at);
        if (at < 0)
            return false;
        ++at;
    }
    return true;
}

} // namespace

class TestPaletteIndex : public QObject {
    Q_OBJECT

private slots:
    void init() { test::failOnWarnings(); }

    void theBestComesFirst_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("first");
        QTest::newRow("whole word") << QStringLiteral("map") << QStringLiteral("goMap");
        QTest::newRow("first letters") << QStringLiteral("sm") << QStringLiteral("goMap");
        QTest::newRow("case") << QStringLiteral("LOCK") << QStringLiteral("lockLedger");
        QTest::newRow("two words") << QStringLiteral("marsh ana") << QStringLiteral("ana");
        QTest::newRow("by kind") << QStringLiteral("owner maple") << QStringLiteral("steph");
        QTest::newRow("not by letters of a kind") << QStringLiteral("vr") << QString{};
        QTest::newRow("by shortcut") << QStringLiteral("ctrl+l") << QStringLiteral("lockLedger");
        QTest::newRow("owners alone") << QStringLiteral("@map") << QStringLiteral("steph");
        QTest::newRow("imports alone")
            << QStringLiteral("#0123") << QStringLiteral("b-0123456789abcdef");
        QTest::newRow("actions alone") << QStringLiteral(">t") << QStringLiteral("toggleTable");
    }
    void theBestComesFirst()
    {
        QFETCH(QString, query);
        QFETCH(QString, first);
        const PaletteIndex index{someEntries()};
        const auto hits = index.find(query, 5);
        QCOMPARE(hits.empty(), first.isEmpty());
        if (!hits.empty())
            QCOMPARE(index.entry(hits.front().entry).id, first);
    }

    void nothingForNothing()
    {
        const PaletteIndex index{someEntries()};
        QVERIFY(index.find(QString{}, 5).empty());
        QVERIFY(index.find(QStringLiteral("   "), 5).empty());
        QVERIFY(index.find(QStringLiteral("zzz"), 5).empty());
        QCOMPARE(index.find(QStringLiteral("@"), 5).size(), std::size_t{2});
        QVERIFY(index.find(QStringLiteral("a"), 0).empty());
    }

    // Against a plain loop: what is found is what occurs, the best of it, in order.
    void itFindsWhatAPlainLoopFinds()
    {
        SeededRandom random{test::seed(61)};
        const QString letters = QStringLiteral("vened ");
        const auto word = [&](int most) {
            QString text;
            for (auto i = 1 + random.below(static_cast<std::uint64_t>(most)); i > 0; --i)
                text += letters[static_cast<qsizetype>(random.below(6))];
            return text;
        };
        for (int round = 0; round < test::rounds(400); ++round) {
            std::vector<PaletteEntry> entries;
            for (std::uint64_t i = random.below(60); i > 0; --i)
                entries.push_back({PaletteKind::Vendor, word(12), {}, {}});
            const PaletteIndex index{entries};
            const QString query = word(3);
            const QStringList words = query.split(u' ', Qt::SkipEmptyParts);
            const auto hits = index.find(query, entries.size());
            std::size_t expected = 0;
            for (const PaletteEntry& entry : entries) {
                const QString text = entry.text + u' ';
                const auto matches = [&](const QString& part) {
                    return occurs(text, part) || (part.size() > 2 && part == QStringLiteral("ven"));
                };
                expected += !words.isEmpty() && std::ranges::all_of(words, matches) ? 1 : 0;
            }
            QCOMPARE(hits.size(), expected);
            QVERIFY(std::ranges::is_sorted(hits, std::greater{}, &PaletteHit::score));
            const auto few = index.find(query, 3);
            for (std::size_t i = 0; i < few.size(); ++i)
                QCOMPARE(few[i].entry, hits[i].entry);
        }
    }

    void fiftyThousandEntries()
    {
        std::vector<PaletteEntry> entries;
        for (int i = 0; i < 50'000; ++i)
            entries.push_back({PaletteKind::Workflow,
                QStringLiteral("Workflow of team %1 number %2").arg(i % 977).arg(i),
                QStringLiteral("wf-%1").arg(i), {}});
        const PaletteIndex index{std::move(entries)};
        qint64 slowest = 0;
        for (const char* query : {"w", "team 9", "wf-49999", "number 31 team", "xyz"}) {
            QElapsedTimer timer;
            timer.start();
            const auto hits = index.find(QString::fromLatin1(query), 12);
            slowest = std::max(slowest, timer.elapsed());
            QVERIFY(hits.size() <= 12);
        }
        qInfo("slowest answer of 50,000 entries: %lld ms", static_cast<long long>(slowest));
#if !defined(__SANITIZE_ADDRESS__)
        QVERIFY2(slowest < 30, qPrintable(QString::number(slowest)));
#endif
    }
};

QTEST_GUILESS_MAIN(TestPaletteIndex)
#include "tst_PaletteIndex.moc"
