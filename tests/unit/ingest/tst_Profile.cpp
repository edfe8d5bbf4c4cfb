// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/Profile.h"
#include "core/ingest/RuleModel.h"
#include "tests/support/Qt.h"

using namespace sluice;

class tst_Profile : public QObject {
    Q_OBJECT

private slots:
    // A waiver with a slip in its id would waive nothing, and nobody would see it.
    void eachWaiverIsARuleOfTheTable()
    {
        const RuleModel model = RuleModel::builtIn();
        for (const Profile& profile : builtInProfiles()) {
            for (const std::string& rule : profile.waivers) {
                const Rule* found = model.find(rule);
                QVERIFY2(found != nullptr, (profile.id + " waives " + rule).c_str());
                QVERIFY2(found->level == RuleLevel::Finding, rule.c_str());
            }
        }
    }
};

QTEST_GUILESS_MAIN(tst_Profile)
#include "tst_Profile.moc"
