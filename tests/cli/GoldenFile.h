// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace sluice::test {

// What one command printed, line by line.
struct Transcript {
    QStringList out;
    QStringList err;
    int exitCode{0};
    bool operator==(const Transcript&) const = default;
};

// A command and what it is to print.
struct GoldenStep {
    QStringList before; // comments and blank lines above it
    QString command;
    Transcript expected;
};

// A session on the command line as a text:
//   # a comment          @ NAME: the commands of setups/NAME.txt come first
//   $ sluice-cli verb …  a command
//   | text               a line of its standard output
//   ! text               a line of its error output
//   = 3                  its exit code, where it is not 0
struct GoldenFile {
    QList<GoldenStep> steps;
    QStringList setups;
    QStringList after; // comments below the last command

    static GoldenFile parse(const QString& text);
    [[nodiscard]] QString print() const;
};

// Splits a command at blanks; '…' and "…" hold blanks together.
QStringList wordsOf(const QString& command);

} // namespace sluice::test
