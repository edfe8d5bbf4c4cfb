// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/Profile.h"
#include "core/services/ImportPreview.h"
#include "core/services/internal/DeliveryFiles.h"

#include <optional>
#include <string>

namespace sluice {

// What the first rows of a delivery's first file with rows tell: how it would be read. Fast,
// whatever the size of the file. Errors: those of a file that cannot be read at all, or does not
// fit the mapping.
Result<DeliveryPreview> sniffDelivery(const DeliveryFiles& delivery, const std::string& profile,
    const std::optional<Profile>& mapping, const TaskContext& context);

} // namespace sluice
