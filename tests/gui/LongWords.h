// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QTranslator>

namespace sluice::test {

// A language that is longer than English by two fifths and likes long words, as German does. While
// it lives, what is made anew is in it.
class LongWords : public QTranslator {
public:
    LongWords() { QCoreApplication::installTranslator(this); }
    ~LongWords() override { QCoreApplication::removeTranslator(this); }
    LongWords(const LongWords&) = delete;
    LongWords& operator=(const LongWords&) = delete;

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(
        const char* /*context*/, const char* text, const char* /*remark*/, int /*n*/) const override
    {
        const QString source = QString::fromUtf8(text);
        QString out;
        qsizetype letters = 0;
        for (const QString& word : source.split(u' ')) {
            out += (out.isEmpty() ? QString{} : QStringLiteral(" ")) + word;
            letters += word.size();
            // a placeholder or a unit stays as it is
            const bool isWord = word.size() > 3 && !word.contains(u'%') && !word.contains(u'&');
            if (isWord)
                out.insert(out.size() - 1, QString{qMin<qsizetype>(letters * 2 / 5, 12), u'o'});
            letters = isWord ? 0 : letters;
        }
        return out;
    }
};

} // namespace sluice::test
