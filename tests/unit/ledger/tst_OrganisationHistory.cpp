// SPDX-License-Identifier: GPL-3.0-or-later
// When things came, changed and went: the steps, played from the beginning, give the organisation
// of each day.
#include "core/base/Random.h"
#include "core/ledger/OrganisationHistory.h"
#include "tests/support/Qt.h"
#include "tests/support/Seed.h"

#include <QTest>

#include <map>

using namespace sluice;

namespace {

constexpr std::int32_t First = 20'000;
constexpr std::int32_t Days = 30;

Organisation anyOrganisation(SeededRandom& random)
{
    Organisation organisation;
    for (int id = 0; id < 3; ++id) {
        BusinessDate from = random.chance(1, 2) ? Effective{}.from : BusinessDate{First + 2};
        for (int version = 0; version < 4; ++version) {
            Unit unit;
            unit.id = "u" + std::to_string(id);
            unit.name = random.chance(1, 2) ? "A" : "B";
            unit.owner = random.chance(1, 2) ? "p" : "";
            unit.effective.from = from;
            if (random.chance(2, 3)) {
                const auto least = std::max(from, BusinessDate{First});
                unit.effective.until
                    = least.plusDays(1 + static_cast<std::int32_t>(random.below(8)));
            }
            organisation.units.insert(organisation.units.begin(), unit);
            if (unit.effective.until == Effective{}.until)
                break;
            from = unit.effective.until.plusDays(random.chance(1, 2) ? 0 : 3);
        }
    }
    return organisation;
}

} // namespace

class tst_OrganisationHistory : public QObject {
    Q_OBJECT

private slots:
    void theStepsPlayedGiveEachDay()
    {
        SeededRandom random{test::seed(20'261'130)};
        for (int round = 0; round < test::rounds(1'000); ++round) {
            const Organisation organisation = anyOrganisation(random);
            const auto steps = organisationHistory(organisation);
            for (std::int32_t day = First - 1; day < First + Days; ++day) {
                std::map<std::string, std::string> names; // of those that are there
                for (const OrganisationStep& step : steps) {
                    if (step.day && *step.day > BusinessDate{day})
                        continue;
                    if (step.change == OrganisationChange::Introduced)
                        QVERIFY(names.emplace(step.id, step.name).second);
                    else if (step.change == OrganisationChange::Ended)
                        QCOMPARE(names.erase(step.id), std::size_t{1});
                    else
                        names.at(step.id) = step.name;
                }
                for (const std::string id : {"u0", "u1", "u2"}) {
                    const Unit* unit = organisation.unit(id, BusinessDate{day});
                    QCOMPARE(names.count(id) > 0, unit != nullptr);
                    if (unit != nullptr)
                        QCOMPARE(names.at(id), unit->name);
                }
            }
            for (const OrganisationStep& step : steps) {
                QCOMPARE(step.fields.empty(), step.change != OrganisationChange::Changed);
                for (const OrganisationStep::Field& field : step.fields)
                    QVERIFY(field.before != field.after);
            }
        }
    }
};

QTEST_GUILESS_MAIN(tst_OrganisationHistory)
#include "tst_OrganisationHistory.moc"
