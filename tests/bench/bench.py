#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sluice and its peers on one generated FOCUS file, in one run, best of three.

Every figure is measured here and now; what could not be measured is left out and said so. Amounts are compared as
well: an import whose total is not the generator's exact one is no result."""
import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DUCKDB = "@duckdb/node-api@1.5.6-r.1"


class Failed(Exception):
    pass


def say(text):
    print(text, file=sys.stderr, flush=True)


def measure(command, cwd=None):
    """Runs a command and returns its output, wall seconds and peak memory in MB (its own and its children's)."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        start = time.monotonic()
        child = subprocess.Popen([str(c) for c in command], stdin=subprocess.DEVNULL, stdout=out, stderr=errors, cwd=cwd)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if child.returncode != 0:
            reason = errors.read().decode(errors="replace").strip()[-300:]
            raise Failed(f"{Path(command[0]).name} ended with {child.returncode}: {reason}")
        return out.read().decode(), seconds, usage.ru_maxrss / 1024


def remove(path):
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


def best(runs, work, by="seconds"):
    """The fastest of some runs of work(), which returns a dict with the time in `by`."""
    return min((work() for _ in range(runs)), key=lambda result: result[by])


class Bench:
    def __init__(self, options):
        self.build = options.build.resolve()
        self.runs = options.runs
        self.dir = self.build.parent / "bench"
        self.dir.mkdir(parents=True, exist_ok=True)
        self.cli = self.build / "app/cli/sluice-cli"
        self.queries = self.build / "tests/bench/sluice_bench_queries"
        self.key = self.dir / "bench.key"
        if not self.key.exists():
            self.key.touch(mode=0o600)
            self.key.write_bytes(os.urandom(32))

    def generate(self, rows, days):
        file = self.dir / f"focus-{rows}-{days}.csv"
        truth = file.with_suffix(".json")
        if not truth.exists():
            say(f"generating {rows} charges")
            out, _, _ = measure([self.build / "tests/bench/sluice_generate_focus", file, "--rows", rows, "--days", days])
            truth.write_text(out)
        with open(file, "rb") as warm:  # every contender reads from memory, none from the disk
            while warm.read(1 << 24):
                pass
        return file, json.loads(truth.read_text())

    # ---- Sluice ----

    def ledger(self, name):
        ledger = self.dir / name
        remove(ledger)
        measure([self.cli, "init", ledger, "--key-file", self.key])
        return ledger

    def import_file(self, file, ledger):
        _, seconds, peak = measure([self.cli, "import", ledger, file, "--key-file", self.key, "--no-progress", "--quiet"])
        return {"seconds": seconds, "peak_mb": peak, "ledger_bytes": sum(f.stat().st_size for f in ledger.parent.glob(ledger.name + "*"))}

    def sluice_import(self, file, truth):
        results = []
        for _ in range(self.runs):
            ledger = self.ledger("import.sluice")
            results.append(self.import_file(file, ledger))
        out, _, _ = measure([self.cli, "spend", ledger, "--by", "provider", "--json", "--key-file", self.key])
        total = sum(Decimal(t["amount"]) for t in json.loads(out)["totals"])
        charges = sum(int(t["charges"]) for t in json.loads(out)["totals"])
        # Each charge is rounded to ten digits less one, so the totals may differ by half a unit a row at most.
        if charges != truth["rows"] or abs(total - Decimal(truth["billed"])) > Decimal("5e-10") * truth["rows"]:
            raise Failed(f"the ledger holds {charges} charges of {total}, the file {truth['rows']} of {truth['billed']}")
        result = min(results, key=lambda r: r["seconds"])
        result["peak_mb"] = max(r["peak_mb"] for r in results)
        return result

    def sluice_queries(self, ledger):
        def once():  # the first one after an import shares the disk with what is still being written back
            out, _, peak = measure([self.queries, ledger, self.key])
            return {**json.loads(out), "peak_mb": peak}

        return best(self.runs, once, by="open_to_map_ms")

    # ---- peers ----

    def sqlite_import(self, file):
        database = self.dir / "peer.sqlite"

        def once():
            remove(database)
            _, seconds, peak = measure(["sqlite3", database, ".mode csv", f".import {file} focus"])
            return {"seconds": seconds, "peak_mb": peak, "bytes": database.stat().st_size}

        return best(self.runs, once)

    def fetch_duckdb(self):
        npm = self.dir / "npm"
        if not (npm / "node_modules/@duckdb/node-api").exists():
            npm.mkdir(exist_ok=True)
            (npm / "package.json").write_text('{"private": true}\n')
            say("fetching DuckDB (for this bench only)")
            measure(["npm", "install", "--no-audit", "--no-fund", "--silent", DUCKDB], cwd=npm)
        return npm

    def duckdb(self, npm, work, file, database=None):
        out, _, peak = measure(["node", ROOT / "tests/bench/duckdb_peer.mjs", work, file, *([database] if database else [])], cwd=npm)
        return {**json.loads(out), "peak_mb": peak}

    def duckdb_all(self, file):
        npm = self.fetch_duckdb()
        database = self.dir / "peer.duckdb"

        def load():
            remove(database)
            result = self.duckdb(npm, "load", file, database)
            result["bytes"] = database.stat().st_size
            return result

        return {
            "duckdb_load": best(self.runs, load),
            "duckdb_group_by": self.duckdb(npm, "query", file, database),
            "duckdb_scan": best(self.runs, lambda: self.duckdb(npm, "scan", file)),
        }


def machine():
    cpu = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    memory = next(int(line.split()[1]) for line in open("/proc/meminfo") if line.startswith("MemTotal"))
    system = next((line.split("=", 1)[1].strip().strip('"') for line in open("/etc/os-release") if line.startswith("PRETTY_NAME")), "")
    return {"cpu": cpu, "cores": os.cpu_count(), "memory_gb": round(memory / 1024 / 1024), "system": f"{system}, Linux {platform.release()}"}


def bars(measured, file_bytes):
    """The rows of the table: what, Sluice's figure, against what, ratio or bound, the bar, held or not."""
    rows = []

    def add(what, figure, peer, value, unit, bar, aim, smaller_is_better=True):
        wanted = aim if bar is None else bar
        held = value <= wanted if smaller_is_better else value >= wanted
        rows.append({"what": what, "sluice": figure, "peer": peer, "value": value, "unit": unit, "bar": bar, "aim": aim, "held": held})

    imported = measured.get("sluice_import")
    if imported:
        seconds = imported["seconds"]
        for peer, what, bar, aim in (("duckdb_load", "import against DuckDB's table load", 1.0, None),
                                     ("sqlite_import", "import against sqlite3 .import", 1 / 3, None),
                                     ("duckdb_scan", "import against DuckDB's bare scan and group-by", None, 1.5)):
            if peer in measured:
                other = measured[peer]["seconds"]
                add(what, f"{seconds:.2f} s", f"{other:.2f} s", seconds / other, "× its time", bar, aim)
        add("peak memory of the import", f"{imported['peak_mb']:.0f} MB", "", imported["peak_mb"], "MB", 300, 150)
        add("ledger, document included, against the file", f"{imported['ledger_bytes'] / 1e6:.0f} MB", f"{file_bytes / 1e6:.0f} MB",
            imported["ledger_bytes"] / file_bytes, "of its size", 1 / 4, 1 / 6)
    queries = measured.get("sluice_queries")
    if queries and "duckdb_group_by" in measured:
        other = measured["duckdb_group_by"]["seconds"]
        for what, name in (("spend map from snapshot against DuckDB's group-by on its table", "map_ms"),
                           ("pivot from snapshot against DuckDB's group-by on its table", "pivot_ms")):
            if name in queries:
                add(what, f"{queries[name]:.2f} ms", f"{other * 1000:.1f} ms", other * 1000 / queries[name], "× as fast", 10, None, False)
    large = measured.get("sluice_large")
    if large:
        charges = f"{large['charges'] / 1e6:g} M charges"
        add(f"{charges}: key given to first map", f"{large['open_to_map_ms']:.0f} ms", "", large["open_to_map_ms"], "ms", 1500, 500)
        add(f"{charges}: re-attribution under a new ruleset", f"{large['reattribute_ms']:.1f} ms", "", large["reattribute_ms"], "ms", 200, 50)
    return rows


def table(rows):
    def number(value):
        return f"{value:.2f}" if value < 10 else f"{value:.0f}"

    lines = ["| what | Sluice | peer | measured | bar | aim | |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        aim = number(row["aim"]) if row["aim"] is not None else ""
        bar = number(row["bar"]) if row["bar"] is not None else ""
        verdict = ("bar " if row["bar"] is not None else "aim ") + ("held" if row["held"] else "missed")
        lines.append(f"| {row['what']} | {row['sluice']} | {row['peer']} | {number(row['value'])} {row['unit']} | {bar} | {aim} | {verdict} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True, help="the release build")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--large-rows", type=int, default=10_000_000, help="for the ledger of three years; 0 leaves it out")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    bench = Bench(options)
    file, truth = bench.generate(options.rows, 92)
    measured, missing = {}, []

    def attempt(name, work):
        say(f"measuring {name}")
        try:
            result = work()
            measured.update(result if name == "duckdb" else {name: result})
        except (Failed, OSError) as error:
            missing.append(f"{name}: {str(error).replace(str(ROOT) + '/', '')}")
            say(f"  not measured: {error}")

    attempt("sqlite_import", lambda: bench.sqlite_import(file))
    attempt("duckdb", lambda: bench.duckdb_all(file))
    attempt("sluice_import", lambda: bench.sluice_import(file, truth))
    if "sluice_import" in measured:
        attempt("sluice_queries", lambda: bench.sluice_queries(bench.dir / "import.sluice"))
        if options.large_rows > 0:
            def large():
                wide, _ = bench.generate(options.large_rows, 1096)
                ledger = bench.ledger("large.sluice")
                imported = bench.import_file(wide, ledger)
                return {**bench.sluice_queries(ledger), "import_seconds": imported["seconds"], "import_peak_mb": imported["peak_mb"],
                        "charges": options.large_rows}
            attempt("sluice_large", large)

    rows = bars(measured, truth["bytes"])
    result = {"machine": machine(), "rows": options.rows, "file_bytes": truth["bytes"], "runs": options.runs,
              "measured": measured, "not_measured": missing, "table": rows}
    (bench.dir / "results.json").write_text(json.dumps(result, indent=2) + "\n")
    write_report(result)
    print(table(rows))
    print(json.dumps(result))
    return 0


def write_report(result):
    computer = result["machine"]
    peers = []
    for name, what in (("sqlite_import", "sqlite3 `.import` into a text table"), ("duckdb_load", "DuckDB, `read_csv` into a table, checkpointed"),
                       ("duckdb_scan", "DuckDB, bare `read_csv` and group-by"), ("duckdb_group_by", "DuckDB, group-by on the loaded table"),
                       ("sluice_import", "Sluice, whole import")):
        if name in result["measured"]:
            figure = result["measured"][name]
            peers.append(f"| {what} | {figure['seconds']:.3f} | {figure['peak_mb']:.0f} |")
    lines = ["# Bench results", "",
             f"Measured by `./dev bench --rows {result['rows']}` on {time.strftime('%Y-%m-%d')}: {computer['cpu']}, {computer['cores']} cores, "
             f"{computer['memory_gb']} GB, {computer['system']}.",
             f"One generated FOCUS 1.2 file of {result['rows']:,} charges, 57 columns, {result['file_bytes'] / 1e6:.0f} MB, read from memory; "
             f"best of {result['runs']}, without key derivation. Ratios matter, absolute times are the machine's.", "",
             table(result["table"]), "", "## Each contender", "", "| work | seconds | peak MB |", "| --- | --- | --- |", *peers]
    large = result["measured"].get("sluice_large")
    if large:
        lines += ["", f"The ledger of {large['charges']:,} charges over three years took {large['import_seconds']:.1f} s to import, "
                  f"with a peak of {large['import_peak_mb']:.0f} MB."]
    if result["not_measured"]:
        lines += ["", "Not measured in this run:", "", *[f"- {line}" for line in result["not_measured"]]]
    (ROOT / "tests/bench/RESULTS.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
