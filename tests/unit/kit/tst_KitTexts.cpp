// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Gui.h"
#include "ui/kit/DateText.h"
#include "ui/kit/EmptyState.h"
#include "ui/kit/ErrorText.h"
#include "ui/kit/FigureButton.h"
#include "ui/kit/InfoBar.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sluice;
using namespace sluice::ui;

class TestKitTexts : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale{QLocale::English, QLocale::UnitedKingdom}); }
    void init() { test::failOnWarnings(); }

    void dates()
    {
        const auto day = [](const char* iso) { return *BusinessDate::parseIso(iso); };
        QCOMPARE(dateText(day("2026-11-07")), QStringLiteral("7 Nov 2026"));
        QCOMPARE(instantText(*Timestamp::parseIso("2026-11-07T09:12:33Z")),
            QStringLiteral("7 Nov 2026, 09:12 UTC"));
        QCOMPARE(rangeText({day("2026-07-01"), day("2026-10-01")}),
            QStringLiteral("1 Jul \u2013 30 Sept 2026"));
        QCOMPARE(rangeText({day("2026-07-01"), day("2026-07-02")}), QStringLiteral("1 Jul 2026"));
        QCOMPARE(
            periodText({day("2026-07-01"), day("2026-10-01")}, {1}), QStringLiteral("Q3 2026"));
        QCOMPARE(
            periodText({day("2026-07-01"), day("2026-10-01")}, {7}), QStringLiteral("Q1 FY27"));
        QCOMPARE(periodText({day("2026-01-01"), day("2027-01-01")}, {1}), QStringLiteral("2026"));
        QCOMPARE(
            periodText({day("2026-05-01"), day("2026-06-01")}, {1}), QStringLiteral("May 2026"));
    }

    void everyErrorHasASentence()
    {
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
            const ErrorText text = ErrorText::of(
                {static_cast<ErrorCode>(code), "bill.csv:7:3", "what is wrong", "do this"});
            QVERIFY(!text.headline.isEmpty());
            QVERIFY(text.detail.contains(QStringLiteral("bill.csv:7:3")));
            QVERIFY(text.whole().contains(text.headline));
        }
    }

    void whatHappenedIsASentence()
    {
        QCOMPARE(ErrorText::of({ErrorCode::Io, {}, "the folder is gone", "make it"}).detail,
            QStringLiteral("The folder is gone. Make it."));
        // a place may be a file's name, which is as it is
        QCOMPARE(ErrorText::of({ErrorCode::Io, "bill.csv", "it is gone", {}}).detail,
            QStringLiteral("bill.csv: it is gone."));
        // said once
        QCOMPARE(ErrorText::of({ErrorCode::Cancelled, {}, "cancelled", {}}).whole(),
            QStringLiteral("Cancelled. Nothing was changed."));
        QCOMPARE(ErrorText::sentence("try again"), QStringLiteral("Try again."));
        QVERIFY(ErrorText::sentence({}).isEmpty());
    }

    void theInfoBarSpeaksAndGoes()
    {
        InfoBar bar;
        QVERIFY(bar.isHidden());
        bar.showError({ErrorCode::WrongPassphrase, {}, {}, {}});
        QVERIFY(!bar.isHidden());
        QCOMPARE(bar.text(), QStringLiteral("Passphrase not accepted."));
        auto* first = bar.findChild<QPushButton*>(QStringLiteral("infoBarAction"));
        auto* second = bar.findChild<QPushButton*>(QStringLiteral("infoBarSecondAction"));
        bar.setActions(QStringLiteral("Again"));
        QVERIFY(!first->isHidden() && second->isHidden());
        QSignalSpy spy{&bar, &InfoBar::actionTriggered};
        first->click();
        QCOMPARE(spy.count(), 1);
        bar.setActions(QStringLiteral("Again"), QStringLiteral("Otherwise"));
        QVERIFY(!first->isHidden() && !second->isHidden());
        QSignalSpy otherSpy{&bar, &InfoBar::secondActionTriggered};
        second->click();
        QCOMPARE(otherSpy.count(), 1);
        QCOMPARE(spy.count(), 1);
        bar.showMessage(InfoLevel::Ok, QStringLiteral("Done."));
        QVERIFY(first->isHidden() && second->isHidden());
        bar.clear();
        QVERIFY(bar.isHidden());
    }

    // At any width from the least one up: no number is cut, shrunk type and the short form come
    // first.
    void aFigureIsNeverCut()
    {
        FigureButton figure{QStringLiteral("With a cost centre"), QStringLiteral("Cost centre")};
        figure.setFigure(QStringLiteral("USD\u00A0949,433.12"),
            QStringLiteral("+12\u00A0% against Sep 2026 \u00B7 5,298 charges \u00B7 final"),
            QStringLiteral("USD\u00A0949.4k"));
        const int least = figure.minimumSizeHint().width();
        bool wasCompact = false;
        for (int width = figure.sizeHint().width() + 10; width >= least; --width) {
            const FigureButton::Shown shown = figure.shownIn(width);
            QVERIFY(QFontMetrics{shown.valueFont}.horizontalAdvance(shown.value) <= width - 24);
            wasCompact = shown.value == QStringLiteral("USD\u00A0949.4k");
            QVERIFY(wasCompact || shown.value == QStringLiteral("USD\u00A0949,433.12"));
            QVERIFY(!shown.note.contains(QStringLiteral("5,")) // the count is whole or not there
                || shown.note.contains(QStringLiteral("5,298")));
            QVERIFY(figure.toolTip().contains(QStringLiteral("USD\u00A0949,433.12")));
        }
        QVERIFY(wasCompact);
        QCOMPARE(figure.shownIn(2000).caption, QStringLiteral("With a cost centre"));
        QCOMPARE(figure.shownIn(least).caption, QStringLiteral("Cost centre"));
    }

    void theEmptyStateOffersItsActions()
    {
        EmptyState empty;
        empty.setText({QStringLiteral("Nothing here"), QStringLiteral("because"),
            QStringLiteral("Import"), {}});
        auto* primary = empty.findChild<QPushButton*>(QStringLiteral("emptyPrimary"));
        QVERIFY(!primary->isHidden());
        QVERIFY(empty.findChild<QPushButton*>(QStringLiteral("emptySecondary"))->isHidden());
        QSignalSpy spy{&empty, &EmptyState::primaryTriggered};
        primary->click();
        QCOMPARE(spy.count(), 1);
    }
};

QTEST_MAIN(TestKitTexts)
#include "tst_KitTexts.moc"
