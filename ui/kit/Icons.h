// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/kit/Theme.h"

#include <QIcon>

#include <string_view>

namespace sluice::ui {

// The icon resources/icons/NAME.svg, drawn in a token's colour of whichever theme the program shows
// at that moment. The files are our own: 20 × 20, strokes in currentColor. An unknown name is our
// bug and ends the program.
[[nodiscard]] QIcon icon(std::string_view name, Token token = Token::Muted);
// The program's own mark, in its colours.
[[nodiscard]] QIcon applicationIcon();

} // namespace sluice::ui
