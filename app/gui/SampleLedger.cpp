// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/SampleLedger.h"

#include "core/services/DemoService.h"

#include <QFile>
#include <QRandomGenerator>

namespace sluice {

namespace {

constexpr std::size_t KeyBytes = 32;

} // namespace

Result<std::unique_ptr<Workspace>> SampleLedger::make(const TaskContext& context)
{
    if (!m_folder.isValid())
        return Error{ErrorCode::Io, m_folder.path().toStdString(),
            m_folder.errorString().toStdString(),
            "Free some room in the folder for temporary files"};
    Credential credential;
    credential.kind = Credential::Kind::RawKey;
    credential.secret = SecureBytes{KeyBytes};
    for (std::size_t i = 0; i < KeyBytes; ++i)
        credential.secret.data()[i]
            = static_cast<std::uint8_t>(QRandomGenerator::system()->bounded(256));
    const QString path = m_folder.filePath(QStringLiteral("sample%1.sluice").arg(++m_made));
    SLUICE_TRY(Workspace::Created created,
        Workspace::create(QFile::encodeName(path).toStdString(), {}, credential, m_environment));
    DemoService demo{*created.workspace};
    SLUICE_TRY_DO(demo.fill(m_seed, std::nullopt, context));
    return std::move(created.workspace);
}

} // namespace sluice
