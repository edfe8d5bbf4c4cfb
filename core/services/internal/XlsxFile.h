// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/DurableFile.h"
#include "core/services/TableSheet.h"

#include <memory>

namespace sluice {

// A workbook of one sheet that is being written: caption and header at once, then row by row, so
// that memory does not grow with the rows but by what the packed file takes: it is made in memory
// (the library seeks in it) and copied to the disk at the end. Values of the rows wait in an
// unlinked file in the folder of `path`, where the table is going to stand anyway. One thread at a
// time.
class XlsxFile {
public:
    static Result<XlsxFile> create(const TableSheet& sheet, const std::string& path);
    ~XlsxFile();
    XlsxFile(XlsxFile&& other) noexcept;
    XlsxFile& operator=(XlsxFile&&) = delete;
    XlsxFile(const XlsxFile&) = delete;
    XlsxFile& operator=(const XlsxFile&) = delete;

    Status row(const TableSheet::Row& cells);
    // Totals, notes, filters; then packs everything.
    Status finish(const TaskContext& context);
    Status copyTo(DurableWriter& file, const TaskContext& context) const;
    [[nodiscard]] std::uint64_t longNumbers() const noexcept;

private:
    struct Book;
    explicit XlsxFile(std::shared_ptr<Book> book);

    std::shared_ptr<Book> m_book; // shared with a packing that is not wanted any more
};

} // namespace sluice
