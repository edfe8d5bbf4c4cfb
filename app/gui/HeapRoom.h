// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace sluice {

// Lets the heap grow in large steps. While a worker derives a key from a passphrase, the system
// populates hundreds of megabytes for it and makes every other thread that asks for memory wait,
// the window's too: so that one should not have to ask. Measured: 200 to 500 ms of standstill at
// each unlocking without it. To be called once, first of all.
void keepHeapRoom();

} // namespace sluice
