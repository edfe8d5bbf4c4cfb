// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"

#include <string>

namespace sluice {

// What each rule of FOCUS says about a file, read as an import reads it. Needs no ledger.
class ValidateVerb final : public Verb {
public:
    [[nodiscard]] VerbInfo info() const override;
    void declare(Options& options) override;
    Result<ExitCode> run(VerbContext& context) override;

    struct Request {
        std::string file;
        std::string rulesFile; // empty: our own rules
        std::string profile; // empty: recognised by columns
        std::string mappingFile; // empty: none
    };

private:
    Request m_request;
    bool m_all{false};
};

} // namespace sluice
