// SPDX-License-Identifier: GPL-3.0-or-later
// DuckDB as the peer of ./dev bench: node duckdb_peer.mjs WORK FILE.csv [DATABASE]
// WORK is scan (read_csv + group-by), load (into a table of DATABASE, durable) or query (group-by on that table).
// Prints {"seconds": …} of the work alone, without the start of node.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const { DuckDBInstance } = require('@duckdb/node-api');
const [work, file, database] = process.argv.slice(2);
const source = `read_csv('${file}', header = true)`;
const groupBy = (from) => `SELECT ServiceCategory, SubAccountName, ServiceName, ProviderName, SkuMeter,
    sum(BilledCost) AS amount, count(*) AS charges FROM ${from} GROUP BY ALL ORDER BY ALL`;

const instance = await DuckDBInstance.create(database ?? ':memory:');
const connection = await instance.connect();
const timed = async (sql) => {
    const start = process.hrtime.bigint();
    const reader = await connection.runAndReadAll(sql);
    return { seconds: Number(process.hrtime.bigint() - start) / 1e9, rows: reader.currentRowCount };
};
let result;
if (work === 'scan') {
    result = await timed(groupBy(source));
} else if (work === 'load') {
    const load = await timed(`CREATE TABLE focus AS SELECT * FROM ${source}`);
    const durable = await timed('CHECKPOINT');
    result = { seconds: load.seconds + durable.seconds };
} else {
    result = await timed(groupBy('focus'));
    for (let again = 0; again < 4; ++again) {
        const next = await timed(groupBy('focus'));
        if (next.seconds < result.seconds)
            result = next;
    }
}
console.log(JSON.stringify(result));
connection.closeSync();
