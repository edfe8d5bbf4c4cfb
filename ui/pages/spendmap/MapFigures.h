// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/Page.h"
#include "ui/pages/spendmap/MapQuestion.h"

namespace sluice::ui {

// What each figure of a map says and what it is the answer to, so that one can walk on from it: to
// its charges and to their source. A view of an answer, made where it is needed; the answer and the
// context outlive it.
class MapFigures {
public:
    MapFigures(const MapAnswer& answer, const PageContext& context)
        : m_answer{answer}
        , m_context{context}
    {
    }

    // The group or leaf of that key; null when there is none.
    [[nodiscard]] const MapNode* node(const QString& key) const;
    // The drill of the view and the steps that lead on to the node.
    [[nodiscard]] std::vector<DrillStep> stepsTo(const MapNode& node) const;

    // All of it as tab-separated text for other programs: what is shown as a sentence with the
    // total, then the rows that add up to it, exact.
    [[nodiscard]] QString dataText(const QString& sentence) const;

    // How many charges make the total, and which ones in other currencies do not.
    [[nodiscard]] QString chargesText() const;
    // The credits beside what is drawn, and which ones they are.
    [[nodiscard]] QString creditsText() const;
    [[nodiscard]] QString creditsDetail() const;
    // Of charges that make no tile.
    [[nodiscard]] QString whyNothingIsDrawn() const;

    [[nodiscard]] FigureSource sourceOfTotal() const;
    [[nodiscard]] FigureSource sourceOf(const MapNode& node) const;
    // What is missing is what one asks about; where nothing is, all of it. `caption` is the
    // figure's.
    [[nodiscard]] FigureSource sourceOf(const Coverage& coverage, const QString& caption) const;

private:
    [[nodiscard]] Int128 credits() const;

    const MapAnswer& m_answer;
    const PageContext& m_context;
};

} // namespace sluice::ui
