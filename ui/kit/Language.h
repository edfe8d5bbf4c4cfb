// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

class QCoreApplication;
class QLocale;

namespace sluice::ui {

struct LanguageLine {
    QString code; // "en", "de"
    QString ownName; // as its speakers call it
};

// English, and each language that a translation is built in for (:/i18n/sluice_CODE.qm).
[[nodiscard]] std::vector<LanguageLine> installedLanguages();
// Which of them a person gets who chose `wanted`: a code, or "system" for that of `system`. English
// where there is no translation.
[[nodiscard]] QString languageFor(const QString& wanted, const QLocale& system);
// Before the first widget: texts are fetched when widgets are made.
void installLanguage(QCoreApplication& application, const QString& code);

} // namespace sluice::ui
