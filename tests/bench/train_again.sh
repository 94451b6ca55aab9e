#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The shipped difficulty weights are what the train command makes of the data today, byte for byte.
#   tests/bench/train_again.sh build/release/bin/tierwise-cli [DATA]
# DATA holds llmrouter_mix and mmlu_pro; default: ../shared/data/routing. Exit code 0 same, 1 different, 77 no data.
set -eu
cli=${1:?usage: train_again.sh CLI [DATA]}
root=$(cd "$(dirname "$0")/../.." && pwd)
data=${2:-$root/../shared/data/routing}
if [ ! -d "$data/llmrouter_mix" ] || [ ! -d "$data/mmlu_pro" ]; then
    echo "skipped: no llmrouter_mix and mmlu_pro in $data"
    exit 77
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$cli" train --data "$data/llmrouter_mix" "$data/mmlu_pro" --out "$out/difficulty.twdm" --seed 1
cmp "$out/difficulty.twdm" "$root/resources/assess/difficulty.twdm"
echo "the shipped weights are what the command makes"
