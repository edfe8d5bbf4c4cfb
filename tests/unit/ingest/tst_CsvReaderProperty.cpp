// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a CSV file is made of and however it is cut into blocks, the reader gives what a naive
// one gives.
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "tests/unit/ingest/Sources.h"

#include <QTest>

using namespace sluice;
using namespace sluice::test;

class CsvReaderProperty : public QObject {
    Q_OBJECT

private slots:
    void writtenIsRead();
    void anythingIsReadAsByTheNaiveReader();
};

namespace {

// The rules said once more, slowly: a row, or nothing where the text breaks them or ends too early.
class NaiveReader {
public:
    NaiveReader(std::string_view text, char delimiter)
        : m_text{text}
        , m_delimiter{delimiter}
    {
    }
    [[nodiscard]] bool atEnd() const { return m_at == m_text.size(); }
    [[nodiscard]] bool endedWithoutNewline() const { return m_noEnd; }

    bool row(TestRow& row)
    {
        row = {{}, m_line, {}};
        const std::size_t begin = m_at;
        for (;;) {
            std::string value;
            if (!field(value))
                return false;
            row.fields.push_back(value);
            if (!atEnd() && m_text[m_at] == m_delimiter) {
                ++m_at;
                continue;
            }
            row.raw = m_text.substr(begin, m_at - begin);
            m_noEnd = atEnd();
            lineEnd();
            return true;
        }
    }

private:
    // Steps over one line end, if there is one.
    bool lineEnd()
    {
        if (atEnd() || (m_text[m_at] != '\n' && m_text[m_at] != '\r'))
            return false;
        m_at += m_text.substr(m_at, 2) == "\r\n" ? 2 : 1;
        ++m_line;
        return true;
    }
    bool field(std::string& value)
    {
        if (atEnd() || m_text[m_at] != '"') {
            while (!atEnd() && m_text[m_at] != m_delimiter && m_text[m_at] != '\n'
                && m_text[m_at] != '\r')
                value += m_text[m_at++];
            return true;
        }
        for (++m_at; !atEnd();) {
            const std::size_t before = m_at;
            if (m_text.substr(m_at, 2) == "\"\"") {
                value += '"';
                m_at += 2;
            } else if (m_text[m_at] == '"') {
                ++m_at;
                return atEnd() || m_text[m_at] == m_delimiter || m_text[m_at] == '\n'
                    || m_text[m_at] == '\r';
            } else if (lineEnd()) {
                value += m_text.substr(before, m_at - before);
            } else {
                value += m_text[m_at++];
            }
        }
        return false;
    }

    std::string_view m_text;
    char m_delimiter;
    std::size_t m_at{0};
    std::uint64_t m_line{1};
    bool m_noEnd{false};
};

// A table of a known header "c1<delimiter>c2…"; nothing where it must be refused.
bool readNaively(std::string_view text, char delimiter, TestTable& table)
{
    NaiveReader reader(text, delimiter);
    TestRow row;
    SLUICE_CHECK(reader.row(row));
    table = {.header = row.fields, .rows = {}, .delimiter = delimiter};
    while (!reader.atEnd()) {
        if (!reader.row(row))
            return false;
        if (!row.raw.empty())
            table.rows.push_back(row);
    }
    table.endedWithoutNewline = reader.endedWithoutNewline();
    return table.rows.empty() || !table.endedWithoutNewline
        || table.rows.back().fields.size() >= table.header.size();
}

std::string pick(SeededRandom& random, const std::vector<std::string>& from)
{
    return from[static_cast<std::size_t>(random.below(from.size()))];
}

std::string headerOf(std::uint64_t columns, char delimiter)
{
    std::string text;
    for (std::uint64_t column = 1; column <= columns; ++column)
        text += (column > 1 ? std::string(1, delimiter) : std::string()) + "c"
            + std::to_string(column);
    return text + "\n";
}

std::unique_ptr<ByteSource> inRandomBlocks(const std::string& text, SeededRandom& random)
{
    const std::uint64_t scale = 1 + random.below(random.below(2) == 0 ? 8 : 700);
    std::size_t at = 0;
    std::vector<std::string> blocks;
    while (at < text.size()) {
        const std::size_t size = static_cast<std::size_t>(1 + random.below(scale));
        blocks.push_back(text.substr(at, size));
        at += size;
    }
    return std::make_unique<MadeSource>("t.csv", [blocks](std::uint64_t index) {
        return index < blocks.size() ? blocks[static_cast<std::size_t>(index)] : std::string();
    });
}

} // namespace

void CsvReaderProperty::writtenIsRead()
{
    SeededRandom random(seed(11));
    const std::vector<std::string> pieces{"a", "value", "x y", ",", ";", "\t", "|", "\"", "\n",
        "\r\n", "\r", "", "\xC3\xA4",
        "a longer run of text that fills most of a chunk of sixty-four bytes ..."};
    for (int round = 0; round < rounds(4'000); ++round) {
        const char delimiter = ",;\t|"[random.below(4)];
        const std::string lineEnd = pick(random, {"\n", "\r\n", "\r"});
        const std::uint64_t columns = 2 + random.below(70);
        std::string text = headerOf(columns, delimiter);
        std::vector<std::vector<std::string>> written;
        for (std::uint64_t row = random.below(30); row-- > 0;) {
            std::vector<std::string> values;
            for (std::uint64_t column = 0; column < columns; ++column) {
                std::string value;
                for (std::uint64_t piece = random.below(4); piece-- > 0;)
                    value += pick(random, pieces);
                std::string quoted = "\"";
                for (const char byte : value)
                    quoted += byte == '"' ? std::string("\"\"") : std::string(1, byte);
                const bool mustQuote
                    = value.find_first_of(std::string("\"\r\n") + delimiter) != std::string::npos;
                text += (column > 0 ? std::string(1, delimiter) : std::string())
                    + (mustQuote || random.below(4) == 0 ? quoted + "\"" : value);
                values.push_back(value);
            }
            text += lineEnd;
            written.push_back(values);
        }
        const auto table = readTable(inRandomBlocks(text, random));
        QVERIFY_OK(table);
        QCOMPARE(table->rows.size(), written.size());
        for (std::size_t row = 0; row < written.size(); ++row)
            QCOMPARE(table->rows[row].fields, written[row]);
    }
}

void CsvReaderProperty::anythingIsReadAsByTheNaiveReader()
{
    SeededRandom random(seed(12));
    const std::vector<std::string> pieces{",", ",", ",", "\"", "\"", "\n", "\r\n", "\r", "x", "1.5",
        ";", "\",\"", "\"\"", ",\"", "\",", "\"\n\"", "twenty characters...",
        "a run of text that is longer than a chunk of sixty-four bytes, with a comma"};
    int refused = 0;
    const int total = rounds(20'000);
    for (int round = 0; round < total; ++round) {
        std::string text = headerOf(2 + random.below(5), ',');
        // Mostly tame text, so that records survive, with a wild piece now and then.
        const std::uint64_t wild = random.below(3) == 0 ? pieces.size() : 3;
        for (std::uint64_t piece = random.below(200); piece-- > 0;) {
            const bool any = random.below(20) < wild;
            text += any ? pick(random, pieces)
                        : pick(random, {"x", ",", "abc", "\n", "12", "\"q,\"\"q\""});
        }
        TestTable expected;
        const bool good = readNaively(text, ',', expected);
        const auto table = readTable(inRandomBlocks(text, random));
        refused += good ? 0 : 1;
        if (table.ok() != good || (good && !(*table == expected))) {
            qInfo("%s", text.c_str());
            QFAIL(table.ok() ? "accepted otherwise than by the naive reader"
                             : errorSentence(table.error()).c_str());
        }
    }
    qInfo("%d of %d refused", refused, total);
}

QTEST_GUILESS_MAIN(CsvReaderProperty)
#include "tst_CsvReaderProperty.moc"
