// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Options.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace sluice {

struct Options::Parser {
    CLI::App app;
    Parser() { app.set_help_flag(); } // help is asked for in front of the parser
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

void Options::arguments(const std::string& name, std::vector<std::string>& values, const std::string& help)
{
    m_parser->app.add_option(name, values)->required();
    m_arguments.push_back({name + "…", help, true});
}

void Options::option(const Named& named, std::string& value)
{
    m_parser->app.add_option(named.flag, value);
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
    } catch (const CLI::ParseError& error) {
        std::string what = error.what();
        what.erase(what.find_last_not_of(".\n ") + 1);
        return Error{ErrorCode::Usage, {}, std::move(what), {}};
    }
    return Status::success();
}

} // namespace sluice
