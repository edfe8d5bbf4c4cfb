// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Options.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace sluice {

struct Options::Parser {
    CLI::App app;
    Parser()
    {
        app.set_help_flag(); // help is asked for in front of the parser
        app.allow_extras(); // words too many get a message of our own
    }
};

Options::Options()
    : m_parser{std::make_unique<Parser>()}
{
}

Options::~Options() = default;

void Options::argument(const std::string& name, std::string& value, const std::string& help)
{
    m_parser->app.add_option(name, value)->required();
    m_arguments.push_back({name, help, true});
}

void Options::optionalArgument(const std::string& name, std::string& value, const std::string& help)
{
    m_parser->app.add_option(name, value);
    m_arguments.push_back({name, help, false});
}

void Options::arguments(
    const std::string& name, std::vector<std::string>& values, const std::string& help)
{
    m_parser->app.add_option(name, values)->required();
    m_arguments.push_back({name + "…", help, true});
}

void Options::option(const Named& named, std::string& value)
{
    // A script's variable that holds nothing must not count as an option that was not given.
    const auto isFilled = [](const std::string& text) {
        return std::string{text.empty() ? "its value is empty" : ""};
    };
    m_parser->app.add_option(named.flag, value)->check(isFilled);
    m_options.push_back({named.flag + " " + named.placeholder, named.help});
}

void Options::option(const Named& named, int& value)
{
    m_parser->app.add_option(named.flag, value);
    m_options.push_back({named.flag + " " + named.placeholder, named.help});
}

void Options::option(const Named& named, std::uint64_t& value)
{
    m_parser->app.add_option(named.flag, value);
    m_options.push_back({named.flag + " " + named.placeholder, named.help});
}

void Options::option(const Named& named, std::optional<std::uint32_t>& value)
{
    m_parser->app.add_option(named.flag, value);
    m_options.push_back({named.flag + " " + named.placeholder, named.help});
}

void Options::count(const Named& named, std::size_t& value)
{
    m_parser->app.add_option_function<std::int64_t>(
        named.flag, [&value, flag = named.flag](std::int64_t given) {
            if (given < 1)
                throw CLI::ConversionError(
                    "Could not convert: " + flag + " = " + std::to_string(given));
            value = static_cast<std::size_t>(given);
        });
    m_options.push_back({named.flag + " " + named.placeholder, named.help});
}

void Options::list(const Named& named, std::vector<std::string>& values)
{
    m_parser->app.add_option(named.flag, values)->delimiter(',')->allow_extra_args(false);
    m_options.push_back({named.flag + " " + named.placeholder, named.help});
}

void Options::repeated(const Named& named, std::vector<std::string>& values)
{
    m_parser->app.add_option(named.flag, values)->allow_extra_args(false);
    m_options.push_back({named.flag + " " + named.placeholder, named.help});
}

void Options::flag(const std::string& flag, bool& value, const std::string& help)
{
    m_parser->app.add_flag(flag, value);
    m_options.push_back({flag, help});
}

Status Options::parse(std::vector<std::string> words)
{
    std::reverse(words.begin(), words.end()); // as the library wants them
    try {
        m_parser->app.parse(words);
    } catch (const CLI::ConversionError& error) {
        const std::string what = error.what(); // "Could not convert: --limit = few"
        const std::string_view value
            = std::string_view{what}.substr(std::min(what.find(": ") + 2, what.size()));
        return Error{ErrorCode::Usage, {}, std::string{value} + " is not a number that fits", {}};
    } catch (const CLI::ParseError& error) {
        return Error{ErrorCode::Usage, {}, error.what(), {}};
    }
    const std::vector<std::string> extra = m_parser->app.remaining();
    if (extra.empty())
        return Status::success();
    const bool isOption = extra.front().starts_with('-');
    return Error{ErrorCode::Usage, {},
        (isOption ? "there is no option " : "there is no place for ") + extra.front(), {}};
}

} // namespace sluice
