// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Secrets.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace sluice {

namespace {

constexpr std::size_t MaxSecretBytes = 4096;
constexpr std::size_t KeyBytes = 32;

bool isLineEnd(std::uint8_t byte)
{
    return byte == '\n' || byte == '\r';
}

std::size_t lengthWithoutLineEnds(const SecureBytes& bytes, std::size_t size)
{
    while (size > 0 && isLineEnd(bytes.data()[size - 1]))
        --size;
    return size;
}

// Echo off while it lives, whatever ends the reading.
class SilentTerminal {
public:
    SilentTerminal()
    {
        m_known = tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (!m_known)
            return;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~SilentTerminal()
    {
        if (m_known)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

private:
    termios m_before{};
    bool m_known{false};
};

// Fills `bytes` until it is full, the input ends, or a line does (`wholeLine`); the number of
// bytes, or -1.
ssize_t readInto(int descriptor, SecureBytes& bytes, bool wholeLine)
{
    std::size_t size = 0;
    while (size < bytes.size()) {
        const ssize_t got = ::read(descriptor, bytes.data() + size, bytes.size() - size);
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
        if (wholeLine && isLineEnd(bytes.data()[size - 1]))
            break;
    }
    return static_cast<ssize_t>(size);
}

// The file's bytes, at most MaxSecretBytes, kept out of ordinary memory.
Result<SecureBytes> readSecret(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 && errno == ENOENT)
        return Error{ErrorCode::NotFound, path, "there is no such file",
            "Name the file that holds the passphrase or key"};
    SecureBytes buffer{MaxSecretBytes + 1};
    const ssize_t size = descriptor < 0 ? -1 : readInto(descriptor, buffer, false);
    const int reason = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (size < 0)
        return Error{ErrorCode::BadInput, path,
            std::string{"it cannot be read: "} + std::strerror(reason), {}};
    if (static_cast<std::size_t>(size) > MaxSecretBytes)
        return Error{ErrorCode::BadInput, path, "it is too large for a passphrase or key", {}};
    return SecureBytes::copyOf(buffer.bytes().first(static_cast<std::size_t>(size)));
}

int hexDigit(std::uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

Result<SecureBytes> readPassphraseFile(const std::string& path)
{
    SLUICE_TRY(const SecureBytes content, readSecret(path));
    const std::size_t length = lengthWithoutLineEnds(content, content.size());
    if (length == 0)
        return Error{ErrorCode::BadInput, path, "the passphrase file is empty", {}};
    return SecureBytes::copyOf(content.bytes().first(length));
}

Result<SecureBytes> readKeyFile(const std::string& path)
{
    SLUICE_TRY(SecureBytes content, readSecret(path));
    if (content.size() == KeyBytes)
        return content;
    const Error unusable{ErrorCode::BadInput, path, "it does not hold a 256-bit key",
        "A key file holds 32 bytes, or 64 hex digits"};
    if (lengthWithoutLineEnds(content, content.size()) != 2 * KeyBytes)
        return unusable;
    SecureBytes key{KeyBytes};
    for (std::size_t i = 0; i < KeyBytes; ++i) {
        const int high = hexDigit(content.data()[2 * i]);
        const int low = hexDigit(content.data()[2 * i + 1]);
        if (high < 0 || low < 0)
            return unusable;
        key.data()[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return key;
}

bool canPrompt() noexcept
{
    return ::isatty(STDIN_FILENO) == 1;
}

Result<SecureBytes> promptPassphrase(const std::string& question)
{
    const auto say = [](const std::string& text) {
        return ::write(STDERR_FILENO, text.data(), text.size()) >= 0;
    };
    const SilentTerminal silent;
    SecureBytes buffer{MaxSecretBytes};
    if (!say(question + ": "))
        return Error{ErrorCode::Io, "terminal", "the question could not be shown", {}};
    const ssize_t size = readInto(STDIN_FILENO, buffer, true);
    if (!say("\n") || size <= 0)
        return Error{ErrorCode::Cancelled, {}, "cancelled", {}};
    const std::size_t length = lengthWithoutLineEnds(buffer, static_cast<std::size_t>(size));
    if (length == 0)
        return Error{ErrorCode::BadInput, "terminal", "no passphrase was typed", {}};
    return SecureBytes::copyOf(buffer.bytes().first(length));
}

} // namespace sluice
