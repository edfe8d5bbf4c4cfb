// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/Language.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>
#include <QTranslator>

#include <algorithm>

namespace sluice::ui {

namespace {

const QString Head = QStringLiteral("sluice_");

QString folder()
{
    return QStringLiteral(":/i18n");
}

} // namespace

std::vector<LanguageLine> installedLanguages()
{
    std::vector<LanguageLine> languages{{QStringLiteral("en"), QStringLiteral("English")}};
    const QStringList files
        = QDir{folder()}.entryList({Head + QStringLiteral("*.qm")}, QDir::Files, QDir::Name);
    for (const QString& file : files) {
        const QString code = file.mid(Head.size()).chopped(3);
        languages.push_back({code, QLocale{code}.nativeLanguageName()});
    }
    return languages;
}

QString languageFor(const QString& wanted, const QLocale& system)
{
    const auto languages = installedLanguages();
    const auto has = [&languages](const QString& code) {
        return std::ranges::find(languages, code, &LanguageLine::code) != languages.end();
    };
    const QString full = wanted == QStringLiteral("system") ? system.name() : wanted; // "pt_BR"
    for (const QString& code : {full, full.section(u'_', 0, 0)}) {
        if (has(code))
            return code;
    }
    return languages.front().code;
}

void installLanguage(QCoreApplication& application, const QString& code)
{
    auto* translator = new QTranslator{&application};
    if (translator->load(Head + code, folder()))
        QCoreApplication::installTranslator(translator);
    else
        delete translator; // the source is English
}

} // namespace sluice::ui
