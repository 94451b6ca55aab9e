#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The plain cost aggregate of the same rows, ours and DuckDB's, in one run: three rounds, taking turns, best medians.
# Needs node and npm (and, the first time, their registry): nothing of DuckDB is a part of Tierwise.
# Usage: tests/bench/duckdb_aggregate.sh BUILD_DIRECTORY [PROJECT]   (without a project: 1,383,669 made-up rows)
set -eu
build=${1:?usage: $0 BUILD_DIRECTORY [PROJECT]}
bench=$(cd "$build" && pwd)/tests/bench/bench_replay
[ -z "${2:-}" ] || TIERWISE_BENCH_PROJECT=$(realpath "$2")
[ -z "${2:-}" ] || export TIERWISE_BENCH_PROJECT
here=$(cd "$(dirname "$0")" && pwd)
modules=${XDG_CACHE_HOME:-$HOME/.cache}/tierwise-bench
mkdir -p "$modules"
[ -d "$modules/node_modules/@duckdb/node-api" ] || (cd "$modules" && npm init -y >/dev/null &&
    npm install --silent --no-fund --no-audit @duckdb/node-api >/dev/null)
cp "$here/duckdb_aggregate.mjs" "$modules/"
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
for round in 1 2 3; do
    [ "$round" -gt 1 ] || export TIERWISE_BENCH_CSV="$rows"
    "$bench" --benchmark_filter=plainCostAggregate --benchmark_repetitions=9 --benchmark_report_aggregates_only=true \
        2>/dev/null | grep median
    unset TIERWISE_BENCH_CSV
    (cd "$modules" && node duckdb_aggregate.mjs "$rows")
done
