// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Random.h"
#include "core/store/Connection.h"

#include <cstdint>

namespace sluice::test {

// A small bank: accounts whose balances always add up to zero, and one entry per transfer, numbered
// without a gap. A transfer touches several pages in one transaction, so that any half of it shows.

SecureBytes bankKey();
FileSalt bankSalt();
Status createBank(Connection& connection);
// The `number`th transfer (1, 2, …), in one transaction. Ok means that it was acknowledged as
// durable.
Status transfer(Connection& connection, std::int64_t number, SeededRandom& random);
// The same within a transaction that is there already.
Status transferWithin(Connection& connection, std::int64_t number, SeededRandom& random);
// How many transfers stand in the ledger, or what is wrong with it: integrity, sum, gaps, an
// entry's content.
Result<std::int64_t> checkBank(Connection& connection);

} // namespace sluice::test
