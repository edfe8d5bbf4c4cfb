// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/MemoryFs.h"

#include "core/base/Check.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace sluice::test {
namespace {

constexpr std::size_t SharedRegionSize = 32768;

struct MemoryFile {
    sqlite3_file base;
    MemoryFs* fs;
    MemoryFs::Node* node;
};

MemoryFile& self(sqlite3_file* file)
{
    return *reinterpret_cast<MemoryFile*>(file);
}

MemoryFs& fsOf(sqlite3_vfs* vfs)
{
    return *static_cast<MemoryFs*>(vfs->pAppData);
}

int closeFile(sqlite3_file* file)
{
    --self(file).node->openCount;
    return SQLITE_OK;
}

int readFile(sqlite3_file* file, void* into, int size, sqlite3_int64 offset)
{
    MemoryFs& fs = *self(file).fs;
    if (const int code = fs.before(MemoryFs::Operation::Read); code != SQLITE_OK)
        return code;
    const auto& bytes = self(file).node->current;
    auto wanted = static_cast<std::size_t>(size);
    if (fs.shortensRead())
        wanted /= 2;
    const std::size_t start = std::min(static_cast<std::size_t>(offset), bytes.size());
    const std::size_t got = std::min(wanted, bytes.size() - start);
    std::copy_n(bytes.data() + start, got, static_cast<std::uint8_t*>(into));
    if (got == static_cast<std::size_t>(size))
        return SQLITE_OK;
    std::memset(static_cast<std::uint8_t*>(into) + got, 0, static_cast<std::size_t>(size) - got);
    return SQLITE_IOERR_SHORT_READ;
}

int writeFile(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset)
{
    if (const int code = self(file).fs->before(MemoryFs::Operation::Write); code != SQLITE_OK)
        return code;
    MemoryFs::Node& node = *self(file).node;
    const auto at = static_cast<std::size_t>(offset);
    const auto count = static_cast<std::size_t>(size);
    const auto* bytes = static_cast<const std::uint8_t*>(from);
    node.current.resize(std::max(node.current.size(), at + count));
    std::copy_n(bytes, count, node.current.data() + at);
    node.unsynced.push_back({at, {bytes, bytes + count}});
    return SQLITE_OK;
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size)
{
    if (const int code = self(file).fs->before(MemoryFs::Operation::Write); code != SQLITE_OK)
        return code;
    self(file).node->current.resize(static_cast<std::size_t>(size));
    self(file).node->unsynced.push_back({static_cast<std::size_t>(size), {}});
    return SQLITE_OK;
}

int syncFile(sqlite3_file* file, int)
{
    if (const int code = self(file).fs->before(MemoryFs::Operation::Write); code != SQLITE_OK)
        return code;
    return self(file).fs->sync(*self(file).node);
}

int fileSize(sqlite3_file* file, sqlite3_int64* size)
{
    if (const int code = self(file).fs->before(MemoryFs::Operation::Other); code != SQLITE_OK)
        return code;
    *size = static_cast<sqlite3_int64>(self(file).node->current.size());
    return SQLITE_OK;
}

int lockFile(sqlite3_file*, int)
{
    return SQLITE_OK;
}

int checkReservedLock(sqlite3_file*, int* reserved)
{
    *reserved = 0;
    return SQLITE_OK;
}

int fileControl(sqlite3_file*, int, void*)
{
    return SQLITE_NOTFOUND;
}

int sectorSize(sqlite3_file* file)
{
    return static_cast<int>(self(file).fs->sectorSize());
}

int deviceCharacteristics(sqlite3_file* file)
{
    return self(file).fs->safeOverwrite() ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0;
}

int shmMap(sqlite3_file* file, int region, int size, int extend, void volatile** memory)
{
    SLUICE_CHECK(size == static_cast<int>(SharedRegionSize));
    auto& shared = self(file).node->shared;
    const auto index = static_cast<std::size_t>(region);
    *memory = nullptr;
    if (index >= shared.size() && extend == 0)
        return SQLITE_OK;
    while (shared.size() <= index)
        shared.push_back(std::make_unique<std::vector<std::uint8_t>>(SharedRegionSize));
    *memory = shared[index]->data();
    return SQLITE_OK;
}

int shmLock(sqlite3_file*, int, int, int)
{
    return SQLITE_OK;
}

void shmBarrier(sqlite3_file*) { }

int shmUnmap(sqlite3_file* file, int)
{
    self(file).node->shared.clear(); // one connection at a time: it was the last
    return SQLITE_OK;
}

const sqlite3_io_methods Methods{2, closeFile, readFile, writeFile, truncateFile, syncFile,
    fileSize, lockFile, lockFile, checkReservedLock, fileControl, sectorSize, deviceCharacteristics,
    shmMap, shmLock, shmBarrier, shmUnmap, nullptr, nullptr};

int openFile(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    file->pMethods = nullptr;
    MemoryFs& fs = fsOf(vfs);
    if (const int code = fs.before(MemoryFs::Operation::Other); code != SQLITE_OK)
        return code;
    const std::string path = name ? name : "temporary";
    MemoryFs::Node* node
        = (flags & SQLITE_OPEN_CREATE) != 0 ? fs.findOrCreate(path) : fs.find(path);
    if (!node)
        return SQLITE_CANTOPEN;
    ++node->openCount;
    self(file) = {{&Methods}, &fs, node};
    if (outFlags)
        *outFlags = flags;
    return SQLITE_OK;
}

int deleteFile(sqlite3_vfs* vfs, const char* name, int)
{
    if (const int code = fsOf(vfs).before(MemoryFs::Operation::Write); code != SQLITE_OK)
        return code;
    fsOf(vfs).remove(name);
    return SQLITE_OK;
}

int accessFile(sqlite3_vfs* vfs, const char* name, int, int* result)
{
    if (const int code = fsOf(vfs).before(MemoryFs::Operation::Other); code != SQLITE_OK)
        return code;
    *result = fsOf(vfs).find(name) ? 1 : 0;
    return SQLITE_OK;
}

int fullPathname(sqlite3_vfs*, const char* name, int size, char* out)
{
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int size, char* out)
{
    // SQLite's own numbers (the log's salts); those of the cipher come from the operating system.
    static SeededRandom random{2026};
    for (int i = 0; i < size; ++i)
        out[i] = static_cast<char>(random.next());
    return size;
}

int sleepFor(sqlite3_vfs*, int microseconds)
{
    return microseconds;
}

int currentTime(sqlite3_vfs*, sqlite3_int64* time)
{
    *time = 212'000'000'000'000;
    return SQLITE_OK;
}

int lastError(sqlite3_vfs*, int, char*)
{
    return 0;
}

} // namespace

MemoryFs::MemoryFs(std::string name)
    : m_name{std::move(name)}
    , m_vfs{std::make_unique<sqlite3_vfs>()}
{
    SLUICE_CHECK(sqlite3_initialize() == SQLITE_OK);
    m_vfs->iVersion = 2;
    m_vfs->szOsFile = sizeof(MemoryFile);
    m_vfs->mxPathname = 512;
    m_vfs->zName = m_name.c_str();
    m_vfs->pAppData = this;
    m_vfs->xOpen = openFile;
    m_vfs->xDelete = deleteFile;
    m_vfs->xAccess = accessFile;
    m_vfs->xFullPathname = fullPathname;
    m_vfs->xRandomness = randomness;
    m_vfs->xSleep = sleepFor;
    m_vfs->xGetLastError = lastError;
    m_vfs->xCurrentTimeInt64 = currentTime;
    SLUICE_CHECK(sqlite3_vfs_register(m_vfs.get(), 0) == SQLITE_OK);
}

MemoryFs::~MemoryFs()
{
    sqlite3mc_vfs_destroy(("multipleciphers-" + m_name).c_str());
    sqlite3_vfs_unregister(m_vfs.get());
}

void MemoryFs::reset(const Files& files)
{
    for (const auto& [path, node] : m_files)
        SLUICE_CHECK(node->openCount == 0);
    m_files.clear();
    for (const auto& [path, bytes] : files) {
        Node* node = findOrCreate(path);
        node->current = bytes;
        node->durable = bytes;
    }
    m_cut = {};
    m_fault = {};
    m_syncs = m_torn = m_dropped = m_operations = 0;
    m_off = m_faultHappened = m_shortRead = false;
}

MemoryFs::Files MemoryFs::files() const
{
    Files files;
    for (const auto& [path, node] : m_files)
        files[path] = m_off ? node->durable : node->current;
    return files;
}

void MemoryFs::setPowerCut(const PowerCut& cut)
{
    m_cut = cut;
    m_syncs = 0;
}

void MemoryFs::setFault(const Fault& fault)
{
    m_fault = fault;
    m_operations = 0;
    m_faultHappened = false;
}

int MemoryFs::before(Operation operation)
{
    m_shortRead = false;
    if (m_off)
        return SQLITE_IOERR;
    ++m_operations;
    const bool again = m_fault.persistent && m_faultHappened && operation == Operation::Write;
    if (m_fault.atOperation == 0 || (m_operations != m_fault.atOperation && !again))
        return SQLITE_OK;
    m_faultHappened = true;
    if (m_fault.shortRead && operation == Operation::Read) {
        m_shortRead = true;
        return SQLITE_OK;
    }
    const int primary = m_fault.code & 0xFF;
    const bool onlyWrites
        = m_fault.shortRead || primary == SQLITE_FULL || primary == SQLITE_READONLY;
    return onlyWrites && operation != Operation::Write ? SQLITE_OK : m_fault.code;
}

MemoryFs::Node* MemoryFs::find(const std::string& path)
{
    const auto found = m_files.find(path);
    return found == m_files.end() ? nullptr : found->second.get();
}

MemoryFs::Node* MemoryFs::findOrCreate(const std::string& path)
{
    auto& node = m_files[path];
    if (!node)
        node = std::make_unique<Node>();
    return node.get();
}

void MemoryFs::remove(const std::string& path)
{
    if (Node* node = find(path)) {
        SLUICE_CHECK(node->openCount == 0);
        m_files.erase(path);
    }
}

int MemoryFs::sync(Node& node)
{
    if (++m_syncs == m_cut.atSync) {
        cutPowerNow();
        return SQLITE_IOERR_FSYNC;
    }
    node.durable = node.current;
    node.unsynced.clear();
    return SQLITE_OK;
}

void MemoryFs::cutPowerNow()
{
    m_off = true;
    for (auto& [path, node] : m_files) {
        for (const Change& change : node->unsynced)
            tear(*node, change);
        node->unsynced.clear();
    }
}

// An unsynced change is kept, dropped or torn, a third each. A torn write loses or garbles single
// sectors.
void MemoryFs::tear(Node& node, const Change& change)
{
    const std::uint64_t fate = m_cut.chance.below(3);
    if (fate == 1) {
        ++m_dropped;
        return;
    }
    auto& disk = node.durable;
    if (change.bytes.empty()) {
        disk.resize(change.offset);
        return;
    }
    const std::size_t end = change.offset + change.bytes.size();
    disk.resize(std::max(disk.size(), end));
    const auto keep = [&](std::size_t from, std::size_t to) {
        std::copy_n(change.bytes.data() + (from - change.offset), to - from, disk.data() + from);
    };
    if (fate == 0)
        return keep(change.offset, end);
    ++m_torn;
    const std::size_t sector = m_cut.sectorSize;
    for (std::size_t start = change.offset / sector * sector; start < end; start += sector) {
        const std::size_t from = std::max(start, change.offset);
        const std::size_t to = std::min(start + sector, end);
        switch (m_cut.chance.below(3)) {
        case 0:
            keep(from, to);
            break;
        case 1:
            garble(node, m_cut.safeOverwrite ? from : start,
                m_cut.safeOverwrite ? to : std::min(start + sector, disk.size()));
            break;
        default: // dropped
            break;
        }
    }
}

void MemoryFs::garble(Node& node, std::size_t from, std::size_t to)
{
    for (std::size_t i = from; i < to; ++i)
        node.durable[i] = static_cast<std::uint8_t>(m_cut.chance.next());
}

} // namespace sluice::test
