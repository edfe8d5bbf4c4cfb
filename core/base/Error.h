// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

// What kind of trouble it was. The command line maps these to exit codes, the window to a message.
enum class ErrorCode : std::uint8_t {
    Usage, // the caller asked for something that makes no sense
    BadInput, // a file or text from outside cannot be used
    MissingColumns, // a file without columns that charges need; a mapping may say which they are
    SmallerDelivery, // it would shrink what it replaces by more than half; the caller may insist
    NotFound,
    AlreadyExists,
    Overflow, // a number outside what the ledger can hold exactly
    Locked, // no key given, or the ledger is in use
    WrongPassphrase,
    NotAllowed, // the principal's roles do not permit it
    OutOfScope, // outside the principal's owner scope
    Damaged,
    NotALedger,
    NewerSchema,
    Io, // the disk or the operating system said no
    DiskFull,
    ReadOnly,
    Cancelled,
    Unavailable, // an optional part is missing on this machine
    Internal, // our fault
};

// The stable snake_case name used in JSON errors, logs and tests.
std::string_view errorCodeName(ErrorCode code);

// Expected trouble: where it happened (file, line, column), what happened, and what to do about it.
// No sentence ends with a full stop: printers add the punctuation.
struct Error {
    ErrorCode code{ErrorCode::Internal};
    std::string where;
    std::string what;
    std::string fix;

    bool operator==(const Error&) const = default;
};

// "WHERE: WHAT. FIX." with the parts that are there.
std::string errorSentence(const Error& error);

} // namespace sluice
