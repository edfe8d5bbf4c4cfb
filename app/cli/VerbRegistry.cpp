// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/VerbRegistry.h"

#include <algorithm>

namespace sluice {

namespace {

std::string firstWords(const std::vector<std::string>& words, std::size_t count)
{
    std::string name;
    for (std::size_t i = 0; i < std::min(count, words.size()); ++i)
        name += (i == 0 ? "" : " ") + words[i];
    return name;
}

} // namespace

Verb* VerbRegistry::find(const std::vector<std::string>& words, std::size_t& used) const
{
    for (used = std::min<std::size_t>(2, words.size()); used > 0; --used) {
        const std::string name = firstWords(words, used);
        const auto found = std::find_if(m_verbs.begin(), m_verbs.end(),
            [&name](const auto& verb) { return verb->info().name == name; });
        if (found != m_verbs.end())
            return found->get();
    }
    return nullptr;
}

std::vector<const Verb*> VerbRegistry::group(const std::string& word) const
{
    std::vector<const Verb*> members;
    for (const auto& verb : m_verbs) {
        if (verb->info().name.substr(0, word.size() + 1) == word + " ")
            members.push_back(verb.get());
    }
    return members;
}

std::string VerbRegistry::nearest(const std::vector<std::string>& words) const
{
    std::string best;
    std::size_t bestDistance = 4; // further away is another word
    for (std::size_t count = 1; count <= 2; ++count) {
        const std::string typed = firstWords(words, count);
        for (const auto& verb : m_verbs) {
            const std::string_view name = verb->info().name;
            const std::size_t distance = editDistance(typed, name);
            if (distance < bestDistance && 2 * distance < name.size()) {
                bestDistance = distance;
                best = name;
            }
        }
    }
    return best;
}

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::vector<std::size_t>> cost(
        a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            const std::size_t replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            cost[i][j] = std::min({replaced, cost[i - 1][j] + 1, cost[i][j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[a.size()][b.size()];
}

} // namespace sluice
