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
#include "ui/pages/spendmap/MapTiles.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace sluice::ui {

SpendMapPage::SpendMapPage(const PageContext& context, QWidget* parent)
    : Page{context, tr("Spend map"), parent}
    , m_task{context.session.pools().compute(), this}
{
    setObjectName(QStringLiteral("spendMapPage"));
    buildTitle();
    buildFigures();
    buildBody();
    buildFooter();
    connect(&context.view, &ViewContext::changed, this, &SpendMapPage::invalidate);
}

void SpendMapPage::buildTitle()
{
    m_breadcrumb = new Breadcrumb{this};
    connect(m_breadcrumb, &Breadcrumb::stepChosen, this, &SpendMapPage::drillBackTo);
    titleMiddle()->addWidget(m_breadcrumb, 1);
    m_colour = new Picker{QStringLiteral("colourPicker"), tr("Colour"), this};
    m_colour->setChoices({{tr("Category"), 0}, {tr("Change"), 1}});
    m_colour->setCurrent(0, tr("Category"));
    connect(m_colour, &Picker::chosen, this, [this](int value) {
        m_map->setColour(value == 1 ? TreemapColour::Change : TreemapColour::Category);
        m_colour->setCurrent(value, value == 1 ? tr("Change") : tr("Category"));
        m_legend->setVisible(value == 1);
    });
    m_group = new Picker{QStringLiteral("groupPicker"), tr("Group"), this};
    std::vector<Picker::Choice> choices;
    for (std::size_t i = 0; i < mapNestings().size(); ++i)
        choices.push_back({QCoreApplication::translate("MapNesting", mapNestings()[i].title), static_cast<int>(i)});
    m_group->setChoices(choices);
    m_group->setCurrent(0, choices[0].text);
    connect(m_group, &Picker::chosen, this, [this](int value) {
        m_nesting = static_cast<std::size_t>(value);
        m_group->setCurrent(value, QCoreApplication::translate("MapNesting", mapNestings()[m_nesting].title));
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
    for (QToolButton* button : {static_cast<QToolButton*>(m_colour), static_cast<QToolButton*>(m_group), table})
        titleEnd()->addWidget(button);
}

void SpendMapPage::buildFigures()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    m_total = new FigureButton{tr("Spend"), this};
    m_total->setObjectName(QStringLiteral("totalFigure"));
    connect(m_total, &FigureButton::clicked, this, [this] { emit figureSourceWanted(sourceOf(nullptr)); });
    row->addWidget(m_total, 4);
    for (const auto& [attribute, caption] : {std::pair{Attribute::Owner, tr("With an owner")},
             std::pair{Attribute::CostCentre, tr("With a cost centre")}, std::pair{Attribute::Workflow, tr("With a workflow")}}) {
        auto* figure = new FigureButton{caption, this};
        figure->setObjectName(QStringLiteral("coverage_") + QString::fromLatin1(attributeName(attribute)));
        connect(figure, &FigureButton::clicked, this, [this, covered = attribute, caption = caption] {
            FigureSource source = sourceOf(nullptr);
            const auto dimension = parseDimension(attributeName(covered));
            if (!dimension.ok())
                return;
            source.query.where.push_back({*dimension, {std::string{NoValue}}}); // what is missing is what one asks about
            source.drill.push_back({dimension->name, std::string{NoValue}, valueText(dimension->name, std::string{NoValue}, {})});
            source.title = tr("%1: what has none").arg(caption);
            source.value.clear();
            source.charges = 0;
            emit figureSourceWanted(source);
        });
        m_coverage.emplace_back(attribute, figure);
        row->addWidget(figure, 2);
    }
    content()->addLayout(row);
}

void SpendMapPage::buildBody()
{
    m_map = new Treemap{this};
    m_model = new SpendTreeModel{context().money, this};
    m_table = new RowTree{this};
    m_table->setObjectName(QStringLiteral("spendTable"));
    m_table->setAccessibleName(tr("Spend map as a table"));
    m_table->setModel(m_model);
    m_table->header()->setSectionResizeMode(SpendTreeModel::NameColumn, QHeaderView::Stretch);
    m_table->header()->setStretchLastSection(false);
    for (int column = SpendTreeModel::AmountColumn; column < SpendTreeModel::ColumnCount; ++column)
        m_table->header()->resizeSection(column, fontMetrics().horizontalAdvance(u'0') * (column == SpendTreeModel::ChangeColumn ? 26 : 18));
    m_empty = new EmptyState{this};
    m_body = new QStackedWidget{this};
    for (QWidget* widget : {static_cast<QWidget*>(m_map), static_cast<QWidget*>(m_table), static_cast<QWidget*>(m_empty)})
        m_body->addWidget(widget);
    content()->addWidget(m_body, 1);

    connect(m_map, &ChartCanvas::activated, this, &SpendMapPage::drillTo);
    connect(m_map, &ChartCanvas::upRequested, this, &SpendMapPage::goUp);
    connect(m_map, &ChartCanvas::tableRequested, this, &SpendMapPage::toggleTable);
    connect(m_map, &ChartCanvas::sourceRequested, this, &SpendMapPage::showSource);
    connect(m_map, &ChartCanvas::chargesRequested, this, &SpendMapPage::showCharges);
    connect(m_map, &ChartCanvas::currentChanged, this, &SpendMapPage::stateChanged);
    connect(m_table, &RowTree::rowOpened, this, [this](const QModelIndex& index) { drillTo(index.data(KeyRole).toString()); });
    connect(m_table, &RowTree::upRequested, this, &SpendMapPage::goUp);
    connect(m_table, &RowTree::currentRowChanged, this, &SpendMapPage::stateChanged);
    connect(m_empty, &EmptyState::primaryTriggered, this, [this] {
        if (context().view.facts().days)
            context().view.setPeriod(firstPeriod(context().view.facts()));
        else
            emit importWanted();
    });
    connect(m_empty, &EmptyState::secondaryTriggered, this, [this] { context().view.setDrill({}); });
}

void SpendMapPage::buildFooter()
{
    m_credits = new QLabel{this};
    m_credits->setObjectName(QStringLiteral("credits"));
    m_credits->setProperty("role", QStringLiteral("muted"));
    m_credits->setWordWrap(true);
    m_legend = new ChangeLegend{this};
    m_legend->hide();
    m_hints = new QLabel{tr("\u2190\u2191\u2192\u2193 move    Enter drill    Backspace up    Ctrl+Enter charges    Ctrl+E source"), this};
    m_hints->setProperty("role", QStringLiteral("muted"));
    m_hints->setFont(sized(font(), TextSize::Caption));
    auto* row = new QHBoxLayout;
    row->addWidget(m_legend);
    row->addWidget(m_credits, 1);
    row->addWidget(m_hints);
    content()->addLayout(row);
}

QString SpendMapPage::beforeName() const
{
    const auto period = context().view.period();
    if (!period)
        return {};
    return periodText(periodBefore(*period, context().view.facts()), context().view.facts().calendar);
}

void SpendMapPage::ask()
{
    MapQuestion question;
    question.query = context().view.query();
    const auto& drill = context().view.drill();
    for (const std::string& dimension : mapNestings()[m_nesting].dimensions) {
        if (std::ranges::find(drill, dimension, &DrillStep::dimension) == drill.end())
            question.dimensions.push_back(dimension);
    }
    // Dimensions in front of the last one drilled through were passed over: they stay behind.
    if (!drill.empty()) {
        const auto& all = mapNestings()[m_nesting].dimensions;
        const auto last = std::ranges::find(all, drill.back().dimension);
        question.dimensions.assign(last == all.end() ? all.begin() : last + 1, all.end());
        if (question.dimensions.empty())
            question.dimensions.push_back(drill.back().dimension);
    }
    if (const auto period = context().view.period())
        question.before = periodBefore(*period, context().view.facts());
    question.currency = context().view.currency();
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
        [workspace = context().session.workspace(), principal = context().session.principal(), question](const TaskContext& task) {
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
    const QString shown = m_answer.inner.empty() ? dimensionText(m_answer.outer)
                                                 : tr("%1 \u203A %2").arg(dimensionText(m_answer.outer), dimensionText(m_answer.inner));
    m_map->show(mapTiles(*m_answer.view, context().money, beforeName()),
        [money = context().money, currency = m_answer.view->currency](Int128 amount) { return money.compact(amount, currency); });
    m_map->setAccessibleName(tr("Spend map: %1, %2").arg(shown, context().view.sentence()));
    m_model->show(m_answer.view, shown);
    m_table->expandAll();
    m_legend->setCaption(tr("Against %1:").arg(beforeName()));
    showFigures(m_answer);
    showCredits();
    if (m_answer.view->charges == 0)
        showEmpty();
    else
        m_body->setCurrentWidget(m_tableWanted ? static_cast<QWidget*>(m_table) : m_map);
    m_hints->setVisible(m_body->currentWidget() != m_empty);
    if (m_answer.view->currency.isSet())
        emit currenciesKnown(m_answer.view->currencies, m_answer.view->currency);
    emit stateChanged();
    emit answered();
}

void SpendMapPage::showFigures(const MapAnswer& answer)
{
    const MapView& view = *answer.view;
    const MoneyText& money = context().money;
    if (view.charges == 0) {
        m_total->clear();
    } else {
        QStringList notes;
        if (view.before)
            notes << tr("%1 against %2").arg(money.change(view.total, *view.before), beforeName());
        notes << tr("%1 charges").arg(money.count(view.charges));
        m_total->setFigure(money.withCode(view.total, view.currency), notes.join(QStringLiteral(" \u00B7 ")), money.compactWithCode(view.total, view.currency));
    }
    for (const auto& [attribute, figure] : m_coverage) {
        const auto found = std::ranges::find(answer.coverage, attribute, &Coverage::attribute);
        if (found == answer.coverage.end() || !found->hasShare())
            figure->clear();
        else
            figure->setFigure(money.percent(found->covered, found->total),
                tr("%1 without").arg(money.compact(found->total - found->covered, found->currency)), {});
    }
}

void SpendMapPage::showCredits()
{
    const MapView& view = *m_answer.view;
    Int128 sum = 0;
    QStringList names;
    constexpr qsizetype NamesMax = 3;
    for (const MapNode& credit : view.credits) {
        sum += credit.amount;
        if (names.size() < NamesMax)
            names << tr("%1 %2").arg(credit.name, context().money.compact(credit.amount, view.currency));
    }
    m_credits->setText(view.credits.empty() ? QString{}
                                            : tr("Credits, not drawn: %1 (%2)").arg(context().money.compactWithCode(sum, view.currency), names.join(QStringLiteral(", "))));
}

void SpendMapPage::showEmpty()
{
    const LedgerFacts& facts = context().view.facts();
    if (!facts.days) {
        m_empty->setText({tr("Import a bill to draw your map"), tr("Drop a cost export here: FOCUS as CSV or CSV.GZ, one file, several, or an Azure export folder."),
            tr("Import files\u2026"), {}});
    } else if (!context().view.drill().empty()) {
        m_empty->setText({tr("No spend here in %1").arg(context().view.periodName()), tr("The filter leaves nothing over."), tr("Go to the latest data"), tr("Clear the filter")});
    } else {
        m_empty->setText({tr("No spend in %1").arg(context().view.periodName()),
            tr("The ledger has days from %1 to %2.").arg(dateText(facts.days->first), dateText(facts.days->end.plusDays(-1))), tr("Go to the latest data"), {}});
    }
    m_body->setCurrentWidget(m_empty);
}

const MapNode* SpendMapPage::nodeOf(const QString& key) const
{
    if (!m_answer.view || key.isEmpty())
        return nullptr;
    for (const MapNode& group : m_answer.view->groups) {
        if (group.key == key)
            return &group;
        const auto leaf = std::ranges::find(group.children, key, &MapNode::key);
        if (leaf != group.children.end())
            return &*leaf;
    }
    const auto credit = std::ranges::find(m_answer.view->credits, key, &MapNode::key);
    return credit == m_answer.view->credits.end() ? nullptr : &*credit;
}

std::vector<DrillStep> SpendMapPage::stepsTo(const MapNode& node) const
{
    std::vector<DrillStep> steps = context().view.drill();
    const MapNode* group = node.path.size() > 1 ? nodeOf(QString::fromStdString(node.path.front())) : &node;
    const auto add = [&steps](const DrillStep& step) {
        if (std::ranges::find(steps, step) == steps.end())
            steps.push_back(step);
    };
    add({m_answer.outer, node.path.front(), group ? group->name : QString::fromStdString(node.path.front())});
    if (node.path.size() > 1)
        add({m_answer.inner, node.path.back(), node.name});
    return steps;
}

void SpendMapPage::drillTo(const QString& key)
{
    const MapNode* node = nodeOf(key);
    if (!node) {
        if (key.endsWith(QChar{u'\u2026'})) // the remainder: the table names what is in it
            toggleTable();
        return;
    }
    const std::vector<DrillStep> steps = stepsTo(*node);
    const std::string& last = mapNestings()[m_nesting].dimensions.back();
    const bool atTheEnd = std::ranges::find(steps, last, &DrillStep::dimension) != steps.end();
    context().view.setDrill(steps);
    if (atTheEnd)
        emit chargesWanted();
}

void SpendMapPage::drillBackTo(int step)
{
    std::vector<DrillStep> steps = context().view.drill();
    steps.resize(std::min(steps.size(), static_cast<std::size_t>(step)));
    context().view.setDrill(std::move(steps));
}

void SpendMapPage::goUp()
{
    if (canGoUp())
        drillBackTo(static_cast<int>(context().view.drill().size()) - 1);
}

bool SpendMapPage::showsTable() const
{
    return m_tableWanted;
}

void SpendMapPage::toggleTable()
{
    const QString key = selectedKey();
    m_tableWanted = !m_tableWanted;
    if (m_answer.view && m_answer.view->charges > 0) {
        m_body->setCurrentWidget(m_tableWanted ? static_cast<QWidget*>(m_table) : m_map);
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

FigureSource SpendMapPage::sourceOf(const MapNode* node) const
{
    FigureSource source;
    source.query = context().view.query();
    source.drill = context().view.drill();
    source.title = context().view.sentence();
    if (!m_answer.view)
        return source;
    const MapView& view = *m_answer.view;
    source.value = context().money.withCode(node ? node->amount : view.total, view.currency);
    source.charges = node ? node->charges : view.charges;
    if (!node)
        return source;
    QStringList names;
    source.drill = stepsTo(*node);
    source.query.where.clear();
    for (const DrillStep& step : source.drill) {
        const auto dimension = parseDimension(step.dimension);
        if (dimension.ok())
            source.query.where.push_back({*dimension, {step.value}});
        names << step.name;
    }
    source.title = names.join(QStringLiteral(" \u203A ")) + QStringLiteral(" \u00B7 ") + context().view.periodName();
    return source;
}

std::optional<FigureSource> SpendMapPage::figure() const
{
    const MapNode* node = nodeOf(selectedKey());
    return node ? std::optional{sourceOf(node)} : std::nullopt;
}

void SpendMapPage::showSource()
{
    emit figureSourceWanted(sourceOf(nodeOf(selectedKey())));
}

void SpendMapPage::showCharges()
{
    if (const MapNode* node = nodeOf(selectedKey()))
        context().view.setDrill(stepsTo(*node));
    emit chargesWanted();
}

void SpendMapPage::copyPicture()
{
    m_map->copyPicture();
}

void SpendMapPage::copyData()
{
    m_map->copyData();
}

void SpendMapPage::clear()
{
    m_task.cancel();
    m_answer = {};
    m_order.clear();
    m_map->show({}, {});
    m_map->setAccessibleName(tr("Spend map"));
    m_model->show(std::make_shared<const MapView>(), {});
    m_breadcrumb->setSteps({});
    m_credits->clear();
    m_total->clear();
    for (const auto& [attribute, figure] : m_coverage)
        figure->clear();
    infoBar().clear();
    m_body->setCurrentWidget(m_map);
}

} // namespace sluice::ui
