// SPDX-License-Identifier: GPL-3.0-or-later
// sluice_generate_focus FILE [--rows N] [--days N] [--seed N] [--from YYYY-MM-DD]
// Writes the file and, on standard output, its exact totals as JSON.
#include "tests/bench/FocusGenerator.h"

#include <CLI/CLI.hpp>

#include <cstdio>

int main(int argc, char** argv)
{
    using sluice::test::FocusGenerator;
    FocusGenerator::Options options;
    std::string path;
    CLI::App app{"Writes a generated FOCUS 1.2 cost export"};
    app.add_option("file", path, "where to write it")->required();
    app.add_option("--rows", options.rows, "how many charges");
    app.add_option("--days", options.days, "over how many days");
    app.add_option("--seed", options.seed, "the same seed gives the same file");
    app.add_option("--from", options.firstDay, "the first day");
    CLI11_PARSE(app, argc, argv);

    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (!file) {
        std::fprintf(stderr, "cannot write %s\n", path.c_str());
        return 3;
    }
    bool written = true;
    const auto totals = FocusGenerator{options}.write([&](std::string_view piece) {
        written = written && std::fwrite(piece.data(), 1, piece.size(), file) == piece.size();
    });
    written = std::fclose(file) == 0 && written;
    const auto text = [](sluice::Int128 sum) { return sluice::toString(sluice::Decimal{sum, 10}); };
    std::printf(
        "{\"rows\": %llu, \"bytes\": %llu, \"billed\": \"%s\", \"effective\": \"%s\", \"list\": \"%s\", \"contracted\": \"%s\"}\n",
        static_cast<unsigned long long>(totals.rows), static_cast<unsigned long long>(totals.bytes),
        text(totals.billed).c_str(), text(totals.effective).c_str(), text(totals.list).c_str(),
        text(totals.contracted).c_str());
    return written ? 0 : 3;
}
