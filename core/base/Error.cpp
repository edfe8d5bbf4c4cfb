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

std::string errorSentence(const Error& error)
{
    std::string text;
    if (!error.where.empty())
        text = error.where + ": ";
    text += error.what + ".";
    if (!error.fix.empty())
        text += " " + error.fix + ".";
    return text;
}

} // namespace sluice
