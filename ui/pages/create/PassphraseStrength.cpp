// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/create/PassphraseStrength.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace sluice::ui {

namespace {

constexpr int LengthMin = 8;
constexpr int FairBits = 40;
constexpr int StrongBits = 64;

QString tr(const char* text)
{
    return QCoreApplication::translate("PassphraseStrength", text);
}

// How many characters the person seems to choose from.
int alphabetOf(const QString& text)
{
    const auto any = [&text](auto&& test) { return std::any_of(text.begin(), text.end(), test); };
    int size = 0;
    size += any([](QChar c) { return c.isLower(); }) ? 26 : 0;
    size += any([](QChar c) { return c.isUpper(); }) ? 26 : 0;
    size += any([](QChar c) { return c.isDigit(); }) ? 10 : 0;
    size += any([](QChar c) { return !c.isLetterOrNumber(); }) ? 20 : 0;
    size += any([](QChar c) { return c.unicode() > 0x7F; }) ? 40 : 0;
    return std::max(size, 2);
}

} // namespace

PassphraseStrength PassphraseStrength::of(const QString& passphrase)
{
    if (passphrase.isEmpty())
        return {};
    // A character that repeats or continues the one before it (aaa, 123, cba) adds next to nothing.
    int fresh = 0;
    for (qsizetype i = 0; i < passphrase.size(); ++i) {
        const int step
            = i == 0 ? 99 : std::abs(passphrase[i].unicode() - passphrase[i - 1].unicode());
        fresh += step > 1 ? 1 : 0;
    }
    const auto distinct
        = static_cast<int>(QSet<QChar>(passphrase.begin(), passphrase.end()).size());
    const int counted = std::min(fresh, 3 * distinct);
    // Words of a language carry about half of what random characters would.
    const int bits = static_cast<int>(counted * std::log2(alphabetOf(passphrase)) * 0.55);
    if (passphrase.size() < LengthMin)
        return {Strength::TooShort, bits};
    return {bits < FairBits     ? Strength::Weak
            : bits < StrongBits ? Strength::Fair
                                : Strength::Strong,
        bits};
}

QString PassphraseStrength::text() const
{
    switch (strength) {
    case Strength::Empty:
        return tr(
            "Four or more words that do not belong together are easy to keep and hard to guess.");
    case Strength::TooShort:
        return tr("Too short: at least 8 characters.");
    case Strength::Weak:
        return tr("Weak: add a word or two.");
    case Strength::Fair:
        return tr("Fair. One more word would make it strong.");
    case Strength::Strong:
        return tr("Strong.");
    }
    return {};
}

} // namespace sluice::ui
