// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/Question.h"

#include <optional>

namespace sluice::ui {

class CreatePage;
class ImportJob;

enum class Leaving : std::uint8_t { ForAnotherLedger, Locked, ForGood };

// What to ask before the ledger is left for another one, locked, or the window closed; nothing:
// nothing would be lost by it.
std::optional<Question> questionBeforeLeaving(
    const CreatePage& create, const ImportJob& imports, Leaving leaving);

} // namespace sluice::ui
