// SPDX-License-Identifier: GPL-3.0-or-later
// The key envelope is read before anything is proven about it: any bytes must give a value or an
// error.
#include "core/base/Check.h"
#include "core/security/EnvelopeContent.h"
#include "core/security/RecoveryCode.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace sluice;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto content = parseEnvelope(text, {}); content.ok()) {
        const auto again = parseEnvelope(envelopeText(*content), {});
        SLUICE_CHECK(again.ok() && *again == *content);
    }
    if (const auto secret = parseRecoveryCode(text); secret.ok()) {
        const SecureBytes code = formatRecoveryCode(*secret);
        const auto again
            = parseRecoveryCode({reinterpret_cast<const char*>(code.data()), code.size()});
        SLUICE_CHECK(again.ok() && *again == *secret);
    }
    return 0;
}
