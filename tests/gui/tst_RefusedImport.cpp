// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/Company.h"
#include "tests/gui/Journey.h"
#include "ui/kit/DataTable.h"

#include <QComboBox>
#include <QDialog>
#include <QMessageBox>
#include <QPushButton>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::Journey;
using sluice::test::PatienceMs;

namespace {

// Of October, for the days of `period` ("08 16": from the 8th to before the 16th; "01 32": all).
QByteArray bill(const char* period, const char* cost, const char* account = "1000")
{
    const auto instant = [](int day) {
        return day > 31
            ? QByteArray{"2026-11-01T00:00:00Z,"}
            : "2026-10-" + QByteArray::number(day).rightJustified(2, '0') + "T00:00:00Z,";
    };
    const QByteArrayView days{period};
    QByteArray row = test::billRow(10, {cost, "Inference", "in-large", "ranking", 14});
    row.replace(",1000,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,",
        "," + QByteArray{account} + "," + instant(days.first(2).toInt())
            + instant(days.last(2).toInt()));
    return row;
}

} // namespace

// What the window offers where an import or a retry is refused, and that it does it.
class TestRefusedImport : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        test::failOnWarnings();
        m_journey = std::make_unique<Journey>();
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)->makeLedger(QStringLiteral("bills.sluice"), [](Workspace& ledger) {
                test::importText(ledger, "first.csv", test::BillHeader + bill("08 16", "100"));
            });
        });
        m_journey->openLedger(path);
        m_batches = m_journey->find<DataTable>("batchTable");
    }
    void cleanup()
    {
        const QString complaint = m_journey->watchdog().complaint();
        m_journey.reset();
        QCOMPARE(complaint, QString{});
    }

    // Two bills of the same days: the second one is given a source, by keyboard.
    void aBillOfTheSameDaysComesInUnderAnotherSource()
    {
        refuse("second.csv", bill("12 32", "70"), "The file cannot be used as it is.");
        QVERIFY2(bar()->detail().contains(QStringLiteral(
                     "a source of its own (press \u201CImport under another source\u2026\u201D)")),
            qPrintable(bar()->detail()));
        QVERIFY(button("infoBarSecondAction")->isHidden());
        QTRY_COMPARE_WITH_TIMEOUT(m_batches->model()->rowCount(), 1, PatienceMs);
        auto* dialog = askForSource("infoBarAction");
        auto* field = dialog->findChild<QComboBox*>();
        auto* go = dialog->findChild<QPushButton*>(QStringLiteral("questionGoOn"));
        QCOMPARE(field->currentText(), QString{});
        QCOMPARE(field->itemText(0), QStringLiteral("northcloud"));
        QVERIFY(!go->isEnabled());
        QVERIFY(dialog->focusWidget() == field);
        QTest::keyClicks(field, QStringLiteral("  north")); // not what is known
        QVERIFY(go->isEnabled());
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(message(), QStringLiteral("Imported 1 row."), PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(m_batches->model()->rowCount(), 2, PatienceMs);
        QCOMPARE(
            sourcesShown(), (QStringList{QStringLiteral("north"), QStringLiteral("northcloud")}));
    }

    void nothingComesInWhenTheQuestionIsLeft()
    {
        refuse("second.csv", bill("12 32", "70"), "The file cannot be used as it is.");
        QTest::keyClick(askForSource("infoBarAction"), Qt::Key_Escape);
        const QPointer<QDialog> dialog = askForSource("infoBarAction");
        window().lock();
        QVERIFY(!dialog || !dialog->isVisible());
        QVERIFY(!window().session().isOpen());
    }

    // Around a part: either the whole takes its place, or it is another bill.
    void bothWaysOutAreOffered()
    {
        refuse("whole.csv", bill("01 32", "300"),
            "This file may not bring all that it would replace.");
        QCOMPARE(button("infoBarAction")->text(), QStringLiteral("Replace anyway"));
        QCOMPARE(button("infoBarSecondAction")->text(),
            QStringLiteral("Import under another source\u2026"));
        QVERIFY2(bar()->detail().contains(
                     QStringLiteral("press \u201CReplace anyway\u201D; if they are two bills")),
            qPrintable(bar()->detail()));
        auto* dialog = askForSource("infoBarSecondAction");
        QTest::keyClicks(dialog->focusWidget(), QStringLiteral("invoices"));
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(message(), QStringLiteral("Imported 1 row."), PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(sourcesShown(),
            (QStringList{QStringLiteral("invoices"), QStringLiteral("northcloud")}), PatienceMs);
    }

    // The advice knows the source, and so does the question.
    void theSourceThatIsAdvisedIsProposed()
    {
        m_journey->drop({write("other.csv", test::BillHeader + bill("01 32", "50", "2000"))});
        QTRY_COMPARE_WITH_TIMEOUT(message(), QStringLiteral("Imported 1 row."), PatienceMs);
        refuse("two.csv", bill("12 32", "70") + bill("01 32", "50", "2000"),
            "The file cannot be used as it is.");
        auto* dialog = askForSource("infoBarAction");
        QTest::keyClicks(dialog->focusWidget(), QStringLiteral("invoices"));
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
        QTRY_VERIFY2_WITH_TIMEOUT(
            bar()->detail().contains(
                QStringLiteral("Import under another source\u2026\u201D and say northcloud")),
            qPrintable(bar()->detail()), PatienceMs);
        QVERIFY2(!bar()->detail().contains(QStringLiteral("--")), qPrintable(bar()->detail()));
        dialog = askForSource("infoBarAction");
        QCOMPARE(dialog->findChild<QComboBox*>()->currentText(), QStringLiteral("northcloud"));
        QVERIFY(dialog->findChild<QPushButton*>(QStringLiteral("questionGoOn"))->isEnabled());
        QTest::keyClick(dialog, Qt::Key_Escape);
    }

    // Rows that turn out to be of another's account and period take its place only when one
    // insists.
    void aRetryAsksBeforeItTakesThePlaceOfAnother()
    {
        m_journey->drop({write("little.csv",
            test::BillHeader + bill("08 16", "1", "2000") + bill("08 16", "one", "2000"))});
        QTRY_VERIFY2_WITH_TIMEOUT(
            bar()->detail().contains(QStringLiteral("One row cannot be a charge")),
            qPrintable(message()), PatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(button("retryMappedButton")->isEnabled(), PatienceMs);
        const QString mapping = write("accounts.json",
            R"({"values": {"BillingAccountId": {"2000": "1000"}, "BilledCost": {"one": "1"}, "EffectiveCost": {"one": "1"},
                "ListCost": {"one5": "1"}, "ContractedCost": {"one": "1"}}})");
        QTest::mouseClick(button("retryMappedButton"), Qt::LeftButton);
        QTest::mouseClick(m_journey->find<QMessageBox>("mappingQuestion")
                              ->findChild<QPushButton*>(QStringLiteral("questionGoOn")),
            Qt::LeftButton);
        m_journey->choose("mappingDialog", mapping);
        verifyRefused("This file may not bring all that it would replace.");
        QCOMPARE(button("infoBarAction")->text(), QStringLiteral("Replace anyway"));
        QVERIFY(button("infoBarSecondAction")->isHidden());
        QCOMPARE(replaced(), QStringList{});

        QTest::mouseClick(button("infoBarAction"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(message(), QStringLiteral("Imported 2 rows."), PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(replaced().size(), 1, PatienceMs);
    }

    // The provider takes its correction back and delivers the first file again.
    void aFileThatGaveWayIsBroughtBack()
    {
        const QByteArray first = bill("08 16", "100");
        m_journey->drop({write("corrected.csv", test::BillHeader + bill("08 16", "130"))});
        QTRY_COMPARE_WITH_TIMEOUT(message(), QStringLiteral("Imported 1 row."), PatienceMs);
        m_journey->drop({write("first.csv", test::BillHeader + first)});
        QTRY_COMPARE_WITH_TIMEOUT(
            message(), QStringLiteral("Nothing new: this is in the ledger already."), PatienceMs);
        QCOMPARE(button("infoBarAction")->text(), QStringLiteral("Bring it back"));
        QTest::mouseClick(button("infoBarAction"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(message(), QStringLiteral("Imported 1 row."), PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(m_batches->model()->rowCount(), 3, PatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(replaced().size(), 1, PatienceMs);
        // and now there is nothing to bring back
        m_journey->drop({write("first.csv", test::BillHeader + first)});
        QTRY_COMPARE_WITH_TIMEOUT(
            message(), QStringLiteral("Nothing new: this is in the ledger already."), PatienceMs);
        QVERIFY(button("infoBarAction")->isHidden());
    }

private:
    MainWindow& window() { return m_journey->window(); }
    InfoBar* bar() const { return m_journey->find<QWidget>("importsPage")->findChild<InfoBar*>(); }
    QString message() const { return bar()->isHidden() ? QString{} : bar()->text(); }
    QPushButton* button(const char* name) const
    {
        return m_journey->find<QWidget>("importsPage")
            ->findChild<QPushButton*>(QLatin1StringView{name});
    }
    QString write(const char* name, const QByteArray& text) const
    {
        return m_journey->unwatched(
            [&] { return (*m_journey)->write(QLatin1StringView{name}, text); });
    }
    void verifyRefused(const char* headline)
    {
        QTRY_VERIFY2_WITH_TIMEOUT(message().startsWith(QLatin1StringView{headline}),
            qPrintable(message() + bar()->detail()), PatienceMs);
        QVERIFY2(!bar()->detail().contains(QStringLiteral("--")), qPrintable(bar()->detail()));
    }
    void refuse(const char* name, const QByteArray& rows, const char* headline)
    {
        m_journey->drop({write(name, test::BillHeader + rows)});
        verifyRefused(headline);
    }
    // With the key that presses the button.
    QDialog* askForSource(const char* name)
    {
        m_journey->comeBack();
        button(name)->setFocus();
        m_journey->press(Qt::Key_Return);
        auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        if (!dialog || dialog->objectName() != QStringLiteral("sourceQuestion"))
            qFatal("nobody asks for the source");
        dialog->activateWindow();
        return dialog;
    }
    QStringList sourcesShown() const
    {
        QStringList names;
        for (int row = 0; row < m_batches->model()->rowCount(); ++row)
            names << m_batches->model()->index(row, 5).data().toString();
        names.sort();
        return names;
    }
    // The batches whose place the shown one takes.
    QStringList replaced() const
    {
        const auto* model = m_journey->find<DataTable>("scopeTable")->model();
        QStringList names;
        for (int row = 0; row < model->rowCount(); ++row) {
            const QString name = model->index(row, 4).data().toString();
            if (name.startsWith(QStringLiteral("b-")))
                names << name;
        }
        return names;
    }

    std::unique_ptr<Journey> m_journey;
    DataTable* m_batches{nullptr};
};

QTEST_MAIN(TestRefusedImport)
#include "tst_RefusedImport.moc"
