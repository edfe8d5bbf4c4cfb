// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Random.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct sqlite3_vfs;

namespace sluice::test {

// A disk in memory under the cipher, registered with SQLite by name. It can lose its power at a
// chosen sync: writes that were not synced before are then kept, dropped or torn, sector by sector
// and with garbage, as a real disk may. And it can fail a chosen operation. One connection at a
// time: locks always succeed.
class MemoryFs {
public:
    using Files = std::map<std::string, std::vector<std::uint8_t>>;

    struct PowerCut {
        int atSync{0}; // 1 = the first; 0 = never
        SeededRandom chance{1};
        std::uint32_t sectorSize{4096};
        // a torn write spares its neighbours in the sector (power-safe overwrite)
        bool safeOverwrite{true};
    };
    struct Fault {
        int atOperation{0}; // 1 = the first after setFault(); 0 = never
        int code{0}; // SQLite's extended code
        bool persistent{false}; // every operation from then on that changes the disk fails too
        bool shortRead{false}; // reads give half of what was asked for, and say so
    };

    explicit MemoryFs(std::string name);
    ~MemoryFs();
    MemoryFs(const MemoryFs&) = delete;
    MemoryFs& operator=(const MemoryFs&) = delete;

    [[nodiscard]] const std::string& name() const { return m_name; }
    // Starts again with these files, powered on, without fault. No file may be open.
    void reset(const Files& files);
    // What is on the disk: all writes while powered on, what survived after a power cut.
    [[nodiscard]] Files files() const;

    void setPowerCut(const PowerCut& cut);
    void cutPowerNow();
    [[nodiscard]] bool isOff() const { return m_off; }
    [[nodiscard]] int tornWrites() const { return m_torn; }
    [[nodiscard]] int droppedWrites() const { return m_dropped; }

    void setFault(const Fault& fault);
    [[nodiscard]] bool faultHappened() const { return m_faultHappened; }

    // For the file layer's functions in MemoryFs.cpp.
    struct Change {
        std::size_t offset{0};
        std::vector<std::uint8_t> bytes; // empty: truncation to `offset`
    };
    struct Node {
        std::vector<std::uint8_t> current; // what a read gives
        std::vector<std::uint8_t> durable; // what a power cut cannot take
        std::vector<Change> unsynced;
        // the write-ahead log's index
        std::vector<std::unique_ptr<std::vector<std::uint8_t>>> shared;
        int openCount{0};
    };
    enum class Operation : std::uint8_t { Read, Write, Other };

    // 0, or the code the operation must return.
    int before(Operation operation);
    bool shortensRead() const { return m_shortRead; }
    Node* find(const std::string& path);
    Node* findOrCreate(const std::string& path);
    void remove(const std::string& path);
    int sync(Node& node);
    [[nodiscard]] std::uint32_t sectorSize() const { return m_cut.sectorSize; }
    [[nodiscard]] bool safeOverwrite() const { return m_cut.safeOverwrite; }

private:
    void tear(Node& node, const Change& change);
    void garble(Node& node, std::size_t from, std::size_t to);

    std::string m_name;
    std::unique_ptr<sqlite3_vfs> m_vfs;
    std::map<std::string, std::unique_ptr<Node>> m_files;
    PowerCut m_cut{};
    int m_syncs{0};
    bool m_off{false};
    int m_torn{0};
    int m_dropped{0};
    Fault m_fault{};
    int m_operations{0};
    bool m_faultHappened{false};
    bool m_shortRead{false};
};

} // namespace sluice::test
