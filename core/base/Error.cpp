// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/Error.h"

namespace sluice {

std::string_view errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Usage:
        return "usage";
    case ErrorCode::BadInput:
        return "bad_input";
    case ErrorCode::MissingColumns:
        return "missing_columns";
    case ErrorCode::SmallerDelivery:
        return "smaller_delivery";
    case ErrorCode::NotFound:
        return "not_found";
    case ErrorCode::AlreadyExists:
        return "already_exists";
    case ErrorCode::Overflow:
        return "overflow";
    case ErrorCode::Locked:
        return "locked";
    case ErrorCode::WrongPassphrase:
        return "wrong_passphrase";
    case ErrorCode::NotAllowed:
        return "not_allowed";
    case ErrorCode::OutOfScope:
        return "out_of_scope";
    case ErrorCode::Damaged:
        return "damaged";
    case ErrorCode::NotALedger:
        return "not_a_ledger";
    case ErrorCode::NewerSchema:
        return "newer_schema";
    case ErrorCode::Io:
        return "io";
    case ErrorCode::DiskFull:
        return "disk_full";
    case ErrorCode::ReadOnly:
        return "read_only";
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::Unavailable:
        return "unavailable";
    case ErrorCode::Internal:
        return "internal";
    }
    return "internal";
}

namespace {

// Parts that came from a library may end as sentences of their own.
std::string withFullStop(const std::string& text)
{
    return text.substr(0, text.find_last_not_of(". \n") + 1) + ".";
}

} // namespace

std::string errorSentence(const Error& error)
{
    std::string text;
    if (!error.where.empty())
        text = error.where + ": ";
    text += withFullStop(error.what);
    if (!error.fix.empty()) {
        std::string fix = withFullStop(error.fix);
        if (fix.front() >= 'a' && fix.front() <= 'z')
            fix.front() = static_cast<char>(fix.front() - 'a' + 'A');
        text += " " + fix;
    }
    return text;
}

} // namespace sluice
