// SPDX-License-Identifier: GPL-3.0-or-later
// sluice_bench_queries LEDGER KEYFILE
// Measures on an existing ledger: from the key being given to the first map, the map and a pivot
// from the snapshot, all findings, and attribution under another ruleset. Prints milliseconds as
// JSON; each repeated one is the best of several.
#include "core/analytics/SpendQuery.h"
#include "core/attribution/Ruleset.h"
#include "core/base/Resource.h"
#include "core/services/SpendService.h"
#if SLUICE_BENCH_PAINTS
#include "ui/charts/Treemap.h"
#include "ui/kit/Theme.h"

#include <QApplication>
#include <QPixmap>
#endif

#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>

namespace {

using namespace sluice;

double millisecondsOf(const std::function<void()>& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
}

double bestOf(int times, const std::function<void()>& work)
{
    double best = millisecondsOf(work);
    for (int i = 1; i < times; ++i)
        best = std::min(best, millisecondsOf(work));
    return best;
}

// A bench has nobody to tell trouble to: it says what happened and ends.
template <class T>
T must(Result<T> result)
{
    if (result.ok())
        return std::move(result).value();
    std::fprintf(stderr, "sluice_bench_queries: %s\n", errorSentence(result.error()).c_str());
    std::exit(3);
}

SpendQuery queryBy(
    std::initializer_list<std::string_view> dimensions, std::optional<Grain> grain = std::nullopt)
{
    SpendQuery query;
    for (const std::string_view name : dimensions)
        query.by.push_back(must(parseDimension(name)));
    query.grain = grain;
    return query;
}

Credential keyFrom(const char* path)
{
    std::ifstream file{path, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    return {Credential::Kind::RawKey, SecureBytes::copyOf(bytes)};
}

#if SLUICE_BENCH_PAINTS
std::vector<ui::TreemapItem> tilesOf(const std::vector<SpendNode>& nodes, int depth, int slot)
{
    std::vector<ui::TreemapItem> items;
    for (const SpendNode& node : nodes) {
        ui::TreemapItem item;
        item.key = QString::fromStdString(node.value);
        item.name = QString::fromStdString(node.name);
        item.amount = node.amount;
        item.value = QString::fromStdString(amountText(node.amount, node.currency));
        item.slot = depth == 0 ? static_cast<int>(items.size()) : slot;
        if (depth == 0)
            item.children = tilesOf(node.children, 1, item.slot);
        items.push_back(std::move(item));
    }
    return items;
}

void paint(const SpendTree& tree)
{
    ui::Treemap map;
    map.resize(1280, 800);
    if (!tree.roots.empty())
        map.show(tilesOf(tree.roots.front().children, 0, 0),
            [](Int128 amount) { return QString::fromStdString(toString(amount)); });
    const QPixmap picture = map.grab();
    SLUICE_CHECK(!picture.isNull());
}
#else
void paint(const SpendTree&) { }
#endif

int measure(const char* ledger, const char* keyFile)
{
    const SystemClock clock;
    const TaskContext context;
    const Principal owner = Principal::owner();
    const SpendQuery mapQuery = queryBy({"category", "unit", "workflow", "vendor", "model"});
    const SpendQuery pivotQuery = queryBy({"provider", "service"}, Grain::Month);
    std::unique_ptr<Workspace> workspace;
    std::shared_ptr<const LedgerSnapshot> snapshot;
    double openMs = 0;
    const double openToMapMs = millisecondsOf([&] {
        openMs = millisecondsOf([&] {
            workspace = must(Workspace::open(ledger, keyFrom(keyFile), {clock, nullptr}));
        });
        snapshot = must(workspace->snapshot(owner, {}, context));
        paint(must(spendTree(*snapshot, mapQuery, context)));
    });
    const SpendAnswer whole = must(spend(*snapshot, {}, context));
    std::uint64_t charges = 0;
    for (const SpendTotal& total : whole.totals)
        charges += total.charges;

    const double mapMs = bestOf(9, [&] { (void)must(spendTree(*snapshot, mapQuery, context)); });
    const double pivotMs = bestOf(9, [&] { (void)must(spend(*snapshot, pivotQuery, context)); });
    FindingsQuestion question;
    const double findingsMs = bestOf(
        5, [&] { (void)must(SpendService{*workspace}.findings(question, owner, context)); });
    std::vector<Ruleset> rulesets{
        must(parseRuleset(resource("rules/default-1.json"), "default-1.json"))};
    rulesets.front().number = 1;
    const double reattributeMs = bestOf(5, [&] {
        (void)must(
            attribute(*snapshot->keys, rulesets, *snapshot->organisation, std::nullopt, context));
    });
    std::printf(
        "{\"charges\": %llu, \"keys\": %zu, \"open_ms\": %.3f, \"open_to_map_ms\": %.3f, \"map_ms\": %.3f, \"pivot_ms\": %.3f, "
        "\"findings_ms\": %.3f, \"reattribute_ms\": %.3f, \"painted\": %s}\n",
        static_cast<unsigned long long>(charges), snapshot->keys->keyCount(), openMs, openToMapMs,
        mapMs, pivotMs, findingsMs, reattributeMs, SLUICE_BENCH_PAINTS ? "true" : "false");
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fprintf(stderr, "sluice_bench_queries LEDGER KEYFILE\n");
        return 2;
    }
#if SLUICE_BENCH_PAINTS
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application{argc, argv};
    ui::applyTheme(application, ui::ThemeChoice::Light, application.palette());
#endif
    return measure(argv[1], argv[2]);
}
