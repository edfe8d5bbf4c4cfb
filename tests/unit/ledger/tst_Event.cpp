// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/Event.h"
#include "tests/support/Qt.h"

#include <QFile>

#include <limits>

using namespace sluice;

namespace {

constexpr const char* Device = "d-0123456789abcdef";

EventEnvelope envelope(const char* type, const char* actor, const std::vector<Event>& before)
{
    EventEnvelope event;
    event.org = "l-00112233445566778899aabbccddeeff";
    event.type = type;
    event.actor = actor;
    event.device = Device;
    event.dseq = static_cast<std::int64_t>(before.size()) + 1;
    if (!before.empty())
        event.dprev = before.back().id;
    event.hlc = 1'792'000'000'000'000 + static_cast<std::int64_t>(before.size());
    return event;
}

JsonValue importPayload()
{
    JsonValue scopes = JsonValue::array();
    for (const int ordinal : {1, 2}) {
        JsonValue scope = JsonValue::object();
        scope.set("rows", ordinal == 1 ? 600 : 400);
        scope.set("account", std::to_string(ordinal));
        scopes.append(scope);
    }
    JsonValue payload = JsonValue::object();
    payload.set("scopes", scopes);
    payload.set("file", "Müller & Söhne \"Q3\"\\2026.csv");
    payload.set("batch", "b-0123456789abcdef");
    payload.set("rows", 1000);
    payload.set("big", std::int64_t{9'007'199'254'740'993});
    payload.set("edge", std::int64_t{9'007'199'254'740'992});
    payload.set("low", std::numeric_limits<std::int64_t>::min());
    payload.set("dry_run", false);
    payload.set("profile", JsonValue{});
    return payload;
}

// The events of data/events.golden.
std::vector<Event> chain()
{
    std::vector<Event> events;
    const auto seal
        = [&events](EventEnvelope next) { events.push_back(sealEvent(std::move(next)).value()); };

    EventEnvelope created = envelope("CreateLedger", "", events);
    created.payload.set("currency", "USD");
    created.payload.set("fiscal_year_start", 1);
    created.payload.set("time_zone", "UTC");
    seal(created);

    EventEnvelope imported = envelope("ImportFile", "p-ana", events);
    imported.payload = importPayload();
    seal(imported);

    EventEnvelope published = envelope("PublishRuleset", "p-ana", events);
    Sha256 highest{};
    highest.fill(0xFF);
    published.deps = {Sha256{}, highest};
    published.scope = "u-eng";
    published.payloadCommit = "c1";
    published.payload.set("body", "line one\n\tline two\r\x01\x7F\xE2\x80\xA8€😀");
    seal(published);

    seal(envelope("SetBudget", "p-bo", events));

    EventEnvelope composed = envelope("SetBudget", "p-jose\u0301", events);
    composed.payload.set("name", "Ka\u0308se \u1112\u1161\u11AB \u212B");
    seal(composed);
    return events;
}

void replace(std::string& text, std::string_view from, std::string_view to)
{
    const auto at = text.find(from);
    QVERIFY(at != std::string::npos);
    text.replace(at, from.size(), to);
}

} // namespace

class tst_Event : public QObject {
    Q_OBJECT

private slots:
    void golden();
    void readsBack();
    void refusesOtherFields_data();
    void refusesOtherFields();
    void refusesWhatCannotBeSealed();
    void chainHolds();
    void chainFindsFaults();
    void devicesAreApart();
};

// The file was made by an independent program (Python's json and hashlib): bytes and ids are pinned
// for ever.
void tst_Event::golden()
{
    QFile file{QStringLiteral(SLUICE_SOURCE_DIR "/tests/unit/ledger/data/events.golden")};
    QVERIFY(file.open(QIODevice::ReadOnly));
    std::string text;
    for (const Event& event : chain())
        text += toHex(event.id) + " " + event.canonical + "\n";
    QCOMPARE(text, file.readAll().toStdString());
}

void tst_Event::readsBack()
{
    for (const Event& event : chain()) {
        const auto again = parseEvent(event.canonical);
        QVERIFY_OK(again);
        QCOMPARE(again->id, event.id);
        QCOMPARE(again->canonical, event.canonical);
        QCOMPARE(sealEvent(again->envelope).value().id, event.id);
    }
    QVERIFY(parseEvent(chain().front().canonical).value() == chain().front());
}

void tst_Event::refusesOtherFields_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("another version") << QByteArray{R"("v":1)"} << QByteArray{R"("v":2)"};
    QTest::newRow("no version") << QByteArray{R"(,"v":1)"} << QByteArray{};
    QTest::newRow("one field more") << QByteArray{R"("v":1)"} << QByteArray{R"("v":1,"w":1)"};
    QTest::newRow("a text that is a number")
        << QByteArray{R"("actor":"")"} << QByteArray{R"("actor":1)"};
    QTest::newRow("dprev is no id") << QByteArray{R"("dprev":"")"} << QByteArray{R"("dprev":"00")"};
    QTest::newRow("deps is no list") << QByteArray{R"("deps":[])"} << QByteArray{R"("deps":"")"};
    QTest::newRow("a dep is no id") << QByteArray{R"("deps":[])"} << QByteArray{R"("deps":["x"])"};
    QTest::newRow("a dep in capitals")
        << QByteArray{R"("deps":[])"} << QByteArray{R"("deps":[")" + QByteArray(64, 'F') + R"("])"};
    QTest::newRow("payload is no object")
        << QByteArray{R"("pub_payload":{"currency":"USD","fiscal_year_start":1,"time_zone":"UTC"})"}
        << QByteArray{R"("pub_payload":[])"};
    QTest::newRow("white space") << QByteArray{R"("v":1)"} << QByteArray{R"("v": 1)"};
}

void tst_Event::refusesOtherFields()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    std::string text = chain().front().canonical;
    replace(text, from.toStdString(), to.toStdString());
    const auto event = parseEvent(text);
    QVERIFY(!event.ok());
    QCOMPARE(event.error().code, ErrorCode::BadInput);
}

void tst_Event::refusesWhatCannotBeSealed()
{
    EventEnvelope many = envelope("X", "", {});
    many.deps.resize(EventEnvelope::MaxDeps);
    QVERIFY_OK(sealEvent(many));
    many.deps.resize(EventEnvelope::MaxDeps + 1);
    QVERIFY(!sealEvent(many).ok());
    EventEnvelope large = envelope("X", "", {});
    large.payload.set("body", std::string(256 * 1024, 'x'));
    QVERIFY(!sealEvent(large).ok());
    EventEnvelope list = envelope("X", "", {});
    list.payload = JsonValue::array();
    QVERIFY(!sealEvent(list).ok());
}

void tst_Event::chainHolds()
{
    EventChain log;
    QVERIFY(log.head(Device) == nullptr);
    const auto events = chain();
    for (const Event& event : events)
        QVERIFY_OK(log.add(event));
    QCOMPARE(log.head(Device)->dseq, 5);
    QCOMPARE(log.head(Device)->id, events.back().id);
}

void tst_Event::chainFindsFaults()
{
    const auto events = chain();
    for (std::size_t gone = 0; gone + 1 < events.size(); ++gone) {
        EventChain log;
        for (std::size_t i = 0; i < gone; ++i)
            QVERIFY_OK(log.add(events[i]));
        const auto gap = log.add(events[gone + 1]);
        QVERIFY(!gap.ok());
        QCOMPARE(gap.error().code, ErrorCode::Damaged);
        QVERIFY2(gap.error().what.find("missing") != std::string::npos, gap.error().what.c_str());
        QVERIFY_OK(log.add(events[gone])); // the fault changed nothing
        QVERIFY(!log.add(events[gone]).ok());
    }
    EventChain log;
    QVERIFY_OK(log.add(events[0]));
    EventEnvelope other = events[1].envelope;
    other.dprev = events[3].id;
    QVERIFY(!log.add(sealEvent(other).value()).ok());
    other.dprev.reset();
    QVERIFY(!log.add(sealEvent(other).value()).ok());
    other = events[1].envelope;
    other.hlc = events[0].envelope.hlc;
    QVERIFY(!log.add(sealEvent(other).value()).ok());
    EventEnvelope first = events[0].envelope;
    first.dprev = Sha256{};
    QVERIFY(!EventChain{}.add(sealEvent(first).value()).ok());
}

void tst_Event::devicesAreApart()
{
    EventChain log;
    const auto events = chain();
    for (const Event& event : events)
        QVERIFY_OK(log.add(event));
    EventEnvelope other = envelope("SetBudget", "", {});
    other.device = "d-other";
    other.deps = {events.back().id};
    QVERIFY_OK(log.add(sealEvent(other).value()));
    QCOMPARE(log.head("d-other")->dseq, 1);
    QCOMPARE(log.head(Device)->dseq, 5);
}

QTEST_GUILESS_MAIN(tst_Event)
#include "tst_Event.moc"
