// SPDX-License-Identifier: GPL-3.0-or-later
// DuckDB's side of duckdb_aggregate.sh: the table in memory, two threads, sums by model, prices last (as ours does).
import { DuckDBInstance } from "@duckdb/node-api";

const connection = await (await DuckDBInstance.create(":memory:", { threads: "2" })).connect();
await connection.run(`CREATE TABLE log AS SELECT model::INTEGER AS model, requests::INTEGER AS requests,
  input::INTEGER AS input, cache_read::INTEGER AS cache_read, output::INTEGER AS output
  FROM read_csv('${process.argv[2]}', header = true)`);
const query = `SELECT sum(rows)::BIGINT, (sum(i * 2000000 + c * 200000 + o * 8000000) // 1000000)::BIGINT FROM (
  SELECT model, count(*) AS rows, sum(requests) AS r, sum(input)::HUGEINT AS i, sum(cache_read)::HUGEINT AS c,
  sum(output)::HUGEINT AS o FROM log GROUP BY model)`;
const times = [];
let result;
for (let i = 0; i < 60; ++i) {
  const start = performance.now();
  result = await connection.runAndReadAll(query);
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
const [rows, microUsd] = result.getRows()[0];
console.log(`DuckDB, 2 threads: median ${times[30].toFixed(2)} ms, best ${times[0].toFixed(2)} ms; ${rows} rows, ` +
  `${microUsd} micro-dollars`);
