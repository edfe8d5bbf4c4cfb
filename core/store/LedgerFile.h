// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <string>

namespace sluice {

// What stands on the disk before and beside a connection: the checks that keep an unencrypted or
// foreign file from ever being taken for a ledger. Any thread.

// SQLite's name of the encrypting file layer over `vfs`; empty stands for the default one.
std::string cipherVfsName(const std::string& vfs);
// Makes an empty file with owner-only rights, or says AlreadyExists.
Status ledgerFileToCreate(const std::string& path, const std::string& vfs);
// NotFound; NotALedger for an empty file or a plain SQLite database.
Status ledgerFileToOpen(const std::string& path, const std::string& vfs);
// Whether the file begins with 16 printable characters. A ledger does by a chance below 10^-6, so
// this is for words about a file that does not open, never a reason not to open it.
Result<bool> beginsAsText(const std::string& path);
// Whether this is the type number of a network file system (statfs), where SQLite's log and locks
// do not hold.
bool isNetworkFileSystem(std::uint64_t type);
// Error: Io for a ledger that lies on one.
Status requireLocalDisk(const std::string& path);
// The silent-plaintext guard: the file does not begin with SQLite's header, and without a key it
// does not open. Error: NotALedger.
Status requireEncrypted(const std::string& path, const std::string& vfs);
// Removes a ledger's files (itself, write-ahead log, shared memory, journal) as far as they exist.
void removeLedgerFiles(const std::string& path);

} // namespace sluice
