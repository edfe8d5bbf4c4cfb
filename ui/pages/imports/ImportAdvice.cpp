// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/imports/ImportAdvice.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace sluice::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ImportAdvice", text);
}

QString press(ImportOffer offer)
{
    return tr("press \u201C%1\u201D").arg(offerText(offer));
}

// A command in backticks is for the command line and says so.
bool namesAnOption(const QString& clause)
{
    static const QRegularExpression Option{QStringLiteral("(^|[\\s(])--[a-z]")};
    return !clause.contains(u'`') && Option.match(clause).hasMatch();
}

// What one may do, each for itself: "IF THIS, do so; or IF THAT, do otherwise".
QStringList clausesOf(const QString& fix)
{
    static const QRegularExpression Between{QStringLiteral("; |, (?=or )")};
    return fix.split(Between, Qt::SkipEmptyParts);
}

QString inWordsOfTheWindow(QString clause, Refused what, ImportAdvice& advice)
{
    static const QRegularExpression NamedSource{QStringLiteral("say --source (?!NAME\\b)(.+)")};
    clause.remove(QStringLiteral(" (--map FILE)"));
    clause.replace(QStringLiteral("say --replace-smaller"), press(ImportOffer::ReplaceAnyway));
    if (what == Refused::Retry || !clause.contains(QStringLiteral("--source ")))
        return clause;
    if (const auto named = NamedSource.match(clause); named.hasMatch()) {
        advice.source = named.captured(1);
        clause.replace(named.capturedStart(), named.capturedLength(),
            tr("%1 and say %2").arg(press(ImportOffer::Source), advice.source));
    }
    clause.replace(QStringLiteral("say --source NAME"), press(ImportOffer::Source));
    clause.replace(QStringLiteral("--source NAME"), press(ImportOffer::Source));
    if (!namesAnOption(clause))
        advice.offers.push_back(ImportOffer::Source);
    return clause;
}

} // namespace

QString offerText(ImportOffer offer)
{
    switch (offer) {
    case ImportOffer::Mapping:
        return tr("Import with a mapping\u2026");
    case ImportOffer::ReplaceAnyway:
        return tr("Replace anyway");
    case ImportOffer::Source:
        return tr("Import under another source\u2026");
    case ImportOffer::BringBack:
        return tr("Bring it back");
    }
    return {};
}

ImportAdvice ImportAdvice::of(const Error& error, Refused what)
{
    ImportAdvice advice{error, {}, {}};
    if (error.code == ErrorCode::MissingColumns && what == Refused::Import)
        advice.offers.push_back(ImportOffer::Mapping);
    if (error.code == ErrorCode::SmallerDelivery)
        advice.offers.push_back(ImportOffer::ReplaceAnyway);
    QStringList said;
    for (const QString& clause : clausesOf(QString::fromStdString(error.fix))) {
        const QString text = inWordsOfTheWindow(clause, what, advice);
        if (!namesAnOption(text))
            said << text;
    }
    if (!said.isEmpty() && said.front().startsWith(QStringLiteral("or ")))
        said.front().remove(0, 3);
    advice.error.fix = said.join(QStringLiteral("; ")).toStdString();
    return advice;
}

} // namespace sluice::ui
