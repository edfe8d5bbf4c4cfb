// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Resource.h"
#include "tests/support/Gui.h"
#include "ui/kit/Fonts.h"
#include "ui/kit/Icons.h"
#include "ui/kit/Theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QImage>
#include <QTest>

#include <vector>

using namespace sluice;
using namespace sluice::ui;

class TestTheme : public QObject {
    Q_OBJECT

private slots:
    void init() { test::failOnWarnings(); }

    void textReadsOnEverySurface_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textReadsOnEverySurface()
    {
        QFETCH(bool, dark);
        const Theme& theme = dark ? Theme::dark() : Theme::light();
        const std::vector<Token> inks{Token::Text, Token::Muted, Token::Faint, Token::Accent,
            Token::Favourable, Token::Unfavourable, Token::Critical, Token::Warning, Token::Ok};
        for (const Token ink : inks) {
            for (const Token ground :
                {Token::Window, Token::Surface, Token::Sunken, Token::Selection}) {
                const double ratio = contrastRatio(theme.color(ink), theme.color(ground));
                QVERIFY2(ratio >= 4.5,
                    qPrintable(QStringLiteral("token %1 on %2: %3")
                                   .arg(int(ink))
                                   .arg(int(ground))
                                   .arg(ratio)));
            }
        }
        QVERIFY(contrastRatio(theme.color(Token::OnAccent), theme.color(Token::Accent)) >= 4.5);
        for (const Token ground : {Token::Window, Token::Surface})
            QVERIFY(contrastRatio(theme.color(Token::BorderStrong), theme.color(ground)) >= 3.0);
    }

    void fillsCarryTheirInk_data() { textReadsOnEverySurface_data(); }
    void fillsCarryTheirInk()
    {
        QFETCH(bool, dark);
        const Theme& theme = dark ? Theme::dark() : Theme::light();
        for (int slot = 0; slot < CategorySlots; ++slot) {
            const QColor fill = theme.category(slot);
            QVERIFY(contrastRatio(theme.inkOn(fill), fill) >= 4.5);
            QVERIFY2(
                contrastRatio(fill, theme.color(Token::Surface)) >= 2.9, qPrintable(fill.name()));
        }
        for (int step = 0; step < ChangeSteps; ++step)
            QVERIFY(contrastRatio(theme.inkOn(theme.change(step)), theme.change(step)) >= 4.5);
    }

    // More is always further from the ground, by a step that can be seen; a label reads on each.
    void theRampRises_data() { textReadsOnEverySurface_data(); }
    void theRampRises()
    {
        QFETCH(bool, dark);
        const Theme& theme = dark ? Theme::dark() : Theme::light();
        const QColor ground = theme.color(Token::Surface);
        double before = 1;
        for (int step = 0; step < SequentialSteps; ++step) {
            const QColor fill = theme.sequential(step);
            QVERIFY2(contrastRatio(theme.inkOn(fill), fill) >= 4.5, qPrintable(fill.name()));
            const double contrast = contrastRatio(fill, ground);
            QVERIFY2(contrast > before * (step == 0 ? 1.1 : 1.3), qPrintable(fill.name()));
            before = contrast;
        }
        QVERIFY(before >= 4.5);
    }

    void thePaletteTellsItsTheme()
    {
        QVERIFY(!themeOf(Theme::light().palette()).isDark());
        QVERIFY(themeOf(Theme::dark().palette()).isDark());
        QPalette system;
        system.setColor(QPalette::Window, Theme::dark().color(Token::Sunken));
        applyTheme(*qApp, ThemeChoice::System, system);
        QVERIFY(themeOf(QApplication::palette()).isDark());
        applyTheme(*qApp, ThemeChoice::Light, system);
        QVERIFY(!themeOf(QApplication::palette()).isDark());
    }

    void theStyleSheetNamesOnlyTokens()
    {
        const QString sheet = QString::fromUtf8(resource("theme/mineral.qss"));
        QVERIFY(!sheet.contains(u'#'));
        const QString filled = Theme::light().filled(sheet);
        QVERIFY(!filled.contains(u'@'));
        QVERIFY(filled.contains(Theme::light().color(Token::Accent).name()));
    }

    void iconsFollowTheTheme()
    {
        const auto inkOf = [](const QIcon& icon) {
            const QImage image = icon.pixmap(QSize{20, 20}).toImage();
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    if (image.pixelColor(x, y).alpha() == 255)
                        return image.pixelColor(x, y);
                }
            }
            return QColor{};
        };
        for (const std::string_view path : resourcePaths()) {
            if (path.starts_with("icons/")) {
                const std::string_view name = path.substr(6, path.size() - 10);
                QVERIFY2(!icon(name).pixmap(QSize{40, 40}).isNull(), std::string{name}.c_str());
            }
        }
        const QIcon bars = icon("error", Token::Critical);
        applyTheme(*qApp, ThemeChoice::Light, {});
        QCOMPARE(inkOf(bars), Theme::light().color(Token::Critical));
        applyTheme(*qApp, ThemeChoice::Dark, {});
        QCOMPARE(inkOf(bars), Theme::dark().color(Token::Critical));
    }

    void figuresAreTabular()
    {
        const QFont font = tabularFont(QApplication::font());
        QVERIFY2(hasTabularFigures(font), qPrintable(font.toString()));
        QVERIFY(!QFontDatabase::families().isEmpty());
        const QFont big = sized(font, TextSize::Figure, QFont::DemiBold);
        QVERIFY(QFontMetrics{big}.height() > 1.8 * QFontMetrics{font}.height());
    }
};

QTEST_MAIN(TestTheme)
#include "tst_Theme.moc"
