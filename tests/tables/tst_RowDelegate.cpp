// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Gui.h"
#include "tests/tables/SpendRows.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/RowDelegate.h"

#include <QAccessible>
#include <QApplication>
#include <QHeaderView>
#include <QImage>

using namespace sluice;
using namespace sluice::ui;
using namespace sluice::test;

namespace {

std::shared_ptr<const std::vector<SpendRow>> threeRows()
{
    auto rows = std::make_shared<std::vector<SpendRow>>(*spendRows(3, 1, true));
    const std::array<Int128, 3> amounts{150'000'000'000, 100'000'000'000, 60'000'000'000};
    for (std::size_t i = 0; i < 3; ++i) {
        (*rows)[i].amount = amounts[i];
        (*rows)[i].hasAmount = true;
        (*rows)[i].plan = 100'000'000'000;
        (*rows)[i].state = static_cast<int>(i);
        (*rows)[i].unit = "no owner";
    }
    return rows;
}

// How many pixels of the rectangle are near the colour.
int pixelsOf(const QImage& picture, const QRect& where, const QColor& color)
{
    int count = 0;
    for (int y = where.top(); y <= where.bottom(); ++y) {
        for (int x = where.left(); x <= where.right(); ++x) {
            const QColor pixel = picture.pixelColor(x, y);
            const int off = std::abs(pixel.red() - color.red())
                + std::abs(pixel.green() - color.green()) + std::abs(pixel.blue() - color.blue());
            count += off < 24 ? 1 : 0;
        }
    }
    return count;
}

} // namespace

class TestRowDelegate : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale{QLocale::English, QLocale::UnitedStates});
        m_system = QApplication::palette();
    }
    void init() { test::failOnWarnings(); }

    void themes_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void everyTokenReadsOnTheSelection_data() { themes_data(); }
    void everyTokenReadsOnTheSelection()
    {
        QFETCH(bool, dark);
        const Theme& theme = dark ? Theme::dark() : Theme::light();
        for (const Token background : {Token::Surface, Token::Selection}) {
            for (std::size_t token = 0; token < TokenCount; ++token) {
                const QColor ink = readableOn(
                    theme.color(static_cast<Token>(token)), theme.color(background), theme);
                QVERIFY(contrastRatio(ink, theme.color(background)) >= 4.5);
            }
        }
        // those that mean something are not changed at all
        for (const Token token : {Token::Favourable, Token::Unfavourable, Token::Critical,
                 Token::Warning, Token::Ok, Token::Muted})
            QCOMPARE(readableOn(theme.color(token), theme.color(Token::Selection), theme),
                theme.color(token));
    }

    void selectionKeepsTheMeaning_data() { themes_data(); }
    void selectionKeepsTheMeaning()
    {
        QFETCH(bool, dark);
        applyTheme(*qApp, dark ? ThemeChoice::Dark : ThemeChoice::Light, m_system);
        const Theme& theme = dark ? Theme::dark() : Theme::light();
        SpendModel model{spendColumns(), {}, m_pool};
        model.show(threeRows());
        DataTable table;
        table.setModel(&model);
        table.setColumnWidths({20, 14, 14, 16, 40, 16, 16, 10}, 0);
        table.resize(1500, 240);
        table.selectRow(0);
        table.setCurrentIndex(model.index(0, Day));
        const QImage selected = table.viewport()->grab().toImage();
        table.clearSelection();
        table.setCurrentIndex({});
        const QImage plain = table.viewport()->grab().toImage();
        const auto box
            = [&](int row, int column) { return table.visualRect(model.index(row, column)); };
        QVERIFY(pixelsOf(selected, box(0, UnitName), theme.color(Token::Selection)) > 200);
        for (const auto& [column, token] : {std::pair{UnitName, Token::Warning},
                 std::pair{Against, Token::Unfavourable}, std::pair{State, Token::Ok}}) {
            QVERIFY(pixelsOf(plain, box(0, column), theme.color(token)) > 5);
            QVERIFY(pixelsOf(selected, box(0, column), theme.color(token)) > 5);
        }
        // the line under the row has no gap, whatever the look
        for (const QImage* picture : {&selected, &plain}) {
            const int y = box(0, 0).bottom();
            const int right = box(0, SpendColumnCount - 1).right();
            QCOMPARE(pixelsOf(*picture, QRect{0, y, right - 1, 1}, theme.color(Token::Border)),
                right - 1);
        }
        // over to the right of zero, under to the left
        const auto bar = [&](int row, Token token) {
            const QRect where = box(row, Against);
            int left = where.right();
            for (int x = where.left(); x <= where.right(); ++x) {
                if (pixelsOf(plain, QRect{x, where.center().y() - 2, 1, 5}, theme.color(token))
                    == 5)
                    left = std::min(left, x);
            }
            return left;
        };
        QVERIFY(bar(2, Token::Favourable) < bar(0, Token::Unfavourable));
    }

    // Without colour sign and word are left, on the screen and for a reader.
    void meaningIsNotInTheColourAlone()
    {
        applyTheme(*qApp, ThemeChoice::Light, m_system);
        SpendModel model{spendColumns(), {}, m_pool};
        model.show(threeRows());
        DataTable table;
        table.setModel(&model);
        table.setColumnWidths({20, 14, 14, 16, 40, 16, 16, 10}, 0);
        table.resize(1500, 240);
        const QStringList words{QStringLiteral("\u25B2 +50.00 \u00B7 50\u00A0% over"),
            QStringLiteral("\u25CF on plan (\u00B13\u00A0%)"),
            QStringLiteral("\u25BC -40.00 \u00B7 40\u00A0% under, check")};
        const QStringList states{QStringLiteral("\u25CF within"), QStringLiteral("\u25C6 watch"),
            QStringLiteral("\u25B2 over cap")};
        QAccessibleInterface* reader = QAccessible::queryAccessibleInterface(&table);
        QVERIFY(reader && reader->tableInterface());
        for (int row = 0; row < 3; ++row) {
            const auto spoken = [&](int column) {
                return reader->tableInterface()->cellAt(row, column)->text(QAccessible::Name);
            };
            QCOMPARE(spoken(Against), words[row]);
            QCOMPARE(spoken(State), states[row]);
        }
        const QImage grey
            = table.viewport()->grab().toImage().convertToFormat(QImage::Format_Grayscale8);
        for (const int column : {static_cast<int>(Against), static_cast<int>(State)}) {
            const QImage first = grey.copy(table.visualRect(model.index(0, column)));
            QVERIFY(first != grey.copy(table.visualRect(model.index(1, column))));
            QVERIFY(first != grey.copy(table.visualRect(model.index(2, column))));
        }
    }

    void aNumberIsNeverCutToAnother()
    {
        applyTheme(*qApp, ThemeChoice::Light, m_system);
        SpendModel model{spendColumns(), {}, m_pool};
        model.show(threeRows());
        DataTable table;
        table.setModel(&model);
        table.resize(400, 200);
        table.setColumnWidth(Amount, 44);
        const QRect where = table.visualRect(model.index(0, Amount));
        table.scrollTo(model.index(0, Amount));
        const QImage picture
            = table.viewport()->grab(table.visualRect(model.index(0, Amount))).toImage();
        QVERIFY(!picture.isNull() && where.width() == 44);
        // three dots at the foot of the line and nothing above them
        const QRect above{0, 2, picture.width(), picture.height() / 2 - 4};
        QCOMPARE(pixelsOf(picture, above, Theme::light().color(Token::Text)), 0);
    }

private:
    QPalette m_system;
    QThreadPool m_pool;
};

QTEST_MAIN(TestRowDelegate)
#include "tst_RowDelegate.moc"
