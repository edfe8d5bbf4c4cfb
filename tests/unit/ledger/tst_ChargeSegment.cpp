// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/ChargeSegment.h"
#include "tests/support/Qt.h"
#include "tests/support/RandomCharges.h"
#include "tests/support/Seed.h"

#include <QElapsedTimer>
#include <QTest>

#include <deque>
#include <limits>

using namespace sluice;

namespace {

// Anything the type can hold, which is far more than files bring.
class WildCharges {
public:
    explicit WildCharges(std::uint64_t seed)
        : m_random{seed}
    {
    }
    Charge next()
    {
        Charge charge;
        charge.row = m_random.chance(1, 2) ? ++m_row : m_random.next();
        charge.document = static_cast<std::uint32_t>(
            m_random.chance(1, 2) ? m_random.below(3) : m_random.next());
        charge.line = number() & std::numeric_limits<std::int64_t>::max();
        charge.key
            = static_cast<KeyId>(m_random.chance(1, 2) ? m_random.below(5) : m_random.next());
        charge.scope = static_cast<std::uint32_t>(
            m_random.chance(1, 2) ? m_random.below(3) : m_random.next());
        charge.day = static_cast<std::int32_t>(m_random.next());
        charge.start = number64();
        charge.end = number64();
        for (std::int64_t& cost : charge.costs)
            cost = m_random.chance(1, 3) ? charge.costs[0] : number64();
        charge.nullCosts = static_cast<std::uint8_t>(m_random.below(16));
        charge.nullNumbers = static_cast<std::uint8_t>(m_random.below(16));
        fill(charge.pricingQuantity);
        charge.consumedQuantity = charge.pricingQuantity;
        if (m_random.chance(1, 2))
            fill(charge.consumedQuantity);
        fill(charge.listUnitPrice);
        fill(charge.contractedUnitPrice);
        charge.resourceId = text();
        charge.resourceName = m_random.chance(1, 2) ? charge.resourceId : text();
        charge.invoiceId = text();
        return charge;
    }

private:
    std::uint64_t number() { return m_random.next() >> m_random.below(64); }
    std::int64_t number64()
    {
        return static_cast<std::int64_t>(m_random.chance(1, 2) ? number() : ~number());
    }
    void fill(Scaled& number)
    {
        number.mantissa = m_random.chance(1, 2) ? 17 : number64();
        number.scale = static_cast<std::uint8_t>(m_random.below(Scaled::MaxScale + 1));
        number.exact = m_random.chance(1, 2);
    }
    std::string_view text()
    {
        std::string made;
        for (std::uint64_t left = m_random.below(4) * m_random.below(9); left > 0; --left)
            made.push_back("ab/:\0\xFF"[m_random.below(6)]);
        m_texts.push_back(made);
        return m_texts.back();
    }

    SeededRandom m_random;
    std::uint64_t m_row{0};
    std::deque<std::string> m_texts;
};

bool sameFacts(const Charge& a, const Charge& b)
{
    return a.row == b.row && a.key == b.key && a.scope == b.scope && a.day == b.day
        && a.start == b.start && a.costs == b.costs && a.nullCosts == b.nullCosts;
}

bool same(const Charge& a, const Charge& b)
{
    return sameFacts(a, b) && a.document == b.document && a.line == b.line && a.end == b.end
        && a.nullNumbers == b.nullNumbers && a.pricingQuantity == b.pricingQuantity
        && a.consumedQuantity == b.consumedQuantity && a.listUnitPrice == b.listUnitPrice
        && a.contractedUnitPrice == b.contractedUnitPrice && a.resourceId == b.resourceId
        && a.resourceName == b.resourceName && a.invoiceId == b.invoiceId;
}

// Reads everything, so that a sanitizer sees every byte.
std::uint64_t touch(const ChargeSegment& segment)
{
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < segment.size(); ++i) {
        const Charge charge = segment.at(i);
        sum += charge.row + charge.key + static_cast<std::uint64_t>(charge.costs[3]);
        for (const std::string_view text :
            {charge.resourceId, charge.resourceName, charge.invoiceId}) {
            for (const char c : text)
                sum += static_cast<std::uint8_t>(c);
        }
    }
    return sum;
}

} // namespace

class TestChargeSegment : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression{QStringLiteral(".")}); }

    void emptySegment()
    {
        ChargeSegmentBuilder builder;
        const std::string bytes = builder.encode();
        const auto segment = ChargeSegment::decode(bytes, SegmentPart::All);
        QVERIFY_OK(segment);
        QCOMPARE(segment->size(), std::size_t{0});
    }

    void comesBackAsItWas()
    {
        const std::uint64_t start = test::seed(20'261'001);
        ChargeSegmentBuilder builder; // one for all: it must be empty after encode()
        for (std::uint64_t round = 0; round < static_cast<std::uint64_t>(test::rounds(400));
             ++round) {
            SeededRandom random{start + round};
            WildCharges source{start + round};
            std::vector<Charge> charges;
            for (std::uint64_t left = random.below(1 + (random.chance(1, 10) ? 3'000 : 20));
                 left > 0; --left) {
                charges.push_back(source.next());
                builder.add(charges.back());
            }
            QCOMPARE(builder.size(), charges.size());
            const std::string bytes = builder.encode();
            QCOMPARE(builder.size(), std::size_t{0});
            const auto all = ChargeSegment::decode(bytes, SegmentPart::All);
            const auto facts = ChargeSegment::decode(bytes, SegmentPart::Facts);
            QVERIFY_OK(all);
            QVERIFY_OK(facts);
            QCOMPARE(all->size(), charges.size());
            for (std::size_t i = 0; i < charges.size(); ++i) {
                QVERIFY(same(all->at(i), charges[i]));
                QVERIFY(sameFacts(facts->at(i), charges[i]));
                QCOMPARE(facts->keys()[i], charges[i].key);
                QCOMPARE(facts->days()[i], charges[i].day);
                QCOMPARE(facts->costs(Measure::ListCost)[i], charges[i].costs[2]);
            }
        }
    }

    void fullByRowsOrByTexts()
    {
        ChargeSegmentBuilder builder;
        for (std::size_t i = 0; i < ChargeSegmentBuilder::MaxRows; ++i) {
            QVERIFY(!builder.full());
            builder.add({});
        }
        QVERIFY(builder.full());
        QVERIFY(builder.encode().size() < 1'000);
        const std::string longText(ChargeSegmentBuilder::MaxTextBytes, 'x');
        Charge charge;
        charge.resourceName = longText;
        builder.add(charge);
        QVERIFY(builder.full());
        const auto segment = ChargeSegment::decode(builder.encode(), SegmentPart::All);
        QVERIFY_OK(segment);
        QVERIFY(segment->at(0).resourceName == longText);
    }

    // Any bytes: Damaged, or (where a bit of the compressed form means nothing) the same segment;
    // never a read outside (the sanitizers watch).
    void damagedBytesAreRefused()
    {
        SeededRandom random{test::seed(20'261'002)};
        WildCharges source{random.next()};
        ChargeSegmentBuilder builder;
        std::vector<Charge> charges;
        for (int i = 0; i < 200; ++i) {
            charges.push_back(source.next());
            builder.add(charges.back());
        }
        const std::string good = builder.encode();
        for (int round = 0; round < test::rounds(20'000); ++round) {
            std::string bad = good;
            if (random.chance(1, 3))
                bad.resize(random.below(bad.size()));
            else
                bad[random.below(bad.size())] = static_cast<char>(random.next());
            const auto segment = ChargeSegment::decode(bad, SegmentPart::All);
            if (!segment.ok()) {
                QCOMPARE(segment.error().code, ErrorCode::Damaged);
                continue;
            }
            QCOMPARE(segment->size(), charges.size());
            for (std::size_t i = 0; i < charges.size(); ++i)
                QVERIFY(same(segment->at(i), charges[i]));
        }
    }

    // The same behind the checksums, where a damaged byte is still believed.
    void contradictingColumnsAreRefused()
    {
        SeededRandom random{test::seed(20'261'003)};
        for (int round = 0; round < test::rounds(20'000); ++round) {
            const std::size_t rows = random.below(300);
            std::array<std::string, 2> blocks;
            for (std::string& block : blocks) {
                // Mostly zeros and ones: lengths and codes that nearly make sense.
                block.resize(random.below(6'000));
                for (char& c : block)
                    c = static_cast<char>(
                        random.chance(1, 50) ? random.next() : random.below(3) % 2);
            }
            const auto segment
                = ChargeSegment::decodeBlocks(rows, blocks[0], blocks[1], SegmentPart::All);
            if (segment.ok())
                QVERIFY(touch(*segment) + 1 > 0);
        }
    }

    // The bytes per charge are a promise; the speeds are printed, not judged, because machines
    // differ.
    void smallAndFast()
    {
        test::RandomCharges source{test::seed(20'261'004)};
        ChargeSegmentBuilder builder;
        QElapsedTimer timer;
        qint64 addNs = 0;
        qint64 encodeNs = 0;
        qint64 factsNs = 0;
        qint64 allNs = 0;
        std::size_t total = 0;
        std::size_t bytesTotal = 0;
        for (int segments = 0; segments < test::rounds(20); ++segments) {
            for (std::size_t block = 0; block < ChargeSegmentBuilder::MaxRows / 2'048; ++block) {
                std::vector<Charge> charges;
                for (int i = 0; i < 2'048; ++i)
                    charges.push_back(source.next());
                timer.start();
                for (const Charge& charge : charges)
                    builder.add(charge);
                addNs += timer.nsecsElapsed();
            }
            timer.start();
            const std::string bytes = builder.encode();
            encodeNs += timer.nsecsElapsed();
            timer.start();
            const auto facts = ChargeSegment::decode(bytes, SegmentPart::Facts);
            factsNs += timer.nsecsElapsed();
            timer.start();
            const auto all = ChargeSegment::decode(bytes, SegmentPart::All);
            allNs += timer.nsecsElapsed();
            QVERIFY_OK(facts);
            QVERIFY_OK(all);
            total += facts->size();
            bytesTotal += bytes.size();
        }
        const auto per = [total](qint64 ns) { return ns / static_cast<qint64>(total); };
        qInfo(
            "%zu charges: %.1f bytes each; ns per charge: add %lld, encode %lld, decode facts %lld, all %lld",
            total, static_cast<double>(bytesTotal) / static_cast<double>(total), per(addNs),
            per(encodeNs), per(factsNs), per(allNs));
        QVERIFY(bytesTotal <= total * 25);
    }
};

QTEST_GUILESS_MAIN(TestChargeSegment)
#include "tst_ChargeSegment.moc"
