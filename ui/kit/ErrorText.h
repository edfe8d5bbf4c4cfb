// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Error.h"

#include <QString>

namespace sluice::ui {

// What a person reads: a headline in their language made from the code, and below it what happened
// where and what helps. The error's own words are the expert's and stay untranslated.
struct ErrorText {
    QString headline;
    QString detail; // may be empty

    static ErrorText of(const Error& error);
    // A part of an error as a sentence of its own: capital first, full stop last. Empty stays so.
    static QString sentence(const std::string& part);
    // Headline and detail, for the clipboard.
    [[nodiscard]] QString whole() const;
};

} // namespace sluice::ui
