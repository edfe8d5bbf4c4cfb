// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Check.h"
#include "core/base/Error.h"

#include <type_traits>
#include <utility>
#include <variant>

namespace sluice {

// A value or the reason why there is none. For expected trouble only; our own bugs go to
// SLUICE_CHECK.
template <class Value>
class [[nodiscard]] Result {
public:
    Result(Value value)
        : m_data{std::in_place_index<0>, std::move(value)}
    {
    }
    Result(Error error)
        : m_data{std::in_place_index<1>, std::move(error)}
    {
    }

    [[nodiscard]] bool ok() const noexcept { return m_data.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    [[nodiscard]] const Value& value() const&
    {
        SLUICE_CHECK(ok());
        return *std::get_if<0>(&m_data);
    }
    [[nodiscard]] Value& value() &
    {
        SLUICE_CHECK(ok());
        return *std::get_if<0>(&m_data);
    }
    [[nodiscard]] Value&& value() &&
    {
        SLUICE_CHECK(ok());
        return std::move(*std::get_if<0>(&m_data));
    }
    [[nodiscard]] const Error& error() const&
    {
        SLUICE_CHECK(!ok());
        return *std::get_if<1>(&m_data);
    }
    [[nodiscard]] Error&& error() &&
    {
        SLUICE_CHECK(!ok());
        return std::move(*std::get_if<1>(&m_data));
    }
    const Value& operator*() const& { return value(); }
    Value& operator*() & { return value(); }
    Value&& operator*() && { return std::move(*this).value(); }
    const Value* operator->() const { return &value(); }
    Value* operator->() { return &value(); }

private:
    std::variant<Value, Error> m_data;
};

// Success without a value: `return Status::success();`.
struct Done {
    bool operator==(const Done&) const = default;
};
class [[nodiscard]] Status : public Result<Done> {
public:
    using Result<Done>::Result;
    Status()
        : Result<Done>{Done{}}
    {
    }
    static Status success() { return Status{}; }
};

} // namespace sluice

#define SLUICE_CONCAT_(a, b) a##b
#define SLUICE_CONCAT(a, b) SLUICE_CONCAT_(a, b)
// SLUICE_TRY(auto entry, find(id));  returns the Error to the caller, or declares `entry`.
#define SLUICE_TRY(declaration, expression)                                                        \
    SLUICE_TRY_(SLUICE_CONCAT(sluiceTry, __LINE__), declaration, expression)
#define SLUICE_TRY_(name, declaration, expression)                                                 \
    auto name = (expression);                                                                      \
    if (!name.ok()) [[unlikely]]                                                                   \
        return std::move(name).error();                                                            \
    declaration = std::move(name).value()
// SLUICE_TRY_DO(save(x));  returns the Error to the caller, or goes on.
#define SLUICE_TRY_DO(expression)                                                                  \
    do {                                                                                           \
        if (auto sluiceStatus = (expression); !sluiceStatus.ok()) [[unlikely]]                     \
            return std::move(sluiceStatus).error();                                                \
    } while (false)
