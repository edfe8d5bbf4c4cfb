// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Random.h"
#include "tests/support/Gui.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"
#include "ui/pages/ViewHistory.h"

#include <QTest>

using namespace sluice;
using namespace sluice::ui;

namespace {

ViewPlace placeOf(int number)
{
    ViewPlace place;
    place.page = number % 2 == 0 ? PageId::Map : PageId::Charges;
    place.view.filter.text = QString::number(number);
    return place;
}

} // namespace

class TestViewHistory : public QObject {
    Q_OBJECT

private slots:
    void init() { test::failOnWarnings(); }

    // Against a plain list of what lies behind and ahead.
    void itGoesTheWayOneCame()
    {
        SeededRandom random{test::seed(17)};
        for (int round = 0; round < test::rounds(200); ++round) {
            ViewHistory history;
            std::vector<int> behind;
            std::vector<int> ahead;
            std::optional<int> here;
            for (int step = 0; step < 300; ++step) {
                const auto what = random.below(4);
                if (what < 2) {
                    const int number = static_cast<int>(random.below(5));
                    history.visit(placeOf(number));
                    if (here == number)
                        continue;
                    if (here)
                        behind.push_back(*here);
                    if (behind.size() >= ViewHistory::PlacesMax)
                        behind.erase(behind.begin());
                    here = number;
                    ahead.clear();
                } else if (what == 2 && history.canGoBack()) {
                    ahead.push_back(*here);
                    here = behind.back();
                    behind.pop_back();
                    QCOMPARE(history.back(), placeOf(*here));
                } else if (what == 3 && history.canGoForward()) {
                    behind.push_back(*here);
                    here = ahead.back();
                    ahead.pop_back();
                    QCOMPARE(history.forward(), placeOf(*here));
                }
                QCOMPARE(history.canGoBack(), !behind.empty());
                QCOMPARE(history.canGoForward(), !ahead.empty());
            }
            history.clear();
            QVERIFY(!history.canGoBack() && !history.canGoForward());
        }
    }
};

QTEST_GUILESS_MAIN(TestViewHistory)
#include "tst_ViewHistory.moc"
