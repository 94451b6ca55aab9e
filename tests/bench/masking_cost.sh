#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# masking_cost.sh TIERWISE_CLI LOG.csv [ROUNDS]: seconds of an import with texts as they are, flagged and masked, run in
# turn on this machine, the best of each, and the ratios (make_prompt_log.mjs makes a log). Prints; never fails on time.
set -eu
cli=$1
log=$2
rounds=${3:-3}
folder=$(mktemp -d "${TMPDIR:-/tmp}/tierwise-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cat "$log" >/dev/null  # all of them find the file in memory
declare -A best
for _ in $(seq "$rounds"); do
    for way in off flag replace; do
        rm -f "$folder"/p.tierwise*
        took=$("$cli" import "$log" --project "$folder/p.tierwise" --mask "$way" --json --quiet |
            awk -F'[:,]' '/"seconds"/ { print $2 + 0 }')
        best[$way]=$(awk -v a="${best[$way]:-}" -v b="$took" 'BEGIN { print (a == "" || b < a) ? b : a }')
    done
done
awk -v o="${best[off]}" -v f="${best[flag]}" -v r="${best[replace]}" \
    'BEGIN { printf "off %.3f s, flag %.3f s (%.2f), replace %.3f s (%.2f)\n", o, f, f / o, r, r / o }'
