// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/SessionWatch.h"

namespace sluice::ui {

std::unique_ptr<SessionWatch> systemSessionWatch()
{
    return std::make_unique<SessionWatch>();
}

} // namespace sluice::ui
