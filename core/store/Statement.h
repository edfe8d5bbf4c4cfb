// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <thread>

struct sqlite3;
struct sqlite3_stmt;

namespace sluice {

// A compiled statement: bind, step, read, reset, and again. Parameters count from 1, columns from
// 0. Lives shorter than its Connection and on the same thread. A failed bind is reported by the
// next step().
class Statement {
public:
    explicit Statement(sqlite3_stmt* statement);
    ~Statement();
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&& other) noexcept;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, std::optional<std::int64_t> value);
    Statement& bindNull(int parameter);
    Statement& bindText(int parameter, std::string_view value); // copied
    Statement& bindBlob(int parameter, std::span<const std::uint8_t> value); // copied
    // Not copied: the bytes must stay until the next reset() or bind of the parameter.
    Statement& bindTextRef(int parameter, std::string_view value);
    Statement& bindBlobRef(int parameter, std::span<const std::uint8_t> value);

    // true: a row is ready; false: done. After done or an error the statement is reset before it is
    // used again.
    Result<bool> step();
    // Steps to the end, drops rows, resets: the INSERT and UPDATE of a loop.
    Status run();
    void reset(); // keeps the bindings

    [[nodiscard]] int columnCount() const;
    [[nodiscard]] std::string_view columnName(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t columnInt(int column) const; // 0 for null
    [[nodiscard]] std::optional<std::int64_t> columnOptionalInt(int column) const;
    // Views of SQLite's memory, valid until the next step(), reset() or destruction; empty for
    // null.
    [[nodiscard]] std::string_view columnText(int column) const;
    [[nodiscard]] std::span<const std::uint8_t> columnBlob(int column) const;

    // The thread that must never wait for the disk. From then on a step() there stops the program:
    // it is our bug. A default-constructed id (the start) forbids nothing.
    static void setForbiddenThread(std::thread::id thread);
    static void checkThread();

private:
    void noteBind(int code);

    sqlite3_stmt* m_statement;
    int m_bindCode{0}; // the first failure since the last reset
};

} // namespace sluice
