// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tasks/LatestTask.h"
#include "ui/models/FilterSuggestions.h"
#include "ui/pages/Session.h"
#include "ui/pages/ViewContext.h"

#include <QLineEdit>

#include <memory>
#include <optional>

class QCompleter;
class QLabel;

namespace sluice::ui {

// The line that narrows what all pages look at, in the filter language, with completion. Return
// asks for what was typed; a period in it moves the period. What cannot be understood is said below
// the line, with the place, and nothing changes. Looks values up on a worker; when the ledger
// changes, again.
class FilterBar : public QLineEdit {
    Q_OBJECT

public:
    FilterBar(Session& session, ViewContext& view, QWidget* parent = nullptr);
    ~FilterBar() override;

    void clearAll(); // of what came from the ledger
    // That filter and nothing else: not drilled either.
    void askAnew(const QString& text);
    [[nodiscard]] QString problem() const; // empty: none

signals:
    void left(); // done with: the page may have the focus
    void answeredAnew(); // what askAnew() asked for is the filter now

protected:
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Why : std::uint8_t { Typed, Anew, LedgerChanged };
    struct Wish {
        Why why{Why::Typed};
        std::optional<Period> period; // that was among the terms
    };

    void ask(const QString& text, Why why);
    void lookUp(const std::vector<FilterTerm>& terms, const Wish& wish);
    void accept(ViewFilter filter, const Wish& wish);
    void suggest();
    void take(const QString& suggestion);
    void learn();
    void follow();
    void sayProblem(const QString& problem);
    void placeProblem();

    Session& m_session;
    ViewContext& m_view;
    QCompleter* m_completer;
    QLabel* m_problem;
    std::shared_ptr<const FilterVocabulary> m_vocabulary;
    std::uint64_t m_vocabularyRevision{0};
    LatestTask<ViewFilter> m_lookUp;
    LatestTask<std::shared_ptr<const FilterVocabulary>> m_learn;
};

} // namespace sluice::ui
