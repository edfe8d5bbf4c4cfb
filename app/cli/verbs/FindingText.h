// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analytics/Findings.h"

#include <string>

namespace sluice {

// A finding as a sentence without its amounts: "Nobody owns OpenAI, Inference (account acc-1)".
std::string findingText(const Finding& finding);

} // namespace sluice
