// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/Freshness.h"
#include "core/ledger/Batch.h"
#include "ui/actions/ActionRegistry.h"
#include "ui/actions/PageId.h"
#include "ui/kit/InfoBar.h"
#include "ui/kit/MoneyText.h"
#include "ui/pages/Session.h"
#include "ui/pages/UndoSteps.h"
#include "ui/pages/ViewContext.h"

#include <QWidget>

class QGridLayout;
class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace sluice::ui {

// What every page of an open ledger needs. All outlive the pages.
struct PageContext {
    Session& session;
    ViewContext& view;
    const ActionRegistry& actions;
    UndoSteps& undo;
    MoneyText money;
};

// A figure that a person asks about: what it says, and the query that it is the answer to.
struct FigureSource {
    QString title;
    QString value;
    SpendQuery query;
    std::uint64_t charges{0};
    std::vector<DrillStep> drill; // the way there as steps, for the charges page
    ViewFilter filter; // that the query holds beside them
};

// A row that is held back, which is in no figure: what the file says and why it is none.
struct HeldRow {
    QString file;
    QString batch;
    QuarantinedRow row;
};

// The frame of a page: title, room for a breadcrumb and for buttons (below the title where the page
// is narrow), the sentence of what its figures are of, an info bar, content. A page asks its
// questions when it is shown and something changed since, never before; locking empties it.
class Page : public QWidget {
    Q_OBJECT

public:
    Page(PageId id, const PageContext& context, const QString& title, QWidget* parent = nullptr);

    [[nodiscard]] PageId id() const { return m_id; }
    // The view or the ledger changed: asks again now when visible, else when shown next.
    void invalidate();
    // Removes everything that came from the ledger.
    void clear();
    // The figure that is selected, or the one that the page is about.
    [[nodiscard]] virtual std::optional<FigureSource> figure() const { return std::nullopt; }
    // "Where does this come from?", asked of it.
    virtual void showSource();
    // A chart with its table twin, and what can be done with it.
    [[nodiscard]] virtual bool hasChart() const { return false; }
    [[nodiscard]] virtual bool showsTable() const { return false; }
    virtual void toggleTable() { }
    // Whether its figures have charges to be shown on the page of charges.
    [[nodiscard]] virtual bool leadsToCharges() const { return false; }
    virtual void showCharges() { }
    virtual void copyPicture() { }
    virtual void copyData() { }
    // How far the figures can be relied on; nothing: not known yet.
    virtual void setFreshness(const std::optional<Freshness>& /*freshness*/) { }

signals:
    void stateChanged(); // what actions are possible may have changed
    void figureSourceWanted(const sluice::ui::FigureSource& source);
    void chargeSourceWanted(const QString& chargeId);
    void heldRowWanted(const sluice::ui::HeldRow& row);
    void pageWanted(sluice::ui::PageId page); // the view context says what it is to show
    void importWanted();
    void batchWanted(const QString& batch); // on the imports page
    // How much waits on a page for the person who looks, and what that is.
    void countKnown(sluice::ui::PageId page, std::size_t count, const QString& meaning);
    void currenciesKnown(const std::vector<sluice::Currency>& currencies, sluice::Currency shown);

protected:
    virtual void ask() = 0;
    virtual void forget() = 0; // all that came from the ledger
    void showEvent(QShowEvent* event) override;
    bool event(QEvent* event) override;

    [[nodiscard]] const PageContext& context() const { return m_context; }
    [[nodiscard]] QHBoxLayout* titleMiddle() const { return m_middle; }
    [[nodiscard]] QHBoxLayout* titleEnd() const { return m_end; }
    [[nodiscard]] QVBoxLayout* content() const { return m_content; }
    [[nodiscard]] InfoBar& infoBar() const { return *m_infoBar; }
    // The way out of an empty page: an import, all of the period, or the latest data.
    void leaveEmpty();

private:
    void placeButtons();
    void saySentence();

    PageId m_id;
    PageContext m_context;
    QLabel* m_heading;
    QLabel* m_sentence;
    QGridLayout* m_top;
    QHBoxLayout* m_middle;
    QHBoxLayout* m_end;
    QVBoxLayout* m_content;
    InfoBar* m_infoBar;
    bool m_outdated{true};
    bool m_narrow{false};
};

} // namespace sluice::ui
