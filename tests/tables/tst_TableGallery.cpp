// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Gui.h"
#include "tests/support/Seed.h"
#include "tests/tables/SpendRows.h"
#include "ui/kit/ColumnChooser.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/Fonts.h"

#include <QApplication>
#include <QDir>
#include <QFontDatabase>
#include <QScrollBar>

using namespace sluice;
using namespace sluice::ui;
using namespace sluice::test;

// Pictures of tables in both themes, kept where SLUICE_SHOTS_DIR is set as table-NAME-THEME.png.
class TableGallery : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale{QLocale::English, QLocale::UnitedStates});
        m_folder = qEnvironmentVariable("SLUICE_SHOTS_DIR");
        if (!m_folder.isEmpty())
            QVERIFY(QDir{}.mkpath(m_folder));
        if (QFontDatabase::hasFamily(QStringLiteral("Open Sans")))
            QApplication::setFont(QFont{QStringLiteral("Open Sans"), 10});
        m_system = QApplication::palette();
    }
    void init()
    {
        test::failOnWarnings();
        m_money = MoneyText{NumberSigns::of(QLocale{}, QApplication::font())};
        m_model = std::make_unique<SpendModel>(spendColumns(), m_money, m_pool);
        m_table = std::make_unique<DataTable>();
        m_table->setModel(m_model.get());
        m_table->setColumnWidths({24, 14, 13, 18, 42, 18, 16, 10}, 0);
        m_table->setFirstColumnFrozen(true);
        m_table->showFooter(m_money);
        m_table->resize(1440, 460);
    }
    void cleanup() { m_table.reset(); }

    void ten()
    {
        m_model->show(spendRows(10, 51, true));
        totals();
        m_table->sortByColumn(UnitName, false);
        m_table->sortByColumn(Amount, true);
        shoot("ten-rows");
    }
    void selected()
    {
        m_model->show(spendRows(10, 52));
        m_table->setCurrentIndex(m_model->index(1, Amount));
        m_table->selectionModel()->select(
            QItemSelection{m_model->index(1, 0), m_model->index(6, 0)},
            QItemSelectionModel::Select | QItemSelectionModel::Rows);
        shoot("selected");
    }
    void aMillion()
    {
        m_model->show(spendRows(static_cast<std::size_t>(test::rounds(1'000'000)), 53, true));
        totals();
        m_table->resize(900, 460);
        m_table->show();
        m_table->setCurrentIndex(m_model->index(m_model->rowCount() / 2, Charges));
        m_table->scrollTo(m_table->currentIndex());
        m_table->horizontalScrollBar()->setValue(330);
        shoot("million");
    }
    void longWords()
    {
        auto rows = std::make_shared<std::vector<SpendRow>>(*spendRows(8, 54, true));
        for (SpendRow& row : *rows) {
            row.service = "Rechnungsabgrenzungspostenverwaltung f\xC3\xBCr Sprachmodelle";
            row.unit = "Forschungs- und Entwicklungsabteilung";
        }
        m_model->show(rows);
        m_table->resize(1024, 400);
        shoot("long-words");
    }
    void empty()
    {
        m_table->setPlaceholder(
            QStringLiteral("No charges in Q3 2026 with unit Lab.\nAnother period may have some."));
        shoot("empty");
    }
    void chooser()
    {
        m_model->show(spendRows(10, 55, true));
        m_table->show();
        m_table->chooseColumns();
        auto* chooser = m_table->findChild<ColumnChooser*>();
        chooser->resize(420, 420);
        shoot("column-chooser", chooser);
    }

private:
    void totals() const
    {
        std::vector<TableCell> cells(SpendColumnCount);
        Int128 sum = 0;
        std::uint64_t charges = 0;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            sum += m_model->rowAt(row).amount;
            charges += m_model->rowAt(row).charges;
        }
        cells[Service] = TableCell::ofText("Total");
        cells[Amount] = TableCell::ofMoney(sum, Currency::literal("USD"));
        cells[Charges] = TableCell::ofCount(charges);
        m_model->setTotals(cells);
    }
    void shoot(const char* name, QWidget* what = nullptr) const
    {
        QWidget* widget = what ? what : m_table.get();
        for (const ThemeChoice theme : {ThemeChoice::Dark, ThemeChoice::Light}) {
            applyTheme(*qApp, theme, m_system);
            widget->show();
            QTest::qWait(120);
            const QPixmap picture = widget->grab();
            QVERIFY(!picture.isNull());
            if (!m_folder.isEmpty())
                QVERIFY(
                    picture.save(QStringLiteral("%1/table-%2-%3.png")
                                     .arg(m_folder, QLatin1String{name},
                                         theme == ThemeChoice::Dark ? QStringLiteral("dark")
                                                                    : QStringLiteral("light"))));
        }
    }

    QString m_folder;
    QPalette m_system;
    MoneyText m_money;
    QThreadPool m_pool;
    std::unique_ptr<SpendModel> m_model;
    std::unique_ptr<DataTable> m_table;
};

QTEST_MAIN(TableGallery)
#include "tst_TableGallery.moc"
