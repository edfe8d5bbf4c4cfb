// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/charges/ChargesPage.h"

#include "ui/kit/Breadcrumb.h"
#include "ui/kit/DataTable.h"
#include "ui/kit/DateText.h"
#include "ui/kit/EmptyState.h"
#include "ui/kit/Fonts.h"
#include "ui/models/ShownCurrency.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>

namespace sluice::ui {

ChargesPage::ChargesPage(const PageContext& context, QWidget* parent)
    : Page{PageId::Charges, context, tr("Charges"), parent}
    , m_model{new ChargesModel{context.session.pools().compute(), context.money, this}}
    , m_table{new DataTable{this}}
    , m_empty{new EmptyState{this}}
    , m_body{new QStackedWidget{this}}
    , m_breadcrumb{new Breadcrumb{this}}
    , m_summary{new QLabel{this}}
    , m_task{context.session.pools().compute(), this}
{
    setObjectName(QStringLiteral("chargesPage"));
    titleMiddle()->addWidget(m_breadcrumb, 1);
    connect(m_breadcrumb, &Breadcrumb::stepChosen, this, [this](int step) {
        std::vector<DrillStep> steps = this->context().view.drill();
        steps.resize(std::min(steps.size(), static_cast<std::size_t>(step)));
        this->context().view.setDrill(std::move(steps));
    });
    m_summary->setObjectName(QStringLiteral("chargesSummary"));
    m_summary->setProperty("role", QStringLiteral("muted"));
    titleEnd()->addWidget(m_summary);

    m_table->setObjectName(QStringLiteral("chargesTable"));
    m_table->setAccessibleName(tr("Charges"));
    m_table->setModel(m_model);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addAction(context.actions.action(ActionId::ShowSource));
    setFocusProxy(m_table);
    m_table->setColumnWidths(
        {12, 18, 22, 30, 16, 18, 14, 14, 18, 26}, ChargesModel::DescriptionColumn);
    m_table->setFirstColumnFrozen(true);
    m_table->showFooter(context.money);
    m_body->addWidget(m_table);
    m_body->addWidget(m_empty);
    content()->addWidget(m_body, 1);
    auto* hint = new QLabel{
        tr("Enter: where does this come from?    Backspace: up    Ctrl+C copies the selected rows"),
        this};
    hint->setProperty("role", QStringLiteral("muted"));
    hint->setWordWrap(true);
    hint->setFont(sized(font(), TextSize::Caption));
    content()->addWidget(hint);

    connect(m_table, &DataTable::rowActivated, this, &ChargesPage::showRow);
    connect(m_table, &DataTable::currentRowChanged, this, &ChargesPage::stateChanged);
    connect(m_table, &DataTable::upRequested, &context.view, &ViewContext::goUp);
    connect(m_model, &ChargesModel::dataChanged, this, &ChargesPage::stateChanged);
    connect(m_model, &ChargesModel::failed, this,
        [this](const Error& error) { infoBar().showError(error); });
    connect(m_empty, &EmptyState::primaryTriggered, this, &ChargesPage::leaveEmpty);
    connect(
        m_empty, &EmptyState::secondaryTriggered, this, [this] { emit pageWanted(PageId::Map); });
    connect(&context.view, &ViewContext::changed, this, &ChargesPage::invalidate);
    connect(&context.view, &ViewContext::fellBehind, this, [this] {
        if (m_body->currentWidget() == m_empty)
            showEmpty();
    });
}

void ChargesPage::ask()
{
    QStringList steps{tr("All charges")};
    for (const DrillStep& step : context().view.drill())
        steps << step.name;
    m_breadcrumb->setSteps(steps);
    m_task.start(
        [workspace = context().session.workspace(), principal = context().session.principal(),
            query = context().view.query()](const TaskContext& task) {
            return SpendService{*workspace}.spend(query, {}, principal, task);
        },
        [this](Result<SpendAnswer> answer) {
            if (answer.ok())
                accept(*answer);
            else if (answer.error().code != ErrorCode::Cancelled)
                infoBar().showError(answer.error());
        });
}

void ChargesPage::accept(const SpendAnswer& answer)
{
    infoBar().clear();
    std::vector<std::pair<Currency, Int128>> amounts;
    for (const SpendTotal& total : answer.totals)
        amounts.emplace_back(total.currency, total.amount);
    const std::vector<Currency> currencies = largestFirst(std::move(amounts));
    const Currency shown
        = shownCurrency(currencies, context().view.currency(), context().view.facts().currency);
    const MoneyText& money = context().money;
    std::uint64_t count = 0;
    QStringList parts;
    QStringList others;
    for (const SpendTotal& total : answer.totals) {
        if (total.currency != shown) {
            others << tr("%1 more in %2")
                          .arg(money.count(total.charges),
                              QString::fromLatin1(total.currency.code()));
            continue;
        }
        count = total.charges;
        parts << money.withCode(total.amount, total.currency);
    }
    parts.prepend(count == 1 ? tr("1 charge") : tr("%1 charges").arg(money.count(count)));
    parts << context().view.periodName() << others;
    m_summary->setText(parts.join(QStringLiteral(" \u00B7 ")));
    SpendQuery query = context().view.query();
    if (currencies.size() > 1)
        narrowTo(query, shown);
    list(query, count);
    if (count > 0) {
        m_body->setCurrentWidget(m_table);
        m_table->setCurrentIndex(m_model->index(0, 0)); // what Enter opens
    } else {
        showEmpty();
    }
    if (shown.isSet())
        emit currenciesKnown(currencies, shown);
    emit stateChanged();
}

void ChargesPage::list(const SpendQuery& query, std::uint64_t count)
{
    m_model->show(
        [workspace = context().session.workspace(), principal = context().session.principal(),
            query](const ChargesModel::Ask& ask, const TaskContext& task) {
            ChargeQuery page;
            page.filter = query;
            page.limit = ask.limit;
            page.after = ask.after;
            page.withColumns = ask.columns;
            return SpendService{*workspace}.charges(page, principal, task);
        },
        count, query.measure);
}

void ChargesPage::showEmpty()
{
    const ViewContext& view = context().view;
    switch (view.whyEmpty()) {
    case WhyEmpty::Reading:
        m_empty->setText({tr("Reading\u2026"), {}, {}, {}});
        break;
    case WhyEmpty::NothingImported:
        m_empty->setText({tr("No charges yet"), tr("Import a bill and its rows appear here."),
            context().session.principal().mayChange() ? tr("Import files\u2026") : QString{},
            tr("Spend map")});
        break;
    case WhyEmpty::NothingDelivered:
        m_empty->setText({tr("No data for %1").arg(view.periodName()),
            tr("The ledger has data for %1.").arg(rangeText(*view.facts().days)),
            tr("Go to the latest data"), tr("Spend map")});
        break;
    case WhyEmpty::FilteredOut:
        m_empty->setText({tr("No charges in %1").arg(view.sentence()),
            tr("Another period or a wider filter may have some."), tr("Clear the filter"),
            tr("Spend map")});
        break;
    case WhyEmpty::NoneFound:
        m_empty->setText({tr("No charges in %1").arg(view.sentence()),
            tr("The ledger has data for %1.").arg(rangeText(*view.facts().days)),
            tr("Go to the latest data"), tr("Spend map")});
        break;
    }
    m_body->setCurrentWidget(m_empty);
}

void ChargesPage::showRow(int row)
{
    const QString id = m_model->idAt(row);
    if (!id.isEmpty())
        emit chargeSourceWanted(id);
}

void ChargesPage::showSource()
{
    showRow(m_table->currentIndex().row());
}

std::optional<FigureSource> ChargesPage::figure() const
{
    const int row = m_table->currentIndex().row();
    if (row < 0 || m_model->idAt(row).isEmpty())
        return std::nullopt;
    return FigureSource{m_model->idAt(row), {}, {}, 1, {}, {}};
}

void ChargesPage::forget()
{
    m_task.cancel();
    m_model->clear();
    m_summary->clear();
    m_breadcrumb->setSteps({});
    infoBar().clear();
}

} // namespace sluice::ui
