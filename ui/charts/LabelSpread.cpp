// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/LabelSpread.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sluice::ui {

namespace {

// Labels that touch each other and move as one.
struct Block {
    double offsetSum{0}; // of wish − place within the block
    std::size_t count{0};
    [[nodiscard]] double start() const { return offsetSum / double(count); }
};

} // namespace

std::vector<std::optional<double>> spreadLabels(
    std::span<const double> wanted, double height, double top, double bottom)
{
    std::vector<std::optional<double>> places(wanted.size());
    const double room = bottom - top;
    if (height <= 0 || room < height)
        return places;
    const std::size_t count
        = std::min(wanted.size(), static_cast<std::size_t>(std::floor(room / height + 1e-9)));
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return wanted[i]; });
    // The i-th label stands at start + i × height, starts never falling: pool adjacent violators.
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < count; ++i) {
        blocks.push_back({wanted[order[i]] - double(i) * height, 1});
        while (blocks.size() > 1 && blocks[blocks.size() - 2].start() >= blocks.back().start()) {
            const Block last = blocks.back();
            blocks.pop_back();
            blocks.back().offsetSum += last.offsetSum;
            blocks.back().count += last.count;
        }
    }
    const double least = top + height / 2;
    const double most = bottom - height / 2 - double(count - 1) * height;
    std::size_t i = 0;
    for (const Block& block : blocks) {
        // Bounds on starts keep the order: the same for all.
        const double start = std::clamp(block.start(), least, std::max(least, most));
        for (std::size_t k = 0; k < block.count; ++k, ++i)
            places[order[i]] = start + double(i) * height;
    }
    return places;
}

} // namespace sluice::ui
