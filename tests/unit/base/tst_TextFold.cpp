// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/TextFold.h"

#include <QString>
#include <QTest>

using namespace sluice;

namespace {

std::string utf8(char32_t value)
{
    return QString::fromUcs4(&value, 1).toStdString();
}

} // namespace

class tst_TextFold : public QObject {
    Q_OBJECT
private slots:
    void trimming();
    void foldingAgreesWithQt();
    void foldingKeepsBrokenBytes();
};

void tst_TextFold::trimming()
{
    QCOMPARE(trimmed(" \t a b \r\n"), std::string_view{"a b"});
    QCOMPARE(trimmed("\xC2\xA0 org \xE3\x80\x80"), std::string_view{"org"});
    QCOMPARE(trimmed("\xEF\xBB\xBFkind"), std::string_view{"kind"});
    QCOMPARE(trimmed("  "), std::string_view{});
    QCOMPARE(trimmed("é"), std::string_view{"é"});
    QCOMPARE(folded(" Größe "), std::string{"größe"});
}

// Simple folding and lower case agree for the scripts the table covers, but for a few letters that
// fold to others.
void tst_TextFold::foldingAgreesWithQt()
{
    const QList<QPair<uint, uint>> covered{{0x00, 0x17F}, {0x386, 0x3EF}, {0x400, 0x52F},
        {0x531, 0x556}, {0x1E00, 0x1EFF}, {0xFF21, 0xFF5A}};
    for (const auto& range : covered) {
        for (uint point = range.first; point <= range.second; ++point) {
            const char32_t value = point;
            if (value == 0x130 || value == 0xB5 || value == 0x17F || value == 0x3C2
                || value == 0x1E9B || value == 0x1E9E || (value >= 0x3CF && value <= 0x3D7))
                continue;
            const QString expected = QString::fromUcs4(&value, 1).toLower();
            QCOMPARE(QString::fromStdString(foldedCase(utf8(value))), expected);
        }
    }
    QCOMPARE(foldedCase("ſ\u00B5ς\u1E9E\u212A\u212B\u2126"), std::string{"sμσßkåω"});
}

void tst_TextFold::foldingKeepsBrokenBytes()
{
    QCOMPARE(foldedCase("A\xFF\xC3"), std::string{"a\xFF\xC3"});
}

QTEST_GUILESS_MAIN(tst_TextFold)
#include "tst_TextFold.moc"
