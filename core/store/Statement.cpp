// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/Statement.h"

#include "core/store/StoreError.h"

#include <sqlite3.h>

#include <atomic>
#include <utility>

namespace sluice {
namespace {

std::atomic<std::thread::id> forbiddenThread{};

} // namespace

void Statement::setForbiddenThread(std::thread::id thread)
{
    forbiddenThread.store(thread, std::memory_order_relaxed);
}

void Statement::checkThread()
{
    SLUICE_CHECK(forbiddenThread.load(std::memory_order_relaxed) != std::this_thread::get_id());
}

Statement::Statement(sqlite3_stmt* statement)
    : m_statement{statement}
{
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

Statement::Statement(Statement&& other) noexcept
    : m_statement{std::exchange(other.m_statement, nullptr)}
    , m_bindCode{std::exchange(other.m_bindCode, 0)}
{
}

Statement& Statement::operator=(Statement&& other) noexcept
{
    std::swap(m_statement, other.m_statement);
    std::swap(m_bindCode, other.m_bindCode);
    return *this;
}

void Statement::noteBind(int code)
{
    if (code != SQLITE_OK && m_bindCode == SQLITE_OK)
        m_bindCode = code;
}

Statement& Statement::bind(int parameter, std::int64_t value)
{
    noteBind(sqlite3_bind_int64(m_statement, parameter, value));
    return *this;
}

Statement& Statement::bind(int parameter, std::optional<std::int64_t> value)
{
    return value ? bind(parameter, *value) : bindNull(parameter);
}

Statement& Statement::bindNull(int parameter)
{
    noteBind(sqlite3_bind_null(m_statement, parameter));
    return *this;
}

Statement& Statement::bindText(int parameter, std::string_view value)
{
    // A null pointer would bind NULL, not the empty text.
    const char* data = value.data() ? value.data() : "";
    noteBind(sqlite3_bind_text64(
        m_statement, parameter, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bindTextRef(int parameter, std::string_view value)
{
    const char* data = value.data() ? value.data() : "";
    noteBind(sqlite3_bind_text64(
        m_statement, parameter, data, value.size(), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bindBlob(int parameter, std::span<const std::uint8_t> value)
{
    if (value.empty())
        noteBind(sqlite3_bind_zeroblob(m_statement, parameter, 0));
    else
        noteBind(sqlite3_bind_blob64(
            m_statement, parameter, value.data(), value.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bindBlobRef(int parameter, std::span<const std::uint8_t> value)
{
    if (value.empty())
        noteBind(sqlite3_bind_zeroblob(m_statement, parameter, 0));
    else
        noteBind(
            sqlite3_bind_blob64(m_statement, parameter, value.data(), value.size(), SQLITE_STATIC));
    return *this;
}

Result<bool> Statement::step()
{
    checkThread();
    sqlite3* const database = sqlite3_db_handle(m_statement);
    if (m_bindCode != SQLITE_OK)
        return storeError(m_bindCode, database, "binding a value");
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    // COMMIT and the like count as reading only; what reads has columns.
    const bool reads
        = sqlite3_stmt_readonly(m_statement) != 0 && sqlite3_column_count(m_statement) > 0;
    return storeError(code, database, reads ? "reading" : "writing");
}

Status Statement::run()
{
    while (true) {
        auto row = step();
        if (row.ok() && *row)
            continue;
        reset();
        if (!row.ok())
            return std::move(row).error();
        return Status::success();
    }
}

void Statement::reset()
{
    m_bindCode = SQLITE_OK;
    sqlite3_reset(m_statement); // repeats the code of a failed step, which was reported there
}

int Statement::columnCount() const
{
    return sqlite3_column_count(m_statement);
}

std::string_view Statement::columnName(int column) const
{
    const char* name = sqlite3_column_name(m_statement, column);
    return name ? name : "";
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

std::int64_t Statement::columnInt(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

std::optional<std::int64_t> Statement::columnOptionalInt(int column) const
{
    return isNull(column) ? std::nullopt : std::optional{columnInt(column)};
}

std::string_view Statement::columnText(int column) const
{
    // for text SQLite gives its UTF-8 bytes, without looking for a NUL
    const auto bytes = columnBlob(column);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const std::uint8_t> Statement::columnBlob(int column) const
{
    const void* data = sqlite3_column_blob(m_statement, column);
    const int size = sqlite3_column_bytes(m_statement, column);
    return {static_cast<const std::uint8_t*>(data), data ? static_cast<std::size_t>(size) : 0};
}

} // namespace sluice
