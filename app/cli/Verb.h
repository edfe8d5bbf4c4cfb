// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/ExitCode.h"
#include "core/base/Result.h"

#include <string_view>

namespace sluice {

class Options;
class VerbContext;

// How a verb presents itself. Texts live as long as the program.
struct VerbInfo {
    std::string_view name; // one word or two: "org import"
    std::string_view summary; // one line
    std::string_view example; // a whole command
    std::string_view notes{}; // lines on what it takes: the form of a file, names; may be empty
};

// One thing that can be done on the command line. Made for one run: declare() binds its options,
// run() uses them.
class Verb {
public:
    Verb() = default;
    virtual ~Verb() = default;
    Verb(const Verb&) = delete;
    Verb& operator=(const Verb&) = delete;

    [[nodiscard]] virtual VerbInfo info() const = 0;
    virtual void declare(Options& options) = 0;
    // Errors are printed by the caller. An exit code other than Done means that the answer was
    // given all the same.
    virtual Result<ExitCode> run(VerbContext& context) = 0;
};

} // namespace sluice
