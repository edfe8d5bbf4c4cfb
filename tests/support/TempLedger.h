// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/ImportService.h"
#include "core/services/Workspace.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>

namespace sluice::test {

inline Credential rawKey(std::uint8_t fill = 7)
{
    Credential credential{Credential::Kind::RawKey, SecureBytes{32}};
    std::fill_n(credential.secret.data(), 32, fill);
    return credential;
}

// A ledger in a folder of its own, opened with a raw key so that no test waits for a key
// derivation.
class TempLedger {
public:
    explicit TempLedger(
        const NewLedger& wanted = {}, Timestamp now = Timestamp::fromSeconds(1'760'000'000))
        : m_clock{now}
    {
        auto created = Workspace::create(path(), wanted, rawKey(), {m_clock, nullptr});
        if (!created.ok())
            qFatal("%s", errorSentence(created.error()).c_str());
        m_workspace = std::move(created->workspace);
    }
    [[nodiscard]] std::string path() const
    {
        return m_folder.filePath(QStringLiteral("test.sluice")).toStdString();
    }
    [[nodiscard]] std::string file(const QString& name) const
    {
        return m_folder.filePath(name).toStdString();
    }
    Workspace& workspace() { return *m_workspace; }
    FixedClock& clock() { return m_clock; }
    void lock() { m_workspace.reset(); }
    Status unlock()
    {
        m_workspace.reset();
        SLUICE_TRY(m_workspace, Workspace::open(path(), rawKey(), {m_clock, nullptr}));
        return Status::success();
    }
    Result<ImportReport> import(const std::string& name, const std::string& text,
        ImportRequest request = {}, const TaskContext& context = {})
    {
        request.inMemory.push_back({name, std::make_shared<const std::string>(text)});
        return ImportService{workspace()}.import(request, Principal::owner(), context);
    }

private:
    QTemporaryDir m_folder;
    FixedClock m_clock;
    std::unique_ptr<Workspace> m_workspace;
};

} // namespace sluice::test
