#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# import_vs_sqlite.sh TIERWISE_CLI LOG.csv [ROUNDS]: seconds of an import against sqlite3's own .import of the same file
# on this machine, run in turn, the best of each, and their ratio. Prints; never fails on time.
set -eu
cli=$1
log=$2
rounds=${3:-3}
folder=$(mktemp -d "${TMPDIR:-/tmp}/tierwise-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT

seconds() {  # the wall seconds of a command
    local begin end
    begin=$(date +%s.%N)
    "$@" >"$folder/out" 2>&1 || { cat "$folder/out"; exit 1; }
    end=$(date +%s.%N)
    awk -v a="$begin" -v b="$end" 'BEGIN { printf "%.3f", b - a }'
}
least() { awk -v a="$1" -v b="$2" 'BEGIN { print (a == "" || b + 0 < a + 0) ? b : a }'; }

cat "$log" >/dev/null  # both find the file in memory
ours=""
theirs=""
for _ in $(seq "$rounds"); do
    rm -f "$folder"/t.db* "$folder"/p.tierwise*
    theirs=$(least "$theirs" "$(seconds sqlite3 "$folder/t.db" ".import --csv $log t")")
    ours=$(least "$ours" "$(seconds "$cli" import "$log" --project "$folder/p.tierwise" --quiet)")
done
rm -f "$folder"/p.tierwise*
/usr/bin/env time -f "%M" "$cli" import "$log" --project "$folder/p.tierwise" --quiet >/dev/null 2>"$folder/rss" || true
awk -v o="$ours" -v t="$theirs" -v r="$(tail -1 "$folder/rss")" -v s="$(stat -c %s "$folder/p.tierwise")" \
    -v d="$(stat -c %s "$folder/t.db")" \
    'BEGIN { printf "tierwise %.3f s, sqlite3 .import %.3f s, ratio %.2f; peak %.0f MB; file %.1f MB against %.1f MB\n", o, t, o / t, r / 1024, s / 1e6, d / 1e6 }'
