// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ledger/KeyDictionary.h"
#include "core/store/Connection.h"

namespace sluice {

// The charge keys of the ledger and the texts they are made of. Ids are positions: nothing is ever
// renumbered. Reads what is stored beyond what `dictionary` already holds, so that a newer revision
// costs only what is new.
Status loadDictionary(Connection& connection, KeyDictionary& dictionary);
// Stores the strings from `firstString` on and the keys from `firstKey` on.
Status saveDictionary(Connection& connection, const KeyDictionary& dictionary,
    std::size_t firstString, std::size_t firstKey);

} // namespace sluice
