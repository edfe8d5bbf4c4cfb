// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/tables/DictionaryTable.h"

#include "core/ledger/ColumnCoding.h"
#include "core/store/tables/RowText.h"

namespace sluice {
namespace {

Error damaged(Connection& connection)
{
    return {ErrorCode::Damaged, connection.path(),
        "the dictionary of charge keys does not fit together",
        "Run verify, or open the newest backup"};
}

Status loadStrings(Connection& connection, KeyDictionary& dictionary)
{
    SLUICE_TRY(Statement query,
        connection.prepare("SELECT id, text FROM strings WHERE id >= ?1 ORDER BY id"));
    query.bind(1, static_cast<std::int64_t>(dictionary.strings().size()));
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return Status::success();
        if (dictionary.intern(query.columnText(1)) != static_cast<StringId>(query.columnInt(0)))
            return damaged(connection);
    }
}

} // namespace

Status loadDictionary(Connection& connection, KeyDictionary& dictionary)
{
    SLUICE_TRY_DO(loadStrings(connection, dictionary));
    SLUICE_TRY(Statement query,
        connection.prepare("SELECT id, cells FROM charge_keys WHERE id >= ?1 ORDER BY id"));
    query.bind(1, static_cast<std::int64_t>(dictionary.keyCount()));
    std::vector<std::uint64_t> numbers;
    std::vector<KeyCell> cells;
    for (;;) {
        SLUICE_TRY(const bool more, query.step());
        if (!more)
            return Status::success();
        ColumnReader reader{blobText(query, 1)};
        const std::uint64_t count = reader.number();
        if (count > 2 * query.columnBlob(1).size())
            return damaged(connection);
        reader.numbers(static_cast<std::size_t>(count), numbers);
        cells.clear();
        for (std::size_t i = 0; reader.ok() && i + 1 < numbers.size(); i += 2) {
            if (numbers[i] >= dictionary.strings().size()
                || numbers[i + 1] >= dictionary.strings().size())
                return damaged(connection);
            cells.push_back(
                {static_cast<StringId>(numbers[i]), static_cast<StringId>(numbers[i + 1])});
        }
        if (!reader.ok() || dictionary.internKey(cells) != static_cast<KeyId>(query.columnInt(0)))
            return damaged(connection);
    }
}

Status saveDictionary(Connection& connection, const KeyDictionary& dictionary,
    std::size_t firstString, std::size_t firstKey)
{
    SLUICE_TRY(
        Statement insertText, connection.prepare("INSERT INTO strings(id, text) VALUES (?1, ?2)"));
    for (std::size_t id = firstString; id < dictionary.strings().size(); ++id) {
        insertText.bind(1, static_cast<std::int64_t>(id))
            .bindTextRef(2, dictionary.text(static_cast<StringId>(id)));
        SLUICE_TRY_DO(insertText.run());
    }
    SLUICE_TRY(Statement insertKey,
        connection.prepare("INSERT INTO charge_keys(id, cells) VALUES (?1, ?2)"));
    std::vector<std::uint64_t> numbers;
    for (std::size_t id = firstKey; id < dictionary.keyCount(); ++id) {
        numbers.clear();
        for (const KeyCell& cell : dictionary.cells(static_cast<KeyId>(id))) {
            numbers.push_back(cell.field);
            numbers.push_back(cell.value);
        }
        ColumnWriter writer;
        writer.number(numbers.size());
        writer.numbers(numbers);
        insertKey.bind(1, static_cast<std::int64_t>(id)).bindBlobRef(2, bytesOf(writer.data()));
        SLUICE_TRY_DO(insertKey.run());
    }
    return Status::success();
}

} // namespace sluice
