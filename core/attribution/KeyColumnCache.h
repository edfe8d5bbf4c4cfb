// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/attribution/KeyMatrix.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace sluice {

// The columns of one dictionary that anybody asked for, so that they are made once. Thread-safe.
class KeyColumnCache {
public:
    // Null: not yet made.
    [[nodiscard]] std::shared_ptr<const KeyMatrix::Column> find(const std::string& field) const
    {
        const std::lock_guard lock{m_mutex};
        const auto found = m_columns.find(field);
        return found == m_columns.end() ? nullptr : found->second;
    }
    void add(const std::string& field, std::shared_ptr<const KeyMatrix::Column> column)
    {
        const std::lock_guard lock{m_mutex};
        m_columns.emplace(field, std::move(column));
    }

private:
    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<const KeyMatrix::Column>> m_columns; // guarded by m_mutex
};

} // namespace sluice
