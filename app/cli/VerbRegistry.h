// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/Verb.h"

#include <memory>
#include <string>
#include <vector>

namespace sluice {

// The verbs by name, in the order in which the overview shows them.
class VerbRegistry {
public:
    void add(std::unique_ptr<Verb> verb) { m_verbs.push_back(std::move(verb)); }

    // The verb that the words begin with, the longer name first; null when there is none. `used` is
    // the number of words in its name.
    [[nodiscard]] Verb* find(const std::vector<std::string>& words, std::size_t& used) const;
    // The verbs of a group: "rules" has "rules check", "rules publish" and so on; empty when it is
    // no group.
    [[nodiscard]] std::vector<const Verb*> group(const std::string& word) const;
    // The name most like what was typed; empty when none is near.
    [[nodiscard]] std::string nearest(const std::vector<std::string>& words) const;
    [[nodiscard]] const std::vector<std::unique_ptr<Verb>>& verbs() const noexcept
    {
        return m_verbs;
    }

private:
    std::vector<std::unique_ptr<Verb>> m_verbs;
};

// Every verb there is.
VerbRegistry standardVerbs();

// The least number of letters to insert, delete, replace or swap with their neighbour that turns
// one into the other (optimal string alignment).
std::size_t editDistance(std::string_view a, std::string_view b);

} // namespace sluice
