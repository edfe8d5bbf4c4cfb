// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Check.h"

#include <unistd.h>

namespace sluice::test {

// While it lives, the rights of files count even where the tests run as the superuser.
class Unprivileged {
public:
    Unprivileged()
        : m_wasRoot{::geteuid() == 0}
    {
        if (m_wasRoot)
            SLUICE_CHECK(::seteuid(Nobody) == 0);
    }
    ~Unprivileged()
    {
        if (m_wasRoot)
            SLUICE_CHECK(::seteuid(0) == 0);
    }
    Unprivileged(const Unprivileged&) = delete;
    Unprivileged& operator=(const Unprivileged&) = delete;

private:
    static constexpr uid_t Nobody = 65534;
    bool m_wasRoot;
};

} // namespace sluice::test
