// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/Result.h"
#include "core/ledger/JsonValue.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice {

inline constexpr std::size_t MaxCanonicalBytes = 256 * 1024; // of one event's envelope
inline constexpr int MaxCanonicalDepth = 64;

// The one byte sequence of a value, as in RFC 8785 (JSON Canonicalization Scheme) without floats
// and with composed texts (NFC): sorted names, no white space, shortest escapes, integers beyond
// ±2^53 as strings. BadInput for text that is not UTF-8, for more than `maxBytes` bytes and for
// deeper nesting than MaxCanonicalDepth. Sources: RFC 8785 §3.2, Unicode Standard Annex #15.
Result<std::string> canonicalJson(const JsonValue& value, std::size_t maxBytes = MaxCanonicalBytes);

// The reverse, strictly: BadInput unless `bytes` are exactly what canonicalJson() writes for some
// value. So white space, another order, doubled names, floats and integers beyond ±2^53 that are
// not strings are all refused. canonicalJson(parseCanonicalJson(bytes)) == bytes; such a large
// integer comes back as its text.
Result<JsonValue> parseCanonicalJson(
    std::string_view bytes, std::size_t maxBytes = MaxCanonicalBytes);

} // namespace sluice
