// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/HeapRoom.h"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

namespace sluice {

void keepHeapRoom()
{
#if defined(M_TOP_PAD)
    constexpr int RoomBytes = 32 << 20;
    mallopt(M_TOP_PAD, RoomBytes);
    mallopt(M_MMAP_THRESHOLD, RoomBytes / 4);
    mallopt(M_TRIM_THRESHOLD, 2 * RoomBytes);
#endif
}

} // namespace sluice
