// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/TaskPool.h"
#include "tests/support/Gui.h"
#include "ui/kit/Roles.h"
#include "ui/models/ChargesModel.h"

#include <QAbstractItemModelTester>

#include <atomic>

using namespace sluice;
using namespace sluice::ui;

namespace {

constexpr int Million = 1'000'000;

// A ledger of `count` charges whose ids are their row numbers; counts what it was asked.
struct Source {
    std::size_t count{Million};
    std::atomic<int> calls{0};
    std::atomic<std::size_t> read{0};

    ChargesModel::Fetch fetch()
    {
        return [this](const ChargesModel::Ask& ask, const TaskContext&) -> Result<ChargePage> {
            ++calls;
            const std::size_t first = ask.after.empty() ? 0 : std::stoul(ask.after) + 1;
            const std::size_t end = std::min(count, first + ask.limit);
            ChargePage page;
            read += end - first;
            for (std::size_t i = first; i < end; ++i) {
                if (!ask.columns && i + 1 < end)
                    continue; // facts on the way are not looked at
                ChargeView view;
                view.id = std::to_string(i);
                view.currency = Currency::literal("USD");
                view.costs[0] = static_cast<std::int64_t>(i) * 1'000'000'000;
                view.columns = {{"ServiceName", "Service " + std::to_string(i)}};
                page.rows.push_back(std::move(view));
            }
            page.next = end < count ? std::to_string(end - 1) : std::string{};
            return page;
        };
    }
};

} // namespace

class TestChargesModel : public QObject {
    Q_OBJECT

private slots:
    void init() { test::failOnWarnings(); }

    void showsLoadingThenTheRow()
    {
        Source source;
        TaskPool pools;
        ChargesModel model{pools.compute(), {}}; // without the tester, which looks at every row
        model.show(source.fetch(), source.count, Measure::BilledCost);
        QCOMPARE(model.rowCount(), Million);
        const QModelIndex far = model.index(900'000, ChargesModel::ServiceColumn);
        QVERIFY(far.data(LoadingRole).toBool());
        QTRY_COMPARE(far.data().toString(), QStringLiteral("Service 900000"));
        QCOMPARE(far.siblingAtColumn(ChargesModel::AmountColumn).data().toString(),
            QStringLiteral("USD\u00A0900,000.00"));
        QCOMPARE(model.idAt(900'000), QStringLiteral("900000"));
        QVERIFY(source.calls < 40); // it leapt, it did not page through
    }

    void theWayBackIsShort()
    {
        Source source;
        TaskPool pools;
        ChargesModel model{pools.compute(), {}};
        model.show(source.fetch(), source.count, Measure::BilledCost);
        const QModelIndex far = model.index(Million - 1, ChargesModel::ServiceColumn);
        QTRY_COMPARE(far.data().toString(), QStringLiteral("Service 999999"));
        source.read = 0;
        const QModelIndex near = model.index(600'000, ChargesModel::ServiceColumn);
        QTRY_COMPARE(near.data().toString(), QStringLiteral("Service 600000"));
        QVERIFY2(source.read < 40'000, qPrintable(QString::number(source.read)));
    }

    void memoryIsBounded()
    {
        Source source;
        TaskPool pools;
        ChargesModel model{pools.compute(), {}};
        model.show(source.fetch(), source.count, Measure::BilledCost);
        const int pages = static_cast<int>(ChargesModel::PagesMax) + 10;
        for (int page = 0; page < pages; ++page) {
            const QModelIndex index
                = model.index(page * ChargesModel::PageRows, ChargesModel::ServiceColumn);
            QTRY_VERIFY(!index.data(LoadingRole).toBool());
        }
        QVERIFY(model.idAt(0).isEmpty()); // the oldest page is gone and comes back when looked at
        QTRY_VERIFY(!model.index(0, 0).data(LoadingRole).toBool());
    }

    void endsWhereTheChargesEnd()
    {
        Source source;
        source.count = 300;
        TaskPool pools;
        ChargesModel model{pools.compute(), {}};
        const QAbstractItemModelTester tester{
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest};
        model.show(source.fetch(), 5000, Measure::BilledCost);
        QVERIFY(model.index(4999, 0).data(LoadingRole).toBool());
        QTRY_VERIFY(model.rowCount() < 5000);
        QVERIFY(model.index(299, 0).data(LoadingRole).toBool());
        QTRY_COMPARE(model.rowCount(), 300);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void troubleIsTold()
    {
        TaskPool pools;
        ChargesModel model{pools.compute(), {}};
        QString told;
        connect(&model, &ChargesModel::failed, this,
            [&told](const Error& error) { told = QString::fromStdString(error.what); });
        model.show(
            [](const ChargesModel::Ask&, const TaskContext&) -> Result<ChargePage> {
                return Error{ErrorCode::Io, {}, "gone", {}};
            },
            10, Measure::BilledCost);
        model.index(0, 0).data();
        QTRY_COMPARE(told, QStringLiteral("gone"));
    }
};

QTEST_MAIN(TestChargesModel)
#include "tst_ChargesModel.moc"
