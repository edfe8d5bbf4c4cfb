// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

// The words that a verb takes: declared with the variables they are read into, then parsed once.
// The variables outlive it. The one place that knows the library behind it.
class Options {
public:
    Options();
    ~Options();
    Options(const Options&) = delete;
    Options& operator=(const Options&) = delete;

    // In their order on the command line. `name` is what help calls it: "LEDGER".
    void argument(const std::string& name, std::string& value, const std::string& help);
    void optionalArgument(const std::string& name, std::string& value, const std::string& help);
    void arguments(const std::string& name, std::vector<std::string>& values,
        const std::string& help); // one or more

    // "--limit", read from the next word. `placeholder` is what help calls that word: "N".
    struct Named {
        std::string flag;
        std::string placeholder;
        std::string help;
    };
    void option(const Named& named, std::string& value);
    void option(const Named& named, int& value);
    void option(const Named& named, std::uint64_t& value);
    void option(const Named& named, std::optional<std::uint32_t>& value);
    void count(const Named& named, std::size_t& value); // 1 or more
    void list(
        const Named& named, std::vector<std::string>& values); // "--by a,b" or "--by a --by b"
    void repeated(
        const Named& named, std::vector<std::string>& values); // "--where a=1 --where b=2"
    void flag(const std::string& flag, bool& value, const std::string& help);

    // Usage when the words do not fit; values that were not given stay as they are.
    Status parse(std::vector<std::string> words);

    struct Entry {
        std::string left;
        std::string help;
        bool required{false};
    };
    // For help, in the order of declaration.
    [[nodiscard]] const std::vector<Entry>& argumentEntries() const noexcept { return m_arguments; }
    [[nodiscard]] const std::vector<Entry>& optionEntries() const noexcept { return m_options; }

private:
    struct Parser;
    std::unique_ptr<Parser> m_parser;
    std::vector<Entry> m_arguments;
    std::vector<Entry> m_options;
};

} // namespace sluice
