// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/GoldenFile.h"

namespace sluice::test {

namespace {

QString marked(QChar mark, const QString& line)
{
    return line.isEmpty() ? QString{mark} : mark + QStringLiteral(" ") + line;
}

} // namespace

GoldenFile GoldenFile::parse(const QString& text)
{
    GoldenFile file;
    QStringList before;
    QStringList lines = text.split(u'\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    for (const QString& line : lines) {
        const QChar mark = line.isEmpty() ? QChar{u' '} : line.front();
        const QString rest = line.mid(2);
        if (mark == u'$') {
            file.steps.append({before, rest, {}});
            before.clear();
        } else if (mark == u'|' && !file.steps.isEmpty()) {
            file.steps.last().expected.out.append(rest);
        } else if (mark == u'!' && !file.steps.isEmpty()) {
            file.steps.last().expected.err.append(rest);
        } else if (mark == u'=' && !file.steps.isEmpty()) {
            file.steps.last().expected.exitCode = rest.toInt();
        } else {
            before.append(line);
            if (mark == u'@')
                file.setups.append(rest);
        }
    }
    file.after = before;
    return file;
}

QString GoldenFile::print() const
{
    QStringList lines;
    for (const GoldenStep& step : steps) {
        lines += step.before;
        lines += marked(u'$', step.command);
        for (const QString& line : step.expected.out)
            lines += marked(u'|', line);
        for (const QString& line : step.expected.err)
            lines += marked(u'!', line);
        if (step.expected.exitCode != 0)
            lines += marked(u'=', QString::number(step.expected.exitCode));
    }
    lines += after;
    return lines.join(u'\n') + u'\n';
}

QStringList wordsOf(const QString& command)
{
    QStringList words;
    QString word;
    bool inWord = false;
    QChar quote;
    for (const QChar c : command) {
        if (!quote.isNull()) {
            if (c == quote)
                quote = {};
            else
                word += c;
        } else if (c == u'\'' || c == u'"') {
            quote = c;
            inWord = true;
        } else if (c == u' ') {
            if (inWord)
                words.append(word);
            word.clear();
            inWord = false;
        } else {
            word += c;
            inWord = true;
        }
    }
    if (inWord)
        words.append(word);
    return words;
}

} // namespace sluice::test
