// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ExitCode.h"

namespace sluice {

ExitCode exitCodeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Usage:
        return ExitCode::Usage;
    case ErrorCode::BadInput:
    case ErrorCode::MissingColumns:
    case ErrorCode::SmallerDelivery:
    case ErrorCode::NotFound:
    case ErrorCode::AlreadyExists:
    case ErrorCode::Overflow:
    case ErrorCode::DiskFull:
    case ErrorCode::ReadOnly:
    case ErrorCode::Unavailable:
        return ExitCode::BadInput;
    case ErrorCode::Locked:
    case ErrorCode::WrongPassphrase:
    case ErrorCode::NotAllowed:
    case ErrorCode::OutOfScope:
        return ExitCode::Locked;
    case ErrorCode::Damaged:
    case ErrorCode::NotALedger:
    case ErrorCode::NewerSchema:
    case ErrorCode::Io:
        return ExitCode::Damaged;
    case ErrorCode::Cancelled:
        return ExitCode::Cancelled;
    case ErrorCode::Internal:
        return ExitCode::Internal;
    }
    return ExitCode::Internal;
}

} // namespace sluice
