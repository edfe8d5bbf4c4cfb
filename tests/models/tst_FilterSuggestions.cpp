// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Gui.h"
#include "tests/support/Qt.h"
#include "ui/models/FilterSuggestions.h"

#include <QTest>

using namespace sluice;
using namespace sluice::ui;

namespace {

FilterVocabulary someVocabulary()
{
    FilterVocabulary vocabulary;
    vocabulary.keys = {QStringLiteral("vendor"), QStringLiteral("service"),
        QStringLiteral("sub_account"), QStringLiteral("owner")};
    const auto value = [](const char* text, const char* name) {
        const QString shown = QString::fromLatin1(text);
        const QString also = QString::fromLatin1(name);
        return FilterVocabulary::Value{shown, also, QString{shown + u' ' + also}.toCaseFolded()};
    };
    vocabulary.values[QStringLiteral("vendor")]
        = {value("Anthropic", ""), value("OpenAI", ""), value("\"Open Maps\"", "")};
    vocabulary.values[QStringLiteral("owner")]
        = {value("ana", "Ana Marsh"), value("bo", "Bo Lind")};
    vocabulary.periods = {QStringLiteral("2026-10"), QStringLiteral("2026-Q4")};
    return vocabulary;
}

} // namespace

class TestFilterSuggestions : public QObject {
    Q_OBJECT

private slots:
    void init() { test::failOnWarnings(); }

    void suggestions_data()
    {
        QTest::addColumn<QString>("term");
        QTest::addColumn<QStringList>("texts");
        const auto row = [](const char* term, const QStringList& texts) {
            QTest::newRow(term) << QString::fromLatin1(term) << texts;
        };
        const auto list = [](std::initializer_list<const char*> texts) {
            QStringList result;
            for (const char* text : texts)
                result << QString::fromLatin1(text);
            return result;
        };
        row("s", list({"service:", "sub_account:"}));
        row("vend", list({"vendor:"}));
        row("-OWN", list({"-owner:"}));
        row("am", list({"amount:>="}));
        row("2026", list({"2026-10", "2026-Q4"}));
        row("-2026", {}); // a period cannot be turned round
        row("vendor:", list({"vendor:Anthropic", "vendor:OpenAI", "vendor:\"Open Maps\""}));
        row("vendor:op", list({"vendor:OpenAI", "vendor:\"Open Maps\"", "vendor:Anthropic"}));
        row("vendor:\"open m", list({"vendor:\"Open Maps\""}));
        row("-vendor:OpenAI,an", list({"-vendor:OpenAI,Anthropic"}));
        row("owner:marsh", list({"owner:ana"})); // by its name
        row("nothing:x", {});
        row("xyz", {});
    }
    void suggestions()
    {
        QFETCH(QString, term);
        QFETCH(QStringList, texts);
        QStringList got;
        for (const FilterSuggestion& suggestion : filterSuggestions(term, someVocabulary(), 5))
            got << suggestion.text;
        QCOMPARE(got, texts);
    }

    void noMoreThanAsked()
    {
        QCOMPARE(filterSuggestions(QStringLiteral("vendor:"), someVocabulary(), 2).size(),
            std::size_t{2});
        QVERIFY(filterSuggestions(QStringLiteral("vendor:"), someVocabulary(), 0).empty());
    }

    void theTermAtTheCursor_data()
    {
        QTest::addColumn<QString>("text"); // | is the cursor
        QTest::addColumn<QString>("term");
        QTest::newRow("alone") << QStringLiteral("vend|") << QStringLiteral("vend");
        QTest::newRow("first") << QStringLiteral("ve|ndor:x 2026") << QStringLiteral("vendor:x");
        QTest::newRow("last") << QStringLiteral("vendor:x 20|26") << QStringLiteral("2026");
        QTest::newRow("quoted") << QStringLiteral("vendor:\"Open M|")
                                << QStringLiteral("vendor:\"Open M");
        QTest::newRow("between") << QStringLiteral("a | b") << QString{};
        QTest::newRow("empty") << QStringLiteral("|") << QString{};
    }
    void theTermAtTheCursor()
    {
        QFETCH(QString, text);
        QFETCH(QString, term);
        const qsizetype cursor = text.indexOf(u'|');
        const QString plain = QString{text}.remove(u'|');
        const FilterTokenSpan span = filterTokenAt(plain, cursor);
        QCOMPARE(plain.mid(span.first, span.end - span.first), term);
    }
};

QTEST_GUILESS_MAIN(TestFilterSuggestions)
#include "tst_FilterSuggestions.moc"
