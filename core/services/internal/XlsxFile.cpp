// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/internal/XlsxFile.h"

#include "core/base/Check.h"
#include "core/base/Utf8.h"
#include "core/services/internal/XlsxCheck.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

namespace sluice {

namespace {

constexpr std::uint32_t RowsMax = 1'048'576; // of the format
constexpr std::size_t TextMax = 32'767; // characters of a cell, of the format
constexpr std::int64_t FirstDay
    = -25'508; // 1 March 1900: before it the format miscounts leap years
constexpr std::int64_t DayZero = 25'569; // 1 January 1970 as the format counts days
constexpr std::size_t DigitsKept = 15; // of a number in a spreadsheet

// What the format can hold: no NUL, UTF-8, not too long.
std::string cellText(std::string_view text)
{
    std::string out = repairUtf8(text.substr(0, 4 * TextMax));
    std::replace(out.begin(), out.end(), '\0', ' ');
    if (utf8Length(out) <= TextMax)
        return out;
    std::size_t end = 0;
    for (std::size_t i = 0; i < TextMax; ++i)
        end += utf8CharacterLength(std::string_view{out}.substr(end));
    return out.substr(0, end);
}

// Whether a spreadsheet shows all digits of it.
bool isKept(const std::string& exact)
{
    std::string digits;
    for (const char c : exact) {
        if (c >= '0' && c <= '9')
            digits += c;
    }
    const std::size_t first = digits.find_first_not_of('0');
    if (first == std::string::npos)
        return true;
    return digits.find_last_not_of('0') - first < DigitsKept;
}

std::string moneyFormat(Currency currency)
{
    const int digits = currency.minorDigits();
    return digits == 0 ? "#,##0" : "#,##0." + std::string(static_cast<std::size_t>(digits), '0');
}

// Room in memory for the packed file that the library opens by a name.
class MemoryFile {
public:
    MemoryFile()
        : m_file{::memfd_create("table", MFD_CLOEXEC | MFD_ALLOW_SEALING)}
    {
    }
    ~MemoryFile()
    {
        forget();
        if (m_file >= 0)
            ::close(m_file);
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    [[nodiscard]] bool isOpen() const { return m_file >= 0; }
    [[nodiscard]] std::string name() const { return "/proc/self/fd/" + std::to_string(m_file); }
    // Nothing more can be written: packing, which nobody can interrupt, fails at its next block.
    void refuseMore() const { ::fcntl(m_file, F_ADD_SEALS, F_SEAL_GROW); }
    // What was written; valid until the next call.
    [[nodiscard]] std::string_view content()
    {
        forget();
        struct stat facts { };
        if (::fstat(m_file, &facts) != 0 || facts.st_size == 0)
            return {};
        m_size = static_cast<std::size_t>(facts.st_size);
        m_view = ::mmap(nullptr, m_size, PROT_READ, MAP_SHARED, m_file, 0);
        return m_view == MAP_FAILED ? std::string_view{}
                                    : std::string_view{static_cast<const char*>(m_view), m_size};
    }

private:
    void forget()
    {
        if (m_view != MAP_FAILED)
            ::munmap(std::exchange(m_view, MAP_FAILED), m_size);
    }

    int m_file;
    void* m_view{MAP_FAILED};
    std::size_t m_size{0};
};

// Between the thread that packs and the one that looks whether it is still wanted.
struct Packing {
    struct Outcome {
        lxw_error error{LXW_NO_ERROR};
        int reason{0}; // errno
    };
    std::mutex mutex;
    std::condition_variable ended;
    std::optional<Outcome> outcome; // guarded by mutex
};

// The library packs in one go, which nobody can interrupt. On a cancel the packing is made to fail
// at its next block and left to itself: it has the book, and nothing of it is ever seen.
template <class Book>
Result<Packing::Outcome> packed(const std::shared_ptr<Book>& book, const TaskContext& context)
{
    const auto packing = std::make_shared<Packing>();
    // closing frees it, also when it fails
    std::thread packer{[book, packing, workbook = std::exchange(book->workbook, nullptr)] {
        errno = 0;
        const lxw_error error = workbook_close(workbook);
        const std::lock_guard lock{packing->mutex};
        packing->outcome = Packing::Outcome{error, errno};
        packing->ended.notify_one();
    }};
    constexpr std::chrono::milliseconds Look{20};
    std::unique_lock lock{packing->mutex};
    while (!packing->ended.wait_for(lock, Look, [&] { return packing->outcome.has_value(); })) {
        if (context.stopRequested()) {
            book->packed.refuseMore();
            packer.detach();
            return TaskContext::cancelled();
        }
    }
    lock.unlock();
    packer.join();
    if (context.stopRequested())
        return TaskContext::cancelled();
    return *packing->outcome;
}

} // namespace

struct XlsxFile::Book {
    Book(const TableSheet& shown, std::string target)
        : sheet{shown}
        , path{std::move(target)}
        , folder{std::filesystem::path{path}.parent_path().string()}
    {
        if (folder.empty())
            folder = ".";
    }
    ~Book()
    {
        if (workbook)
            lxw_workbook_free(workbook);
    }
    Book(const Book&) = delete;
    Book& operator=(const Book&) = delete;

    lxw_format* format(const std::string& number, bool bold);
    Status write(const TableCell& cell, std::uint16_t column, bool bold);
    Status text(std::string_view shown, std::uint16_t column, lxw_format* how);
    Status cells(const TableSheet::Row& values, bool bold);
    Status begin();
    Error failure(lxw_error error) const;

    const TableSheet& sheet;
    std::string path;
    std::string folder;
    MemoryFile packed;
    lxw_workbook* workbook{nullptr};
    lxw_worksheet* worksheet{nullptr};
    std::map<std::pair<std::string, bool>, lxw_format*> formats;
    std::uint32_t line{0}; // the next one
    std::uint32_t headerLine{0};
    std::uint16_t width{0}; // columns
    std::uint64_t longNumbers{0};
};

Error XlsxFile::Book::failure(lxw_error error) const
{
    // The library does not say why; where it kept errno, that does.
    if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG || errno == EACCES || errno == EROFS)
        return systemError(errno, path, "writing");
    return {ErrorCode::Io, path,
        std::string{"writing the spreadsheet failed: "} + lxw_strerror(error),
        "Check the disk and the temporary files in " + folder};
}

lxw_format* XlsxFile::Book::format(const std::string& number, bool bold)
{
    lxw_format*& found = formats[{number, bold}];
    if (!found) {
        found = workbook_add_format(workbook);
        if (!number.empty())
            format_set_num_format(found, number.c_str());
        if (bold)
            format_set_bold(found);
    }
    return found;
}

Status XlsxFile::Book::text(std::string_view shown, std::uint16_t column, lxw_format* how)
{
    const lxw_error error
        = worksheet_write_string(worksheet, line, column, cellText(shown).c_str(), how);
    return error == LXW_NO_ERROR ? Status::success() : Status{failure(error)};
}

Status XlsxFile::Book::write(const TableCell& cell, std::uint16_t column, bool bold)
{
    if (cell.none)
        return Status::success();
    std::string number;
    double value = 0; // what a spreadsheet holds; exact to the digits that it keeps
    switch (cell.kind) {
    case CellKind::Text:
        return text(cell.text, column, format({}, bold));
    case CellKind::Date:
        number = "yyyy-mm-dd";
        value = static_cast<double>(static_cast<std::int64_t>(cell.number.mantissa) + DayZero);
        break;
    case CellKind::Instant:
        number = "yyyy-mm-dd hh:mm:ss";
        value = static_cast<double>(static_cast<std::int64_t>(cell.number.mantissa) / 1'000'000)
                / static_cast<double>(Timestamp::SecondsPerDay)
            + static_cast<double>(DayZero);
        break;
    case CellKind::Money:
        number = moneyFormat(cell.currency);
        break;
    case CellKind::Count:
        number = "#,##0";
        break;
    case CellKind::Number:
        number = "General";
        break;
    case CellKind::Percent:
        number = "0.0%";
        break;
    }
    const std::string exact = cell.exactText();
    const bool isDay = cell.kind == CellKind::Date || cell.kind == CellKind::Instant;
    if (isDay ? value < static_cast<double>(FirstDay + DayZero) : !isKept(exact)) {
        longNumbers += isDay ? 0 : 1;
        return text(exact, column, format({}, bold));
    }
    if (!isDay)
        value = std::strtod(exact.c_str(), nullptr);
    const lxw_error error
        = worksheet_write_number(worksheet, line, column, value, format(number, bold));
    return error == LXW_NO_ERROR ? Status::success() : Status{failure(error)};
}

Status XlsxFile::Book::cells(const TableSheet::Row& values, bool bold)
{
    SLUICE_CHECK(values.size() == sheet.columns.size());
    std::uint16_t column = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        SLUICE_TRY_DO(write(values[i], column++, bold));
        if (!sheet.columns[i].codeColumn)
            continue;
        if (!values[i].none && values[i].currency.isSet())
            SLUICE_TRY_DO(text(values[i].currency.code(), column, format({}, bold)));
        ++column;
    }
    ++line;
    return Status::success();
}

Status XlsxFile::Book::begin()
{
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder.data();
    workbook = workbook_new_opt(packed.name().c_str(), &options);
    worksheet = workbook ? workbook_add_worksheet(workbook, nullptr) : nullptr;
    if (!worksheet)
        return failure(LXW_ERROR_CREATING_TMPFILE);
    for (const std::string& words : sheet.caption()) {
        SLUICE_TRY_DO(text(words, 0, line == 0 ? format({}, true) : nullptr));
        ++line;
    }
    headerLine = ++line; // a blank one above it
    for (const SheetColumn& column : sheet.columns) {
        constexpr double TextWidth = 24;
        constexpr double NumberWidth = 18;
        const double wide = column.kind == CellKind::Text ? TextWidth : NumberWidth;
        worksheet_set_column(worksheet, width, width, wide, nullptr);
        SLUICE_TRY_DO(text(column.title, width++, format({}, true)));
        if (column.codeColumn)
            SLUICE_TRY_DO(
                text(filledIn(sheet.words.currencyOf, column.title), width++, format({}, true)));
    }
    worksheet_freeze_panes(worksheet, ++line, 1);
    return Status::success();
}

XlsxFile::XlsxFile(std::shared_ptr<Book> book)
    : m_book{std::move(book)}
{
}

XlsxFile::XlsxFile(XlsxFile&& other) noexcept = default;
XlsxFile::~XlsxFile() = default;

Result<XlsxFile> XlsxFile::create(const TableSheet& sheet, const std::string& path)
{
    errno = 0;
    auto book = std::make_shared<Book>(sheet, path);
    if (!book->packed.isOpen())
        return systemError(errno, path, "making room in memory");
    SLUICE_TRY_DO(book->begin());
    return XlsxFile{std::move(book)};
}

Status XlsxFile::row(const TableSheet::Row& cells)
{
    const std::size_t room = RowsMax - m_book->sheet.totals.size() - 1;
    if (m_book->line >= room)
        return Error{ErrorCode::BadInput, m_book->path,
            "a spreadsheet has room for 1,048,576 rows and the table has more",
            "Narrow the filter, or export as CSV"};
    errno = 0;
    return m_book->cells(cells, false);
}

Status XlsxFile::finish(const TaskContext& context)
{
    Book& book = *m_book;
    errno = 0;
    const std::uint32_t lastLine = std::max(book.line, book.headerLine + 1) - 1;
    if (book.width > 0)
        worksheet_autofilter(
            book.worksheet, book.headerLine, 0, lastLine, static_cast<lxw_col_t>(book.width - 1));
    for (const TableSheet::Row& total : book.sheet.totals)
        SLUICE_TRY_DO(book.cells(total, true));
    if (book.longNumbers > 0)
        SLUICE_TRY_DO(book.text(
            filledIn(book.sheet.words.longNumbers, std::to_string(book.longNumbers)), 0, nullptr));
    SLUICE_TRY(const Packing::Outcome outcome, packed(m_book, context));
    errno = outcome.reason;
    return outcome.error == LXW_NO_ERROR ? Status::success() : Status{book.failure(outcome.error)};
}

Status XlsxFile::copyTo(DurableWriter& file, const TaskContext& context) const
{
    constexpr std::size_t Block = 1 << 20;
    std::string_view left = m_book->packed.content();
    SLUICE_TRY(const bool whole, isWholeXlsx(left, context));
    if (!whole)
        return Error{ErrorCode::DiskFull, m_book->path,
            "the temporary files of the spreadsheet could not be written to the end",
            "Free some space in " + m_book->folder + " and try again"};
    for (; !left.empty(); left.remove_prefix(std::min(left.size(), Block))) {
        if (context.stopRequested())
            return TaskContext::cancelled();
        SLUICE_TRY_DO(file.write(left.substr(0, Block)));
    }
    return Status::success();
}

std::uint64_t XlsxFile::longNumbers() const noexcept
{
    return m_book->longNumbers;
}

} // namespace sluice
