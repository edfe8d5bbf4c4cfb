// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/ProcessGuard.h"

#include <sys/resource.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace sluice {

void keepSecretsInThisProcess()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

} // namespace sluice
