// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spendmap/SpendMapPage.h"

#include "ui/charts/ChangeLegend.h"
#include "ui/kit/Breadcrumb.h"
#include "ui/kit/DateText.h"
#include "ui/kit/EmptyState.h"
#include "ui/kit/FigureButton.h"
#include "ui/kit/Fonts.h"
#include "ui/kit/Picker.h"
#include "ui/kit/Roles.h"
#include "ui/kit/RowTree.h"
#include "ui/models/FreshnessText.h"
#include "ui/pages/spendmap/MapTiles.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace sluice::ui {

SpendMapPage::SpendMapPage(const PageContext& context, QWidget* parent)
    : Page{PageId::Map, context, tr("Spend map"), parent}
    , m_task{context.session.pools().compute(), this}
{
    setObjectName(QStringLiteral("spendMapPage"));
    buildTitle();
    buildFigures();
    buildBody();
    buildFooter();
    connect(&context.view, &ViewContext::changed, this, &SpendMapPage::invalidate);
    connect(&context.view, &ViewContext::fellBehind, this, [this] {
        if (m_body->currentWidget() == m_empty)
            showEmpty();
    });
}

void SpendMapPage::buildTitle()
{
    m_breadcrumb = new Breadcrumb{this};
    connect(m_breadcrumb, &Breadcrumb::stepChosen, this, &SpendMapPage::drillBackTo);
    titleMiddle()->addWidget(m_breadcrumb, 1);
    m_colour = new Picker{QStringLiteral("colourPicker"), tr("Colour"), this};
    nameColours();
    connect(m_colour, &Picker::chosen, this, [this](int value) {
        m_showsChange = value == 1;
        m_map->setColour(m_showsChange ? TreemapColour::Change : TreemapColour::Category);
        nameColours();
        m_legend->setVisible(m_showsChange);
        fitFooter();
    });
    m_group = new Picker{QStringLiteral("groupPicker"), tr("Group"), this};
    std::vector<Picker::Choice> choices;
    for (std::size_t i = 0; i < mapNestings().size(); ++i)
        choices.push_back({QCoreApplication::translate("MapNesting", mapNestings()[i].title),
            static_cast<int>(i)});
    m_group->setChoices(choices);
    m_group->setCurrent(0, choices[0].text.section(u' ', 0, 0)); // the list has the whole way down
    connect(m_group, &Picker::chosen, this, [this](int value) {
        m_nesting = static_cast<std::size_t>(value);
        m_group->setCurrent(value,
            QCoreApplication::translate("MapNesting", mapNestings()[m_nesting].title)
                .section(u' ', 0, 0));
        if (context().view.drill().empty())
            invalidate();
        else
            context().view.setDrill({});
    });
    auto* table = new QToolButton{this};
    table->setObjectName(QStringLiteral("tableButton"));
    table->setProperty("role", QStringLiteral("picker"));
    table->setDefaultAction(context().actions.action(ActionId::ToggleTable));
    table->setToolButtonStyle(Qt::ToolButtonTextOnly);
    table->setAccessibleName(tr("Show as table"));
    for (QToolButton* button :
        {static_cast<QToolButton*>(m_colour), static_cast<QToolButton*>(m_group), table})
        titleEnd()->addWidget(button);
}

void SpendMapPage::buildFigures()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    m_total = new FigureButton{tr("Spend"), tr("Spend"), this};
    m_total->setObjectName(QStringLiteral("totalFigure"));
    connect(m_total, &FigureButton::clicked, this,
        [this] { emit figureSourceWanted(figures().sourceOfTotal()); });
    row->addWidget(m_total, 3);
    for (const auto& [attribute, caption] : {std::pair{Attribute::Owner, tr("With an owner")},
             std::pair{Attribute::CostCentre, tr("With a cost centre")},
             std::pair{Attribute::Workflow, tr("With a workflow")}}) {
        auto* figure
            = new FigureButton{caption, dimensionText(std::string{attributeName(attribute)}), this};
        figure->setObjectName(
            QStringLiteral("coverage_") + QString::fromLatin1(attributeName(attribute)));
        connect(figure, &FigureButton::clicked, this,
            [this, covered = attribute, caption = caption] { askAboutCoverage(covered, caption); });
        m_coverage.emplace_back(attribute, figure);
        row->addWidget(figure, 2);
    }
    content()->addLayout(row);
}

void SpendMapPage::askAboutCoverage(Attribute attribute, const QString& caption)
{
    const auto found = std::ranges::find(m_answer.coverage, attribute, &Coverage::attribute);
    if (found != m_answer.coverage.end())
        emit figureSourceWanted(figures().sourceOf(*found, caption));
}

void SpendMapPage::buildBody()
{
    m_map = new Treemap{this};
    m_model = new SpendTreeModel{context().money, this};
    m_table = new RowTree{this};
    m_table->setObjectName(QStringLiteral("spendTable"));
    m_table->setAccessibleName(tr("Spend map as a table"));
    m_table->setModel(m_model);
    m_table->setColumnWidths({28, 18, 12, 12, 13}); // the name's with room for its arrow
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions({context().actions.action(ActionId::ShowSource),
        context().actions.action(ActionId::ShowCharges)});
    m_empty = new EmptyState{this};
    m_body = new QStackedWidget{this};
    for (QWidget* widget : {static_cast<QWidget*>(m_map), static_cast<QWidget*>(m_table),
             static_cast<QWidget*>(m_empty)})
        m_body->addWidget(widget);
    content()->addWidget(m_body, 1);
    setFocusProxy(m_map);

    connect(m_map, &ChartCanvas::activated, this, &SpendMapPage::drillTo);
    connect(m_map, &ChartCanvas::upRequested, &context().view, &ViewContext::goUp);
    connect(m_map, &ChartCanvas::tableRequested, this, &SpendMapPage::toggleTable);
    connect(m_map, &ChartCanvas::sourceRequested, this, &SpendMapPage::showSource);
    connect(m_map, &ChartCanvas::chargesRequested, this, &SpendMapPage::showCharges);
    connect(m_map, &ChartCanvas::currentChanged, this, &SpendMapPage::stateChanged);
    connect(m_table, &RowTree::rowOpened, this,
        [this](const QModelIndex& index) { drillTo(index.data(KeyRole).toString()); });
    connect(m_table, &RowTree::upRequested, &context().view, &ViewContext::goUp);
    connect(m_table, &RowTree::currentRowChanged, this, &SpendMapPage::stateChanged);
    connect(m_empty, &EmptyState::primaryTriggered, this, [this] {
        if (hasCharges())
            toggleTable();
        else
            leaveEmpty();
    });
}

void SpendMapPage::buildFooter()
{
    m_credits = new QPushButton{this};
    m_credits->setObjectName(QStringLiteral("credits"));
    m_credits->setProperty("role", QStringLiteral("link"));
    m_credits->hide();
    // the table lists them, each with its source
    connect(m_credits, &QPushButton::clicked, this, [this] {
        if (!m_tableWanted)
            toggleTable();
        m_table->setCurrentIndex(m_model->indexOfKey(m_answer.view->credits.front().key));
    });
    m_legend = new ChangeLegend{this};
    m_legend->setObjectName(QStringLiteral("changeLegend"));
    m_legend->hide();
    m_hints = new QLabel{
        tr("\u2190\u2191\u2192\u2193 move    Enter drill    Backspace up    Ctrl+Enter charges    Ctrl+E source"),
        this};
    m_hints->setProperty("role", QStringLiteral("muted"));
    m_hints->setFont(sized(font(), TextSize::Caption));
    auto* row = new QHBoxLayout;
    row->addWidget(m_legend);
    row->addWidget(m_credits);
    row->addStretch(1);
    row->addWidget(m_hints);
    content()->addLayout(row);
}

// Colours tell categories apart only where the map is cut by category, or shows the inside of one;
// elsewhere they tell its groups apart.
void SpendMapPage::nameColours()
{
    const auto& drill = m_shownDrill;
    const bool inCategory
        = std::ranges::find(drill, "category", &DrillStep::dimension) != drill.end();
    const bool byCategory = inCategory || m_answer.outer.empty() || m_answer.outer == "category";
    const QString plain = byCategory ? tr("Category") : tr("Group");
    m_colour->setChoices({{plain, 0}, {tr("Change"), 1}});
    m_colour->setCurrent(m_showsChange ? 1 : 0, m_showsChange ? tr("Change") : plain);
}

// The hints give way where there is no room for all three.
void SpendMapPage::fitFooter()
{
    int wanted = m_hints->sizeHint().width();
    for (const QWidget* other : {static_cast<QWidget*>(m_legend), static_cast<QWidget*>(m_credits)})
        wanted += other->isHidden() ? 0 : other->sizeHint().width() + layout()->spacing();
    m_hints->setVisible(m_body->currentWidget() != m_empty && wanted <= m_body->width());
}

void SpendMapPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    fitFooter();
}

void SpendMapPage::ask()
{
    MapQuestion question;
    question.query = context().view.query();
    const auto& drill = context().view.drill();
    question.dimensions = dimensionsBelow(mapNestings()[m_nesting], drill);
    question.before = context().view.comparedPeriod();
    question.currency = context().view.currency();
    question.ledgers = context().view.facts().currency;
    question.order = m_order;
    for (const DrillStep& step : drill)
        question.nesting += step.value + '\x1f';
    const auto inCategory = std::ranges::find(drill, "category", &DrillStep::dimension);
    if (inCategory != drill.end())
        question.slot = categorySlot(inCategory->value);
    QStringList steps{tr("All spend")};
    for (const DrillStep& step : drill)
        steps << step.name;
    m_breadcrumb->setSteps(steps);
    m_task.start(
        [workspace = context().session.workspace(), principal = context().session.principal(),
            question](const TaskContext& task) {
            const SpendService service{*workspace};
            return askMap(service, question, principal, task);
        },
        [this](Result<MapAnswer> answer) {
            if (answer.ok())
                accept(std::move(*answer));
            else if (answer.error().code != ErrorCode::Cancelled)
                infoBar().showError(answer.error());
        });
}

void SpendMapPage::accept(MapAnswer answer)
{
    infoBar().clear();
    m_answer = std::move(answer);
    m_order = m_answer.order;
    const QString shown = m_answer.inner.empty()
        ? dimensionText(m_answer.outer)
        : tr("%1 \u203A %2").arg(dimensionText(m_answer.outer), dimensionText(m_answer.inner));
    m_map->show(mapTiles(*m_answer.view, context().money, context().view.comparedName()),
        [money = context().money, currency = m_answer.view->currency](
            Int128 amount) { return money.compact(amount, currency); });
    m_map->setData([this, sentence = context().view.sentence()] {
        return m_answer.view ? figures().dataText(sentence) : QString{};
    });
    m_map->setAccessibleName(tr("Spend map: %1, %2").arg(shown, context().view.sentence()));
    m_model->show(m_answer.view, shown);
    m_table->expandAll();
    const QString compared = context().view.comparedName();
    m_legend->setCaption(
        compared.isEmpty() ? tr("Compared with nothing:") : tr("Against %1:").arg(compared));
    showTotal();
    showCoverage();
    showCredits();
    placeCursor();
    nameColours();
    showBody();
    fitFooter();
    if (m_answer.view->currency.isSet())
        emit currenciesKnown(m_answer.view->currencies, m_answer.view->currency);
    emit stateChanged();
    emit answered();
}

void SpendMapPage::showBody()
{
    if (!hasCharges() || (m_answer.view->drawn == 0 && !m_tableWanted))
        showEmpty();
    else
        m_body->setCurrentWidget(m_tableWanted ? static_cast<QWidget*>(m_table) : m_map);
}

bool SpendMapPage::hasCharges() const
{
    return m_answer.view && m_answer.view->charges > 0;
}

// The keyboard goes on where it was: on the tile that one came up from, else on the first one.
void SpendMapPage::placeCursor()
{
    const std::vector<DrillStep> before = std::exchange(m_shownDrill, context().view.drill());
    const std::vector<DrillStep>& now = m_shownDrill;
    if (before.size() > now.size() && std::equal(now.begin(), now.end(), before.begin())) {
        const DrillStep& left = before[now.size()];
        const QString outer = QString::fromStdString(left.value);
        for (const MapNode& group : m_answer.view->groups) {
            const auto leaf = std::ranges::find(
                group.children, left.value, [](const MapNode& node) { return node.path.back(); });
            if (left.dimension == m_answer.outer ? group.key == outer
                                                 : leaf != group.children.end())
                m_map->setCurrentKey(left.dimension == m_answer.outer ? group.key : leaf->key);
        }
    }
    if (m_map->hasFocus() && !m_map->current() && !m_map->shapes().empty())
        m_map->setCurrent(0);
}

void SpendMapPage::showTotal()
{
    const MapView& view = *m_answer.view;
    const MoneyText& money = context().money;
    if (view.charges == 0) {
        m_total->clear();
        return;
    }
    QStringList notes{figures().chargesText()};
    if (view.before)
        notes.prepend(
            tr("%1 against %2")
                .arg(money.change(view.total, *view.before), context().view.comparedName()));
    if (!m_freshness.isEmpty())
        notes << m_freshness;
    m_total->setFigure(money.withCode(view.total, view.currency),
        notes.join(QStringLiteral(" \u00B7 ")), money.compactWithCode(view.total, view.currency));
}

void SpendMapPage::setFreshness(const std::optional<Freshness>& freshness)
{
    m_freshness = freshness ? freshnessText(*freshness).section(u',', 0, 0).toLower() : QString{};
    if (m_answer.view)
        showTotal();
}

void SpendMapPage::showCoverage()
{
    const MoneyText& money = context().money;
    for (const auto& [attribute, figure] : m_coverage) {
        const auto found = std::ranges::find(m_answer.coverage, attribute, &Coverage::attribute);
        if (found == m_answer.coverage.end() || !found->hasShare())
            figure->clear();
        else
            figure->setFigure(money.percent(found->covered, found->total),
                tr("%1 without").arg(money.compact(found->total - found->covered, found->currency)),
                {});
    }
}

void SpendMapPage::showCredits()
{
    m_credits->setText(figures().creditsText());
    m_credits->setAccessibleName(m_credits->text());
    m_credits->setToolTip(figures().creditsDetail());
    m_credits->setVisible(!m_answer.view->credits.empty());
}

void SpendMapPage::showEmpty()
{
    if (hasCharges())
        m_empty->setText({tr("Nothing to draw in %1").arg(context().view.periodName()),
            figures().whyNothingIsDrawn(), tr("Show as table"), {}});
    else
        sayWhyEmpty();
    m_body->setCurrentWidget(m_empty);
}

void SpendMapPage::sayWhyEmpty()
{
    const ViewContext& view = context().view;
    const LedgerFacts& facts = view.facts();
    switch (view.whyEmpty()) {
    case WhyEmpty::Reading:
        return m_empty->setText({tr("Reading\u2026"), {}, {}, {}});
    case WhyEmpty::NothingImported:
        return m_empty->setText({tr("Import a bill to draw your map"),
            tr("Drop a cost export here: FOCUS as CSV or CSV.GZ, one file, several, or an Azure export folder."),
            context().session.principal().mayChange() ? tr("Import files\u2026") : QString{}, {}});
    case WhyEmpty::NothingDelivered:
        return m_empty->setText({tr("No data for %1").arg(view.periodName()),
            tr("The latest data are of %1.")
                .arg(facts.months.empty() ? QString{}
                                          : periodText(facts.months.back(), facts.calendar)),
            tr("Go to the latest data"), {}});
    case WhyEmpty::FilteredOut:
        return m_empty->setText({tr("No spend here in %1").arg(view.periodName()),
            tr("The filter leaves nothing over."), tr("Clear the filter"), {}});
    case WhyEmpty::NoneFound:
        return m_empty->setText({tr("No spend in %1").arg(view.periodName()),
            tr("The ledger has data for %1.").arg(rangeText(*facts.days)),
            tr("Go to the latest data"), {}});
    }
}

void SpendMapPage::drillTo(const QString& key)
{
    const MapNode* node = figures().node(key);
    if (!node) {
        if (key.endsWith(QChar{u'\u2026'})) // the remainder: the table names what is in it
            toggleTable();
        return;
    }
    const std::vector<DrillStep> steps = figures().stepsTo(*node);
    const std::string& last = mapNestings()[m_nesting].dimensions.back();
    const bool atTheEnd = std::ranges::find(steps, last, &DrillStep::dimension) != steps.end();
    context().view.setDrill(steps);
    if (atTheEnd)
        emit pageWanted(PageId::Charges);
}

void SpendMapPage::drillBackTo(int step)
{
    std::vector<DrillStep> steps = context().view.drill();
    steps.resize(std::min(steps.size(), static_cast<std::size_t>(step)));
    context().view.setDrill(std::move(steps));
}

void SpendMapPage::toggleTable()
{
    const QString key = selectedKey();
    m_tableWanted = !m_tableWanted;
    if (hasCharges()) {
        showBody();
        fitFooter();
        setFocusProxy(m_tableWanted ? static_cast<QWidget*>(m_table) : m_map);
        m_body->currentWidget()->setFocus();
        if (m_tableWanted)
            m_table->setCurrentIndex(m_model->indexOfKey(key));
        else
            m_map->setCurrentKey(key);
    }
    emit stateChanged();
}

QString SpendMapPage::selectedKey() const
{
    if (m_body->currentWidget() == m_table)
        return m_table->currentIndex().data(KeyRole).toString();
    return m_map->current() ? m_map->shapes()[*m_map->current()].key : QString{};
}

std::optional<FigureSource> SpendMapPage::figure() const
{
    const QString key = selectedKey();
    if (const MapNode* node = figures().node(key))
        return figures().sourceOf(*node);
    // With nothing selected the page is about its total; the remainder of a group is no figure of
    // its own.
    return key.isEmpty() && hasCharges() ? std::optional{figures().sourceOfTotal()} : std::nullopt;
}

void SpendMapPage::showCharges()
{
    if (const MapNode* node = figures().node(selectedKey()))
        context().view.setDrill(figures().stepsTo(*node));
    emit pageWanted(PageId::Charges);
}

void SpendMapPage::copyPicture()
{
    m_map->copyPicture();
}

void SpendMapPage::copyData()
{
    m_map->copyData();
}

void SpendMapPage::forget()
{
    m_task.cancel();
    m_answer = {};
    m_order.clear();
    m_map->show({}, {});
    m_map->setAccessibleName(tr("Spend map"));
    m_model->show(std::make_shared<const MapView>(), {});
    m_breadcrumb->setSteps({});
    m_credits->hide();
    m_credits->setText({});
    m_credits->setAccessibleName({});
    m_credits->setToolTip({});
    m_shownDrill.clear();
    m_total->clear();
    for (const auto& [attribute, figure] : m_coverage)
        figure->clear();
    infoBar().clear();
    m_body->setCurrentWidget(m_map);
}

} // namespace sluice::ui
