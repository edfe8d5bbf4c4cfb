// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/SpendQuery.h"
#include "ui/actions/ActionState.h"
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

// A filter in the words of the filter language (core/analytics/FilterText.h) and what it asks,
// looked up in the ledger.
struct ViewFilter {
    QString text; // empty: none
    std::vector<DimensionFilter> where;
    std::vector<TextFilter> words;
    std::vector<AmountFilter> amounts;

    bool operator==(const ViewFilter& other) const { return text == other.text; }
};

// Why a page has nothing to show; each is said in its own words and has its own way out.
enum class WhyEmpty : std::uint8_t {
    Reading, // what was imported is not read yet
    NothingImported,
    NothingDelivered, // of the period: unknown, which is not the same as none
    FilteredOut,
    NoneFound,
};

// All that one can change about what pages look at; a plain value, so that one can go back to it.
struct ViewState {
    std::optional<Period> period; // nothing: all days
    Comparison comparison{Comparison::PreviousPeriod};
    Measure measure{Measure::BilledCost};
    BatchKind kind{BatchKind::Billed};
    std::optional<Currency> currency; // that was picked
    ViewFilter filter;
    std::vector<DrillStep> drill;

    bool operator==(const ViewState&) const = default;
};

// What all pages look at: the period and what it is compared with, the measure, the kind of number,
// the currency, the filter, and how far one has drilled in. Lives as long as the window; pages ask
// again when it changes. GUI thread.
class ViewContext : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void setFacts(const LedgerFacts& facts); // keeps the period unless there is none yet
    void reset();
    // That revision was reported as done; until its facts are here, whatever is missing may only
    // not have been read yet.
    void expect(std::uint64_t revision);
    void setState(ViewState state);
    void setPeriod(std::optional<Period> period);
    void stepPeriod(int steps);
    void setComparison(Comparison comparison);
    void setMeasure(Measure measure);
    void setKind(BatchKind kind);
    void setCurrency(std::optional<Currency> currency);
    // The same filter, looked up again in a ledger that has changed.
    void renewFilter(ViewFilter filter);
    void setDrill(std::vector<DrillStep> drill);
    void goUp(); // one step of the drill back
    // Neither drilled nor filtered: what the period has.
    void showAll();
    // What a figure is the answer to, wherever it stands: its period, measure and kind, its
    // drill and filter, and its currency where one of the steps names it.
    void lookAt(const SpendQuery& query, const ViewFilter& filter, std::vector<DrillStep> drill);

    [[nodiscard]] const LedgerFacts& facts() const { return m_facts; }
    [[nodiscard]] bool isBehind() const { return m_facts.revision < m_expected; }
    [[nodiscard]] const ViewState& state() const { return m_state; }
    [[nodiscard]] std::optional<Period> period() const { return m_state.period; }
    // What the period is compared with; nothing where nothing is.
    [[nodiscard]] std::optional<Period> comparedPeriod() const;
    [[nodiscard]] Measure measure() const { return m_state.measure; }
    [[nodiscard]] BatchKind kind() const { return m_state.kind; }
    [[nodiscard]] std::optional<Currency> currency() const { return m_state.currency; }
    [[nodiscard]] const ViewFilter& filter() const { return m_state.filter; }
    [[nodiscard]] const std::vector<DrillStep>& drill() const { return m_state.drill; }
    [[nodiscard]] bool isNarrowed() const; // drilled or filtered
    [[nodiscard]] WhyEmpty whyEmpty() const; // of a page that has found nothing

    // A query of this period, measure, kind, filter and drill, and of nothing else yet.
    [[nodiscard]] SpendQuery query() const;
    [[nodiscard]] QString periodName() const;
    [[nodiscard]] QString comparedName() const; // empty where nothing is compared
    [[nodiscard]] QString scopeName() const; // "The whole company", or the units that are seen
    // The filter as a sentence: "Product inference · Support · Oct 2026 · billed cost".
    [[nodiscard]] QString sentence() const;
    // With whose figures they are and what they are held against: what stands on every page and
    // in every export.
    [[nodiscard]] QString wholeSentence() const;

signals:
    void changed();
    void factsArrived();
    void fellBehind(); // of what was reported

private:
    template <class T>
    void assign(T& field, T value);

    LedgerFacts m_facts;
    ViewState m_state;
    std::uint64_t m_expected{0}; // revision
    bool m_started{false};
};

[[nodiscard]] QString measureText(Measure measure); // "Billed cost"
[[nodiscard]] QString kindText(BatchKind kind); // "Billed"

} // namespace sluice::ui
