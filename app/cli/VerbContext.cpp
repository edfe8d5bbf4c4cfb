// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/VerbContext.h"

#include "app/cli/Secrets.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sluice {

namespace {

constexpr std::string_view UnlockFix
    = "Give --passphrase-file, --key-file or --recovery-code-file, or run it in a terminal";

// Closes a file descriptor when it goes.
class Descriptor {
public:
    explicit Descriptor(int value)
        : m_value{value}
    {
    }
    ~Descriptor()
    {
        if (m_value >= 0)
            ::close(m_value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int value() const noexcept { return m_value; }

private:
    int m_value;
};

Error placed(Error error, const std::string& where)
{
    if (error.where.empty())
        error.where = where;
    return error;
}

// The keychain cannot help, a person with a passphrase may.
bool isForAnotherKey(const Error& error)
{
    return error.code == ErrorCode::Locked || error.code == ErrorCode::Unavailable;
}

Error systemError(const std::string& path, const std::string& what)
{
    const int reason = errno;
    if (reason == ENOENT)
        return {ErrorCode::NotFound, path, "there is no such file", {}};
    if (reason == EEXIST)
        return {ErrorCode::AlreadyExists, path, "there is a file of that name already",
            "Choose another name"};
    return {reason == ENOSPC ? ErrorCode::DiskFull : ErrorCode::BadInput, path,
        what + ": " + std::strerror(reason), {}};
}

} // namespace

Result<Credential> VerbContext::givenCredential() const
{
    if (!m_options.keyFile.empty()) {
        SLUICE_TRY(SecureBytes key, readKeyFile(m_options.keyFile));
        return Credential{Credential::Kind::RawKey, std::move(key)};
    }
    if (!m_options.passphraseFile.empty()) {
        SLUICE_TRY(SecureBytes passphrase, readPassphraseFile(m_options.passphraseFile));
        return Credential{Credential::Kind::Passphrase, std::move(passphrase)};
    }
    if (!m_options.recoveryCodeFile.empty()) {
        SLUICE_TRY(SecureBytes code, readPassphraseFile(m_options.recoveryCodeFile));
        return Credential{Credential::Kind::RecoveryCode, std::move(code)};
    }
    return Credential{};
}

Result<Credential> VerbContext::newCredential(const std::string& path) const
{
    SLUICE_TRY(Credential credential, givenCredential());
    if (credential.kind == Credential::Kind::RecoveryCode)
        return Error{ErrorCode::Usage, "--recovery-code-file",
            "a new ledger gets a recovery code of its own", "Give --passphrase-file or --key-file"};
    if (credential.kind != Credential::Kind::Keychain)
        return credential;
    if (!canPrompt())
        return Error{ErrorCode::Locked, path, "a new ledger needs a passphrase",
            "Give --passphrase-file or --key-file, or run it in a terminal"};
    SLUICE_TRY(SecureBytes first, promptPassphrase("New passphrase for " + path));
    SLUICE_TRY(const SecureBytes second, promptPassphrase("The same again"));
    if (!(first == second))
        return Error{ErrorCode::BadInput, path, "the two passphrases differ", "Try again"};
    return Credential{Credential::Kind::Passphrase, std::move(first)};
}

Result<std::unique_ptr<Workspace>> VerbContext::unlock(const std::string& path) const
{
    SLUICE_TRY(const Credential given, givenCredential());
    auto opened = Workspace::open(path, given, m_environment);
    if (opened.ok() || given.kind != Credential::Kind::Keychain || !isForAnotherKey(opened.error()))
        return opened;
    if (!canPrompt()) {
        Error locked = std::move(opened).error();
        locked.code = ErrorCode::Locked;
        locked.fix = UnlockFix;
        return locked;
    }
    SLUICE_TRY(SecureBytes passphrase, promptPassphrase("Passphrase for " + path));
    return Workspace::open(
        path, Credential{Credential::Kind::Passphrase, std::move(passphrase)}, m_environment);
}

Result<OpenLedger> VerbContext::open(const std::string& path) const
{
    auto opened = unlock(path);
    if (!opened.ok())
        return placed(std::move(opened).error(), path);
    std::unique_ptr<Workspace> workspace = std::move(*opened);
    Principal principal = Principal::owner();
    if (!m_options.person.empty()) {
        SLUICE_TRY(principal, workspace->principal(m_options.person));
    }
    return OpenLedger{std::move(workspace), std::move(principal)};
}

Result<std::string> readTextFile(const std::string& path, std::size_t maxBytes)
{
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat status { };
    if (file.value() < 0 || ::fstat(file.value(), &status) != 0)
        return systemError(path, "it cannot be read");
    if (!S_ISREG(status.st_mode))
        return Error{ErrorCode::BadInput, path, "it is not a file", {}};
    std::string text;
    while (true) {
        constexpr std::size_t BlockBytes = 64 * 1024;
        const std::size_t size = text.size();
        text.resize(size + BlockBytes);
        const ssize_t got = ::read(file.value(), text.data() + size, BlockBytes);
        if (got < 0)
            return systemError(path, "it cannot be read");
        text.resize(size + static_cast<std::size_t>(got));
        if (text.size() > maxBytes)
            return Error{ErrorCode::BadInput, path,
                "it is larger than " + std::to_string(maxBytes >> 20) + " MiB", {}};
        if (got == 0)
            return text;
    }
}

Status requireNewFile(const std::string& path)
{
    std::error_code ignored;
    const std::filesystem::path folder = std::filesystem::absolute(path, ignored).parent_path();
    if (!std::filesystem::is_directory(folder, ignored))
        return Error{ErrorCode::NotFound, path,
            "there is no folder " + folder.string() + " to write it to",
            "Make the folder, or choose another"};
    if (std::filesystem::exists(path, ignored))
        return Error{ErrorCode::AlreadyExists, path, "there is a file of that name already",
            "Choose another name"};
    return Status::success();
}

Status writeNewFile(const std::string& path, std::string_view text)
{
    constexpr mode_t OwnerOnly = S_IRUSR | S_IWUSR;
    const Descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, OwnerOnly)};
    if (file.value() < 0)
        return systemError(path, "it cannot be written");
    while (!text.empty()) {
        const ssize_t put = ::write(file.value(), text.data(), text.size());
        if (put < 0)
            return systemError(path, "it cannot be written");
        text.remove_prefix(static_cast<std::size_t>(put));
    }
    return Status::success();
}

} // namespace sluice
