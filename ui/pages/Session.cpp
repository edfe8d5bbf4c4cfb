// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/Session.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMetaObject>

namespace sluice::ui {

namespace {

constexpr qint64 KeyFileMax = 4096; // a key is much shorter; what is no key file is not read whole

Result<Credential> keyIn(const QString& keyFile)
{
    QFile file{keyFile};
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, keyFile.toStdString(),
            "the key file cannot be read: " + file.errorString().toStdString(),
            "Choose another one"};
    QByteArray bytes = file.read(KeyFileMax);
    Credential credential{Credential::Kind::RawKey,
        SecureBytes::copyOf(
            std::string_view{bytes.constData(), static_cast<std::size_t>(bytes.size())})};
    bytes.fill('\0');
    return credential;
}

// Said before anything is made, and about what the person named: deeper down the first file that
// cannot be written would be blamed.
Status requireFolder(const std::string& path)
{
    const QString folder = QFileInfo{QFile::decodeName(path.c_str())}.absolutePath();
    if (QFileInfo{folder}.isDir())
        return Status::success();
    return Error{ErrorCode::NotFound, {},
        "the folder " + QDir::toNativeSeparators(folder).toStdString() + " does not exist",
        "Choose another one, or make it first"};
}

} // namespace

Session::Session(TaskPool& pools, WorkspaceEnvironment environment, MakeSample makeSample,
    std::string person, QObject* parent)
    : QObject{parent}
    , m_pools{pools}
    , m_environment{environment}
    , m_makeSample{std::move(makeSample)}
    , m_person{std::move(person)}
    , m_opening{pools.io(), this}
    , m_askingFacts{pools.compute(), this}
{
}

Session::~Session() = default;

QString Session::name() const
{
    return QFileInfo{m_path}.completeBaseName();
}

void Session::open(const QString& path, Credential credential)
{
    // std::function wants copies, a secret has none
    auto secret = std::make_shared<Credential>(std::move(credential));
    start(path, false,
        [file = QFile::encodeName(path).toStdString(), secret, environment = m_environment,
            person = m_person](const TaskContext& context) -> Result<Opened> {
            SLUICE_TRY(auto workspace, Workspace::open(file, *secret, environment));
            return factsOfOpened(std::move(workspace), person, context);
        });
}

void Session::openWithKeyFile(const QString& path, const QString& keyFile)
{
    start(path, false,
        [file = QFile::encodeName(path).toStdString(), keyFile, environment = m_environment,
            person = m_person](const TaskContext& context) -> Result<Opened> {
            SLUICE_TRY(const Credential key, keyIn(keyFile));
            SLUICE_TRY(auto workspace, Workspace::open(file, key, environment));
            return factsOfOpened(std::move(workspace), person, context);
        });
}

void Session::create(const QString& path, const NewLedger& wanted, Credential credential)
{
    auto secret = std::make_shared<Credential>(std::move(credential));
    start(path, false,
        [file = QFile::encodeName(path).toStdString(), wanted, secret, environment = m_environment](
            const TaskContext& context) -> Result<Opened> {
            SLUICE_TRY_DO(requireFolder(file));
            SLUICE_TRY(
                Workspace::Created created, Workspace::create(file, wanted, *secret, environment));
            // nobody is in its organisation yet
            auto opened = factsOfOpened(std::move(created.workspace), {}, context);
            if (opened.ok() && context.stopRequested())
                opened = TaskContext::cancelled(); // which closes it
            if (opened.ok())
                opened->recoveryCode = std::move(created.recoveryCode);
            else // a ledger whose recovery code nobody has seen is none
                SLUICE_TRY_DO(Workspace::remove(file));
            return opened;
        });
}

void Session::openSample()
{
    start(tr("Sample.sluice"), true,
        [make = m_makeSample, person = m_person](const TaskContext& context) -> Result<Opened> {
            SLUICE_TRY(auto workspace, make(context));
            return factsOfOpened(std::move(workspace), person, context);
        });
}

Result<Session::Opened> Session::factsOfOpened(
    std::unique_ptr<Workspace> workspace, const std::string& person, const TaskContext& context)
{
    Opened opened{{}, std::move(workspace), {}, Principal::owner(), {}};
    if (!person.empty()) {
        SLUICE_TRY(opened.principal, opened.workspace->principal(person));
    }
    SLUICE_TRY(const auto snapshot, opened.workspace->snapshot(opened.principal, {}, context));
    SLUICE_TRY(opened.facts, factsOf(*snapshot, opened.principal, context));
    return opened;
}

void Session::start(const QString& path, bool sample, Open open)
{
    if (isOpen())
        lock();
    m_path = path;
    m_sample = sample;
    // Whoever had a file before lets go of it on a worker, also an opening that was given up, and
    // the same one may be asked for again at once.
    auto hold = std::make_shared<Hold>();
    const auto before = std::exchange(m_released, hold->released.get_future().share());
    auto openWhenReleased = [open = std::move(open), before, hold = std::move(hold)](
                                const TaskContext& context) mutable -> Result<Opened> {
        if (before.valid())
            before.wait();
        if (context.stopRequested())
            return TaskContext::cancelled();
        Result<Opened> opened = open(context);
        if (opened.ok() && context.stopRequested())
            opened = TaskContext::cancelled(); // closed here, not on the window's thread
        if (opened.ok())
            opened->hold = std::move(hold);
        return opened;
    };
    m_opening.start(
        std::move(openWhenReleased),
        [this](Result<Opened> opened) {
            if (opened.ok())
                adopt(std::move(*opened));
            else
                emit openFailed(opened.error());
        },
        [this](const Progress& progress) { emit openingProgressed(progress); });
}

void Session::adopt(Opened made)
{
    m_workspace = std::shared_ptr<Workspace>{
        made.workspace.release(), [hold = std::move(made.hold)](Workspace* workspace) mutable {
            std::default_delete<Workspace>{}(workspace);
            hold.reset();
        }};
    m_facts = std::move(made.facts);
    m_principal = std::move(made.principal);
    m_subscription = m_workspace->subscribe([this](std::uint64_t) { // on the committing thread
        QMetaObject::invokeMethod(this, &Session::askFacts, Qt::QueuedConnection);
    });
    if (!made.recoveryCode.empty())
        emit recoveryCodeMade(QString::fromStdString(made.recoveryCode));
    emit opened();
}

void Session::askFacts()
{
    if (!m_workspace)
        return;
    m_askingFacts.start(
        [workspace = m_workspace, principal = m_principal](
            const TaskContext& context) -> Result<LedgerFacts> {
            SLUICE_TRY(const auto snapshot, workspace->snapshot(principal, {}, context));
            return factsOf(*snapshot, principal, context);
        },
        [this](Result<LedgerFacts> facts) {
            if (!facts.ok())
                return;
            m_facts = std::move(*facts);
            emit factsChanged();
        });
}

void Session::lock()
{
    abandonOpening();
    m_askingFacts.cancel();
    if (!m_workspace)
        return;
    m_subscription = {};
    m_facts = {};
    // The last one who lets go closes files, which may take a moment: not here.
    m_pools.io().start([workspace = std::move(m_workspace)]() mutable { workspace.reset(); });
    m_workspace.reset();
    emit locked();
}

} // namespace sluice::ui
