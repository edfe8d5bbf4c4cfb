// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/ImportPreview.h"

namespace sluice {

std::string_view previewStateName(PreviewState state)
{
    switch (state) {
    case PreviewState::New:
        return "new";
    case PreviewState::Duplicate:
        return "duplicate";
    case PreviewState::Changed:
        return "changed";
    case PreviewState::Removed:
        return "removed";
    case PreviewState::Error:
        return "error";
    }
    return {};
}

std::string_view columnMatchName(ColumnMatch match)
{
    switch (match) {
    case ColumnMatch::Named:
        return "named";
    case ColumnMatch::Mapped:
        return "mapped";
    case ColumnMatch::Profiled:
        return "profiled";
    case ColumnMatch::Similar:
        return "similar";
    case ColumnMatch::Own:
        return "own";
    case ColumnMatch::Unknown:
        return "unknown";
    }
    return {};
}

} // namespace sluice
