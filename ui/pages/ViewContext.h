// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/SpendQuery.h"
#include "ui/models/LedgerFacts.h"

#include <QObject>

#include <optional>
#include <vector>

namespace sluice::ui {

// One step of a drill: a dimension held at a value.
struct DrillStep {
    std::string dimension;
    std::string value;
    QString name; // as shown
    bool operator==(const DrillStep&) const = default;
};

// What all pages look at: the period, the measure, the kind of number, the currency, and how far
// one has drilled in. Lives as long as the window; pages ask again when it changes. GUI thread.
class ViewContext : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void setFacts(const LedgerFacts& facts); // keeps the period unless there is none yet
    void reset();
    // That revision was reported as done; until its facts are here, whatever is missing may only
    // not have been read yet.
    void expect(std::uint64_t revision);
    void setPeriod(std::optional<Period> period); // nothing: all days
    void stepPeriod(int steps);
    void setMeasure(Measure measure);
    void setKind(BatchKind kind);
    void setCurrency(std::optional<Currency> currency);
    void setDrill(std::vector<DrillStep> drill);
    void goUp(); // one step of the drill back
    // What a figure is the answer to, wherever it stands: its period, measure and kind, its
    // filter as steps, and its currency where one of the steps names it.
    void lookAt(const SpendQuery& query, std::vector<DrillStep> drill);

    [[nodiscard]] const LedgerFacts& facts() const { return m_facts; }
    [[nodiscard]] bool isBehind() const { return m_facts.revision < m_expected; }
    [[nodiscard]] std::optional<Period> period() const { return m_period; }
    [[nodiscard]] Measure measure() const { return m_measure; }
    [[nodiscard]] BatchKind kind() const { return m_kind; }
    [[nodiscard]] std::optional<Currency> currency() const { return m_currency; }
    [[nodiscard]] const std::vector<DrillStep>& drill() const { return m_drill; }

    // A query of this period, measure, kind and drill, and of nothing else yet.
    [[nodiscard]] SpendQuery query() const;
    [[nodiscard]] QString periodName() const;
    // The filter as a sentence: "Product inference · Support · Oct 2026 · billed cost".
    [[nodiscard]] QString sentence() const;

signals:
    void changed();
    void factsArrived();
    void fellBehind(); // of what was reported

private:
    template <class T>
    void assign(T& field, T value);

    LedgerFacts m_facts;
    std::optional<Period> m_period;
    Measure m_measure{Measure::BilledCost};
    BatchKind m_kind{BatchKind::Billed};
    std::optional<Currency> m_currency;
    std::vector<DrillStep> m_drill;
    std::uint64_t m_expected{0}; // revision
    bool m_started{false};
};

[[nodiscard]] QString measureText(Measure measure); // "Billed cost"
[[nodiscard]] QString kindText(BatchKind kind); // "Billed"

} // namespace sluice::ui
