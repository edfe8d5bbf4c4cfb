// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/Workspace.h"

#include "core/base/DurableFile.h"
#include "core/security/KeyEnvelope.h"
#include "core/services/internal/LedgerKeys.h"
#include "core/services/internal/WorkspaceState.h"
#include "core/store/LedgerFile.h"
#include "core/store/Migrator.h"
#include "core/store/SaltGuard.h"
#include "core/store/Transaction.h"
#include "core/store/tables/OwnershipTable.h"

#include <sodium.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <set>
#include <system_error>

namespace sluice {

namespace {

constexpr std::int32_t ApplicationId = 0x534C5543; // "SLUC"
constexpr std::size_t ReadConnections = 3;
// What a scratch ledger is called: these, and a random number between them.
constexpr std::string_view ScratchPrefix = "scratch-";
constexpr std::string_view ScratchSuffix = ".sluice";
constexpr std::size_t ScratchDigits = 32;

std::string randomId(std::string_view prefix)
{
    std::array<std::uint8_t, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return std::string{prefix} + toHex(bytes);
}

Result<Migrator> migrator(const std::string& envelopePath)
{
    MigratorOptions options;
    SLUICE_TRY(options.migrations, Migrator::embedded());
    options.applicationId = ApplicationId;
    options.beforeBackup = [envelopePath](const std::string& backupPath) -> Status {
        SLUICE_TRY(KeyEnvelope envelope, KeyEnvelope::load(envelopePath));
        return envelope.save(KeyEnvelope::pathFor(backupPath));
    };
    return Migrator{std::move(options)};
}

Result<LedgerSettings> newSettings(const NewLedger& wanted, const Clock& clock)
{
    LedgerSettings settings;
    SLUICE_TRY(settings.currency, Currency::parse(wanted.currency));
    if (!isIso4217(wanted.currency))
        return Error{ErrorCode::Usage, {}, "'" + wanted.currency + "' is no currency of ISO 4217",
            "Use for example USD or EUR"};
    if (wanted.fiscalYearStart < 1 || wanted.fiscalYearStart > 12)
        return Error{ErrorCode::Usage, {},
            "the fiscal year cannot start in month " + std::to_string(wanted.fiscalYearStart),
            "Use a month from 1 to 12"};
    settings.calendar.startMonth = wanted.fiscalYearStart;
    SLUICE_TRY(const LedgerTimeZone zone, LedgerTimeZone::find(wanted.timeZone));
    settings.timeZone = zone.name();
    settings.ledgerId = randomId("l-");
    settings.createdAt = clock.now();
    return settings;
}

Result<SecureBytes> unlock(
    const KeyEnvelope& envelope, const Credential& credential, KeyVault* vault)
{
    switch (credential.kind) {
    case Credential::Kind::Passphrase:
        return envelope.unlockWithPassphrase(credential.secret);
    case Credential::Kind::RecoveryCode:
        return envelope.unlockWithRecoveryCode(
            {reinterpret_cast<const char*>(credential.secret.data()), credential.secret.size()});
    case Credential::Kind::RawKey:
        return envelope.unlockWithKeyFile(credential.secret);
    case Credential::Kind::Keychain:
        break;
    }
    if (vault == nullptr || !envelope.has(WrapKind::Keychain))
        return Error{ErrorCode::Locked, {},
            "the ledger is locked and this machine's keychain does not hold its key",
            "Give the passphrase or a key file"};
    return envelope.unlockWithKeychain(*vault);
}

// The key of a new ledger: random, or the one of the key file.
Result<SecureBytes> newDataKey(const Credential& credential)
{
    if (credential.kind == Credential::Kind::RawKey)
        return KeyEnvelope::dataKeyFromFile(credential.secret);
    return KeyEnvelope::newDataKey();
}

Result<Connection> openConnection(const std::string& path, const SecureBytes& key)
{
    return Connection::open(path, key, {});
}

JsonValue initPayload(const LedgerSettings& settings)
{
    JsonValue payload = JsonValue::object();
    payload.set("currency", settings.currency.code());
    payload.set("fiscal_year_start", settings.calendar.startMonth);
    payload.set("ledger", settings.ledgerId);
    payload.set("time_zone", settings.timeZone);
    return payload;
}

Status startWorking(Workspace::State& state, Connection connection)
{
    SLUICE_TRY(state.head, readLedgerHead(connection));
    SLUICE_TRY(const EventHead events, readEventHead(connection));
    state.revision = events.seq;
    auto zone = LedgerTimeZone::find(state.head.settings.timeZone);
    if (!zone.ok())
        return Error{ErrorCode::Damaged, state.path,
            "the ledger's time zone: " + std::move(zone).error().what,
            "See that the package tzdata is installed; if it is, open the newest backup"};
    state.zone = *std::move(zone);
    SLUICE_TRY(state.readers, ReadPool::open(state.path, state.key, ReadConnections));
    state.writer = std::make_unique<StoreWriter>(std::move(connection));
    return Status::success();
}

Status openMadeLedger(Workspace::State& state)
{
    SLUICE_TRY(Connection connection, openConnection(state.path, state.key));
    return startWorking(state, std::move(connection));
}

Status writeHead(Connection& connection, const LedgerHead& head, const Clock& clock)
{
    const Timestamp now = clock.now();
    return inTransaction(connection, [&](Connection& c) -> Status {
        SLUICE_TRY_DO(insertLedgerHead(c, head));
        const Ruleset& rules = defaultRuleset();
        SLUICE_TRY_DO(insertRuleset(
            c, {1, rules.name, rules.effectiveFrom, now, 1, sha256(rules.body), rules.body}));
        EventEnvelope envelope;
        envelope.org = head.settings.ledgerId;
        envelope.type = "CreateLedger";
        envelope.device = head.device;
        envelope.hlc = now.micros();
        envelope.payload = initPayload(head.settings);
        envelope.payload.set("ruleset_sha256", toHex(sha256(rules.body)));
        SLUICE_TRY(const Event event, sealEvent(envelope));
        return insertEvent(c, 1, event, now);
    });
}

// The files of a ledger under its name and under another, the ledger itself last.
std::vector<std::pair<std::string, std::string>> namesBeside(
    const std::string& from, const std::string& to)
{
    std::vector<std::pair<std::string, std::string>> names;
    const auto old = KeyEnvelope::filesFor(from);
    const auto next = KeyEnvelope::filesFor(to);
    std::error_code ignored;
    for (std::size_t i = 0; i < old.size(); ++i) {
        if (std::filesystem::exists(old[i], ignored))
            names.emplace_back(old[i], next[i]);
    }
    names.emplace_back(from, to);
    return names;
}

// Makes the file under a key; on any error nothing is left behind.
Status makeLedgerFile(const std::string& path, const SecureBytes& key, const FileSalt& salt,
    const LedgerHead& head, const Clock& clock)
{
    ConnectionOptions options;
    options.mode = OpenMode::Create;
    options.salt = salt;
    SLUICE_TRY(Connection connection, Connection::open(path, key, options));
    SLUICE_TRY(const Migrator steps, migrator(KeyEnvelope::pathFor(path)));
    SLUICE_TRY_DO(steps.migrate(connection, key, {}));
    return writeHead(connection, head, clock);
}

// Brings the envelope of a ledger that was just unlocked up to date; whether it was damaged. A
// damaged first generation is written anew from the second. A passphrase derived more cheaply than
// is usual today is wrapped anew, where this machine can afford it.
Result<bool> mendEnvelope(KeyEnvelope& envelope, const std::string& path, const SecureBytes& key,
    const Credential& credential)
{
    const bool damaged = envelope.isOlderGeneration();
    bool changed = damaged;
    if (credential.kind == Credential::Kind::Passphrase && envelope.hasWeakPassphraseWrap()) {
        const KdfParameters parameters = tuneKdfToThisMachine();
        if (parameters.memoryBytes >= KdfParameters{}.memoryBytes) {
            SLUICE_TRY_DO(envelope.setPassphrase(key, credential.secret, parameters));
            changed = true;
        }
    }
    if (changed)
        SLUICE_TRY_DO(envelope.save(KeyEnvelope::pathFor(path)));
    return damaged;
}

} // namespace

Workspace::Workspace(std::unique_ptr<State> state)
    : m_state{std::move(state)}
{
}

Workspace::~Workspace()
{
    if (!m_state->isScratch)
        return;
    m_state->readers.reset();
    m_state->writer.reset();
    removeWithEnvelope(m_state->path); // still under its lock
}

Result<Workspace::Created> Workspace::create(const std::string& path, const NewLedger& wanted,
    const Credential& credential, WorkspaceEnvironment environment)
{
    LedgerHead head;
    SLUICE_TRY(head.settings, newSettings(wanted, environment.clock));
    head.device = randomId("d-");
    if (credential.kind == Credential::Kind::Passphrase && credential.secret.empty())
        return Error{
            ErrorCode::Usage, {}, "the passphrase is empty", "Choose one of several words"};
    SLUICE_TRY_DO(requireFreeName(path));
    SLUICE_TRY(SecureBytes key, newDataKey(credential));
    const FileSalt salt = KeyEnvelope::newFileSalt();
    KeyEnvelope::Created created = KeyEnvelope::create(key, head.settings.ledgerId, salt);
    SLUICE_TRY(LedgerLock lock, LedgerLock::acquire(path, "Sluice"));
    SLUICE_TRY_DO(requireFreeName(path)); // still: from here on the name is ours
    auto state = std::make_unique<State>(path, environment, std::move(lock));
    state->key = std::move(key);
    // The envelope first: a ledger without its envelope would be lost, an envelope without a ledger
    // is only litter.
    Status made = saveEnvelope(created.envelope, path, state->key,
        {credential, wanted.rememberInKeychain}, environment.vault);
    if (made.ok())
        made = makeLedgerFile(path, state->key, salt, head, environment.clock);
    if (made.ok())
        made = openMadeLedger(*state);
    if (!made.ok()) {
        // Nobody has seen the recovery code: what is there would only be in the way.
        state->readers.reset();
        state->writer.reset();
        removeWithEnvelope(path);
        return std::move(made).error();
    }
    const std::string code{
        reinterpret_cast<const char*>(created.recoveryCode.data()), created.recoveryCode.size()};
    return Created{std::unique_ptr<Workspace>{new Workspace{std::move(state)}}, code};
}

Result<std::unique_ptr<Workspace>> Workspace::open(
    const std::string& path, const Credential& credential, WorkspaceEnvironment environment)
{
    SLUICE_TRY_DO(ledgerFileToOpen(path, {}));
    auto loaded = KeyEnvelope::load(KeyEnvelope::pathFor(path));
    if (!loaded.ok() && loaded.error().code == ErrorCode::NotFound) {
        SLUICE_TRY(const bool isText, beginsAsText(path));
        if (isText)
            return Error{ErrorCode::NotALedger, path,
                "it is not a Sluice ledger: it begins as text",
                "Choose a ledger; a file of costs is imported into one"};
        return Error{ErrorCode::NotALedger, path,
            "its key envelope " + KeyEnvelope::pathFor(path)
                + " is not there, and without it the ledger cannot be opened",
            "Put the envelope back beside the ledger; each backup has a copy"};
    }
    SLUICE_TRY(KeyEnvelope envelope, std::move(loaded));
    SLUICE_TRY(SecureBytes key, unlock(envelope, credential, environment.vault));
    SLUICE_TRY(LedgerLock lock, LedgerLock::acquire(path, "Sluice"));
    SLUICE_TRY(const bool mended, mendEnvelope(envelope, path, key, credential));
    SLUICE_TRY(const bool repaired, restoreSalt(lock, envelope.fileSalt(), key));
    SLUICE_TRY(Connection connection, openConnection(path, key));
    SLUICE_TRY(const Migrator steps, migrator(KeyEnvelope::pathFor(path)));
    SLUICE_TRY_DO(steps.migrate(connection, key, {}));
    auto state = std::make_unique<State>(path, environment, std::move(lock));
    state->key = std::move(key);
    SLUICE_TRY_DO(startWorking(*state, std::move(connection)));
    for (const auto& [done, type] :
        {std::pair{mended, "RepairEnvelope"}, std::pair{repaired, "RepairSalt"}}) {
        if (done)
            SLUICE_TRY_DO(state->commit(
                type, Principal::owner(), [](Connection&, std::uint64_t) -> Result<JsonValue> {
                    return JsonValue::object();
                }));
    }
    return std::unique_ptr<Workspace>{new Workspace{std::move(state)}};
}

Status Workspace::requireFreeName(const std::string& path)
{
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored))
        return Error{ErrorCode::AlreadyExists, path, "there is a file of that name already",
            "Choose another name, or open it"};
    for (const std::string& envelope : KeyEnvelope::filesFor(path)) {
        if (std::filesystem::exists(envelope, ignored))
            return Error{ErrorCode::AlreadyExists, envelope,
                "there is a key envelope of that name already: it may be the only key to another "
                "ledger",
                "Choose another name, or move it away"};
    }
    return Status::success();
}

Status Workspace::rename(const std::string& from, const std::string& to)
{
    SLUICE_TRY(const LedgerLock lock, LedgerLock::acquire(from, "Sluice"));
    SLUICE_TRY_DO(requireFreeName(to));
    std::error_code ignored;
    if (std::filesystem::file_size(from + "-wal", ignored) != 0 && !ignored)
        return Error{ErrorCode::Io, from + "-wal", "the ledger's log was not moved into its file",
            "Open the ledger and close it again, with room on the disk, before it is renamed"};
    // The envelope first, as in create(); all back again where one cannot follow.
    std::vector<std::pair<std::string, std::string>> moved;
    for (const auto& [file, name] : namesBeside(from, to)) {
        if (std::rename(file.c_str(), name.c_str()) == 0) {
            moved.emplace_back(file, name);
            continue;
        }
        const Error error = systemError(errno, name, "renaming the ledger");
        for (const auto& [old, given] : moved) {
            if (std::rename(given.c_str(), old.c_str()) != 0)
                return Error{ErrorCode::Io, given,
                    "the ledger could not be renamed, and this part of it has the new name",
                    "Rename it to " + old + " by hand"};
        }
        return error;
    }
    removeWithEnvelope(from); // what is left: the lock file
    return syncFolderOf(to);
}

Status Workspace::remove(const std::string& path)
{
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)
        && !std::filesystem::exists(KeyEnvelope::pathFor(path), ignored))
        return Status::success();
    SLUICE_TRY(const LedgerLock lock, LedgerLock::acquire(path, "Sluice"));
    removeWithEnvelope(path);
    return syncFolderOf(path);
}

// Nobody knows the key of such a ledger but the process that made it, and only while it lives.
Result<std::unique_ptr<Workspace>> Workspace::createScratch(
    const std::string& folder, const NewLedger& wanted, WorkspaceEnvironment environment)
{
    NewLedger plain = wanted;
    plain.rememberInKeychain = false;
    constexpr int Tries = 3;
    for (int left = Tries;; --left) {
        const Credential key{Credential::Kind::RawKey, KeyEnvelope::newDataKey()};
        auto created = create(folder + "/" + randomId(ScratchPrefix) + std::string{ScratchSuffix},
            plain, key, environment);
        // Another process that tidies up may have had the lock for a moment.
        if (!created.ok() && created.error().code == ErrorCode::Locked && left > 1)
            continue;
        if (!created.ok())
            return std::move(created).error();
        created->workspace->m_state->isScratch = true;
        return std::move(created->workspace);
    }
}

Result<std::size_t> Workspace::removeAbandoned(const std::string& folder)
{
    std::error_code error;
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
        const std::string name = entry.path().filename().string();
        const auto end = name.find(ScratchSuffix);
        if (name.starts_with(ScratchPrefix) && end == ScratchPrefix.size() + ScratchDigits)
            names.insert(folder + "/" + name.substr(0, end + ScratchSuffix.size()));
    }
    if (error == std::errc::no_such_file_or_directory)
        return std::size_t{0};
    if (error)
        return systemError(error.value(), folder, "reading the folder");
    std::size_t removed = 0;
    for (const std::string& path : names) {
        const auto lock = LedgerLock::acquire(path, "Sluice");
        if (!lock.ok())
            continue; // somebody works with it
        removeWithEnvelope(path);
        ++removed;
    }
    return removed;
}

bool Workspace::isScratch() const noexcept
{
    return m_state->isScratch;
}

const std::string& Workspace::path() const noexcept
{
    return m_state->path;
}

const LedgerSettings& Workspace::settings() const noexcept
{
    return m_state->head.settings;
}

std::uint64_t Workspace::revision() const noexcept
{
    return m_state->revision;
}

Result<Principal> Workspace::principal(const std::string& personId) const
{
    SLUICE_TRY(ReadPool::Lease lease, m_state->readers->acquire());
    SLUICE_TRY(const auto organisation, loadOrganisation(lease.connection(), revision()));
    const BusinessDate today = m_state->zone->localDay(m_state->environment.clock.now().seconds());
    const Person* person = organisation->person(personId, today);
    if (person == nullptr)
        return Error{ErrorCode::NotAllowed, {},
            "the organisation has nobody with the id '" + personId + "' today",
            "`sluice-cli org show LEDGER` lists the people"};
    Principal principal;
    principal.person = personId;
    principal.roles.clear();
    for (const std::string& name : person->roles) {
        SLUICE_TRY(const Role role, parseRole(name));
        principal.roles.push_back(role);
    }
    principal.scope = person->scope;
    return principal;
}

Result<std::shared_ptr<const LedgerSnapshot>> Workspace::snapshot(
    const Principal& principal, const SnapshotRequest& request, const TaskContext& context) const
{
    const std::uint64_t newest = revision();
    std::uint64_t wanted = newest;
    if (request.asOf) {
        SLUICE_TRY(ReadPool::Lease lease, m_state->readers->acquire());
        SLUICE_TRY(Statement query,
            lease.connection().prepare("SELECT coalesce(max(seq), 0) FROM events WHERE at <= ?1"));
        query.bind(1, request.asOf->micros());
        SLUICE_TRY_DO(query.step());
        wanted = static_cast<std::uint64_t>(query.columnInt(0));
    }
    return m_state->snapshots.scoped({*m_state->readers, m_state->head.settings},
        {wanted, request.ruleset}, newest, principal, context);
}

Subscription Workspace::subscribe(std::function<void(std::uint64_t)> callback)
{
    State& state = *m_state;
    const std::lock_guard lock{state.subscribersMutex};
    const auto entry = state.subscribers.insert(state.subscribers.end(), std::move(callback));
    return Subscription{[&state, entry] {
        const std::lock_guard unlockLater{state.subscribersMutex};
        state.subscribers.erase(entry);
    }};
}

} // namespace sluice
