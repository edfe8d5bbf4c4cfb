// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spendmap/MapFigures.h"

#include "core/base/Check.h"

#include <QCoreApplication>

#include <algorithm>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("MapFigures", text);
}

// Steps are made from our own nestings and attributes, so their dimensions exist.
void narrow(FigureSource& source, const DrillStep& step)
{
    const auto dimension = parseDimension(step.dimension);
    SLUICE_CHECK(dimension.ok());
    source.query.where.push_back({*dimension, {step.value}});
    source.drill.push_back(step);
}

} // namespace

const MapNode* MapFigures::node(const QString& key) const
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
    return nullptr;
}

std::vector<DrillStep> MapFigures::stepsTo(const MapNode& target) const
{
    std::vector<DrillStep> steps = m_context.view.drill();
    const QString outer = QString::fromStdString(target.path.front());
    const MapNode* group = node(outer);
    const auto add = [&steps](const DrillStep& step) {
        if (std::ranges::find(steps, step) == steps.end())
            steps.push_back(step);
    };
    add({m_answer.outer, target.path.front(), group ? group->name : outer});
    if (target.path.size() > 1)
        add({m_answer.inner, target.path.back(), target.name});
    return steps;
}

QString MapFigures::dataText(const QString& sentence) const
{
    if (!m_answer.view)
        return {};
    const MapView& view = *m_answer.view;
    const QString code = QString::fromLatin1(view.currency.code());
    const auto exact = [&view](Int128 amount) {
        return QString::fromStdString(toString(Decimal{amount, view.currency.scale()}));
    };
    const auto clean = [](QString text) { // a cell is one word of one line
        return text.replace(u'\t', u' ').replace(u'\n', u' ');
    };
    const bool deep = !m_answer.inner.empty();
    QStringList lines{tr("%1 \u00B7 %2 %3 in all").arg(sentence, code, exact(view.total))};
    QStringList titles{dimensionText(m_answer.outer)};
    if (deep)
        titles << dimensionText(m_answer.inner);
    titles << tr("Currency") << tr("Amount") << tr("Charges");
    lines << titles.join(u'\t');
    const auto add = [&](const MapNode& group, const MapNode* leaf) {
        QStringList cells{clean(group.name)};
        if (deep)
            cells << (leaf ? clean(leaf->name) : QString{});
        const MapNode& node = leaf ? *leaf : group;
        cells << code << exact(node.amount) << QString::number(node.charges);
        lines << cells.join(u'\t');
    };
    for (const MapNode& group : view.groups) {
        if (group.children.empty())
            add(group, nullptr);
        for (const MapNode& leaf : group.children)
            add(group, &leaf);
    }
    return lines.join(u'\n') + u'\n';
}

QString MapFigures::chargesText() const
{
    const MapView& view = *m_answer.view;
    const MoneyText& money = m_context.money;
    QString own
        = view.charges == 1 ? tr("1 charge") : tr("%1 charges").arg(money.count(view.charges));
    if (view.chargesElsewhere == 0)
        return own;
    QStringList codes;
    for (const Currency currency : view.currencies) {
        if (currency != view.currency)
            codes << QString::fromLatin1(currency.code());
    }
    const QString list = codes.join(QStringLiteral(", "));
    return view.chargesElsewhere == 1
        ? tr("%1 and 1 charge in %2").arg(own, list)
        : tr("%1 and %2 charges in %3").arg(own, money.count(view.chargesElsewhere), list);
}

Int128 MapFigures::credits() const
{
    Int128 sum = 0;
    for (const MapNode& credit : m_answer.view->credits)
        sum += credit.amount;
    return sum;
}

QString MapFigures::creditsText() const
{
    const MapView& view = *m_answer.view;
    const MoneyText& money = m_context.money;
    return tr("Drawn: %1. Credits, not drawn: %2")
        .arg(money.compactWithCode(view.drawn, view.currency),
            money.compactWithCode(credits(), view.currency));
}

QString MapFigures::creditsDetail() const
{
    constexpr std::size_t NamesMax = 3;
    const MapView& view = *m_answer.view;
    const MoneyText& money = m_context.money;
    QStringList lines;
    for (std::size_t i = 0; i < std::min(NamesMax, view.credits.size()); ++i)
        lines << tr("%1 %2").arg(
            view.credits[i].name, money.compact(view.credits[i].amount, view.currency));
    lines << tr("%1 drawn and %2 of credits: %3 in all")
                 .arg(money.withCode(view.drawn, view.currency),
                     money.withCode(credits(), view.currency),
                     money.withCode(view.total, view.currency));
    return lines.join(u'\n');
}

QString MapFigures::whyNothingIsDrawn() const
{
    const MapView& view = *m_answer.view;
    if (view.total < 0)
        return tr("The map draws spend, and here are credits alone: %1.")
            .arg(m_context.money.withCode(view.total, view.currency));
    const QString measure = measureText(m_context.view.measure()).toLower();
    return view.charges == 1 ? tr("The %1 of its one charge is 0 or not in the file.").arg(measure)
                             : tr("The %1 of all its %2 charges is 0 or not in the file.")
                                   .arg(measure, m_context.money.count(view.charges));
}

FigureSource MapFigures::sourceOfTotal() const
{
    FigureSource source;
    source.query = m_context.view.query();
    source.drill = m_context.view.drill();
    source.filter = m_context.view.filter();
    source.title = m_context.view.sentence();
    if (!m_answer.view)
        return source;
    const MapView& view = *m_answer.view;
    source.value = m_context.money.withCode(view.total, view.currency);
    source.charges = view.charges;
    if (view.currencies.size() > 1) { // the figure is of one of them, so its charges are too
        const std::string code{view.currency.code()};
        narrow(source, {"currency", code, QString::fromStdString(code)});
    }
    return source;
}

FigureSource MapFigures::sourceOf(const MapNode& node) const
{
    FigureSource source = sourceOfTotal();
    source.value = m_context.money.withCode(node.amount, m_answer.view->currency);
    source.charges = node.charges;
    QStringList names;
    for (const DrillStep& step : stepsTo(node)) {
        names << step.name;
        if (std::ranges::find(source.drill, step) == source.drill.end())
            narrow(source, step);
    }
    source.title = names.join(QStringLiteral(" \u203A ")) + QStringLiteral(" \u00B7 ")
        + m_context.view.periodName();
    return source;
}

FigureSource MapFigures::sourceOf(const Coverage& coverage, const QString& caption) const
{
    FigureSource source = sourceOfTotal();
    const QString share = m_context.money.percent(coverage.covered, coverage.total);
    source.title = tr("%1: %2 of %3").arg(caption, share, source.title);
    if (coverage.covered == coverage.total)
        return source;
    const std::string dimension{attributeName(coverage.attribute)};
    const std::string none{NoValue};
    narrow(source, {dimension, none, valueText(dimension, none, {})});
    source.title += QStringLiteral("\n") + tr("Here is what has none:");
    source.value = m_context.money.withCode(coverage.total - coverage.covered, coverage.currency);
    source.charges = 0;
    return source;
}

} // namespace sluice::ui
