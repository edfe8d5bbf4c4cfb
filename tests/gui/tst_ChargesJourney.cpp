// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/FocusGenerator.h"
#include "tests/gui/Journey.h"
#include "tests/support/Seed.h"
#include "ui/charts/Treemap.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/Roles.h"

#include <QPlainTextEdit>
#include <QScrollBar>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::Journey;
using sluice::test::PatienceMs;

namespace {

// A ledger with a generated export of so many rows.
void fillWith(Workspace& workspace, const QString& path, std::uint64_t rows)
{
    QFile file{path};
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write the generated export");
    test::FocusGenerator{{.rows = rows, .seed = test::seed(11)}}.write(
        [&file](
            std::string_view text) { file.write(text.data(), static_cast<qint64>(text.size())); });
    file.close();
    ImportRequest request;
    request.paths = {path.toStdString()};
    const auto report = ImportService{workspace}.import(request, Principal::owner(), {});
    if (!report.ok())
        qFatal("%s", errorSentence(report.error()).c_str());
    file.remove();
}

} // namespace

// All charges of a ledger in one table: a million of them in release, a twentieth under the
// sanitizers.
class TestChargesJourney : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_journey = std::make_unique<Journey>();
        const QString path = m_journey->unwatched([this] {
            return (*m_journey)
                ->makeLedger(QStringLiteral("large.sluice"), [this](Workspace& workspace) {
                    fillWith(workspace, (*m_journey)->path(QStringLiteral("large.csv")),
                        static_cast<std::uint64_t>(m_rows));
                });
        });
        m_journey->openLedger(path);
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_journey->find<Treemap>("treemap")->shapes().empty(), PatienceMs);
        m_journey->window().view().setPeriod(std::nullopt);
        (*m_journey)->action(ActionId::GoCharges)->trigger();
        m_table = m_journey->find<DataTable>("chargesTable");
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), m_rows, PatienceMs);
    }
    void init()
    {
        test::failOnWarnings();
        m_journey->watchdog().reset();
    }
    void cleanup() { QCOMPARE(m_journey->watchdog().complaint(), QString{}); }
    void cleanupTestCase() { m_journey.reset(); }

    void pageByPageWithTheKeyboard()
    {
        m_table->setFocus();
        m_table->selectRow(0);
        for (int page = 0; page < 60; ++page) {
            m_journey->press(Qt::Key_PageDown);
            QTest::qWait(5);
        }
        QVERIFY(m_table->currentIndex().row() > 500);
        waitForRow(m_table->currentIndex().row());
    }

    void toTheEndAndBack()
    {
        m_table->setFocus();
        m_journey->press(Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(m_table->currentIndex().row(), m_rows - 1);
        QCOMPARE(m_table->currentIndex().column(), 0); // where rows on their way say so
        waitForRow(m_rows - 1);
        m_journey->press(Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(m_table->currentIndex().row(), 0);
        waitForRow(0);
    }

    // Across the whole range with the scroll bar: rows that are not there yet say so, and none is
    // waited for.
    void draggedThroughTheWhole()
    {
        QScrollBar* bar = m_table->verticalScrollBar();
        for (int step = 1; step <= 200; ++step) {
            bar->setValue(static_cast<int>(static_cast<qint64>(bar->maximum()) * step / 200));
            QTest::qWait(5);
        }
        waitForRow(m_rows - 1);
        bar->setValue(bar->maximum() / 2);
        const int middle = m_table->rowAt(1);
        QVERIFY(middle > m_rows / 3 && middle < m_rows * 2 / 3);
        waitForRow(middle);
    }

    void theLastOneHasItsLine()
    {
        m_table->setFocus();
        m_journey->press(Qt::Key_End, Qt::ControlModifier);
        waitForRow(m_rows - 1);
        m_journey->press(Qt::Key_Return);
        auto* raw = m_journey->find<QPlainTextEdit>("rawLine");
        QTRY_VERIFY_WITH_TIMEOUT(raw->isVisible() && !raw->toPlainText().isEmpty(), PatienceMs);
    }

private:
    void waitForRow(int row)
    {
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_table->model()->index(row, 0).data(LoadingRole).toBool(), PatienceMs);
        QVERIFY(!m_table->model()->index(row, 0).data().toString().isEmpty());
    }

    const int m_rows{test::rounds(1'000'000)};
    std::unique_ptr<Journey> m_journey;
    DataTable* m_table{nullptr};
};

QTEST_MAIN(TestChargesJourney)
#include "tst_ChargesJourney.moc"
