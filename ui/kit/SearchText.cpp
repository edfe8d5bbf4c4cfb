// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/kit/SearchText.h"

namespace sluice::ui {

QString searchFolded(const QString& text)
{
    QString folded = text.normalized(QString::NormalizationForm_KD).toCaseFolded();
    folded.removeIf([](QChar c) { return c.category() == QChar::Mark_NonSpacing; });
    return folded.replace(u'\u00DF', QStringLiteral("ss"));
}

QStringList searchWords(const QString& text)
{
    return searchFolded(text).simplified().split(u' ', Qt::SkipEmptyParts);
}

} // namespace sluice::ui
