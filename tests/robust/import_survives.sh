#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# import_survives.sh TIERWISE_CLI [KILLS] [TRUNCATIONS] [ROWS]: an import that is killed at random moments, whose
# write-ahead log loses its end as by a power cut, and whose disk is full. Every time the project must open, and the
# import be resumed or rolled back with no row lost and none there twice. Exits 1 where that does not hold.
set -eu
cli=$(realpath "$1")
kills=${2:-20}
truncations=${3:-60}
rows=${4:-300000}
folder=$(mktemp -d "${TMPDIR:-/tmp}/tierwise-robust.XXXXXX")
mounted=""
cleanUp() {
    if [ -n "$mounted" ]; then umount "$mounted"; fi
    rm -rf "$folder"
}
trap cleanUp EXIT
cd "$folder"
RANDOM=${SEED:-7}

# Requests with texts; every hundredth has a count that is none, every seventh line stands there twice.
awk -v rows="$rows" 'BEGIN {
    print "time,request_id,model,prompt,input_tokens,output_tokens,team"
    for (i = 0; i < rows; ++i) {
        line = sprintf("2026-01-%02dT%02d:%02d:%02dZ,req-%d,model-%d,\"Question %d, of %d\nand its second line\",%s,%d,team-%d",
                       i % 28 + 1, i % 24, i % 60, i % 59, i, i % 7, i, i * 7919 % 1000, i % 100 == 99 ? "many" : i % 5000, i % 700, i % 11)
        print line
        if (i % 7 == 0) print line
    }
}' > log.csv

# What a project holds: rows, tokens, by model, and what each import read, without times.
state() {
    "$cli" show --project "$1" --by model --json --quiet
    "$cli" imports --project "$1" --json --quiet | grep -E '"(rowsRead|stored|duplicates|rejected|state)"'
    "$cli" rejects --project "$1" --json --quiet --limit 1 | grep '"total"'
}
unfinished() { "$cli" imports --project "$1" --json --quiet | grep -q '"unfinished"'; }
fail() {
    echo "FAILED: $*" >&2
    exit 1
}
same() { # PROJECT WHAT
    state "$1" > state.txt || fail "$2: the project does not open"
    cmp -s truth.txt state.txt || { diff truth.txt state.txt >&2 || true; fail "$2: rows are lost or doubled"; }
}

begin=$(date +%s%N)
"$cli" import log.csv --project truth.tierwise --quiet > report.txt
whole=$((($(date +%s%N) - begin) / 1000000))
state truth.tierwise > truth.txt
head -1 report.txt
"$cli" import log.csv --project truth.tierwise --quiet | grep -q " = 0 stored" || fail "a second import adds rows"

# Brings a project whose import was broken off to the same state, by one way or the other.
finish() { # PROJECT ROUND
    if [ ! -e "$1" ] || ! unfinished "$1"; then
        # Before the first commit, or after the last: importing again must be enough, and add only what is missing.
        if [ -e "$1" ] && "$cli" imports --project "$1" --json --quiet | grep -q '"complete"'; then return; fi
        "$cli" import log.csv --project "$1" --quiet > out.txt || fail "importing again: $(cat out.txt)"
    elif [ $(($2 % 2)) = 0 ]; then
        "$cli" imports --project "$1" --resume --quiet > out.txt || fail "resuming: $(cat out.txt)"
        resumed=$((resumed + 1))
    else
        "$cli" imports --project "$1" --rollback --quiet > out.txt || fail "rolling back: $(cat out.txt)"
        "$cli" show --project "$1" --json --quiet --by model | grep -q '"rows": [1-9]' && fail "rows of a rolled back import"
        "$cli" import log.csv --project "$1" --quiet > out.txt || fail "importing after a rollback: $(cat out.txt)"
        rolled=$((rolled + 1))
    fi
}

# Kills an import after so many milliseconds.
killAfter() { # PROJECT MILLISECONDS
    "$cli" import log.csv --project "$1" --quiet > /dev/null 2>&1 &
    local child=$!
    sleep "$(awk -v ms="$2" 'BEGIN { print ms / 1000 }')"
    kill -9 "$child" 2> /dev/null || true
    wait "$child" 2> /dev/null || true
}

resumed=0
rolled=0
for round in $(seq "$kills"); do
    rm -f p.tierwise*
    killAfter p.tierwise $(((RANDOM * 32768 + RANDOM) % whole))
    finish p.tierwise "$round"
    same p.tierwise "kill $round"
done
echo "killed $kills times: $resumed resumed, $rolled rolled back, the others before the first commit or after the last; 0 lost, 0 doubled"

# A power cut: what was written last is missing from the log, or is other bytes.
resumed=0
rolled=0
cut=0
while [ "$cut" -lt "$truncations" ]; do
    rm -f k.tierwise*
    killAfter k.tierwise $((whole / 4 + (RANDOM * 32768 + RANDOM) % (whole / 2 + 1)))
    [ -s k.tierwise-wal ] || continue
    size=$(stat -c %s k.tierwise-wal)
    for way in 1 2 3 4; do
        cut=$((cut + 1))
        rm -f p.tierwise*
        cp k.tierwise p.tierwise
        cp k.tierwise-wal p.tierwise-wal
        at=$(((RANDOM * 32768 + RANDOM) % size))
        truncate -s "$at" p.tierwise-wal
        if [ "$way" = 4 ]; then head -c 40000 /dev/urandom >> p.tierwise-wal; fi
        finish p.tierwise "$cut"
        same p.tierwise "power cut $cut, $at of $size bytes left"
    done
done
echo "log cut off $cut times at random lengths: $resumed resumed, $rolled rolled back; 0 lost, 0 doubled"

# A full disk: an error that says so, and a project that is as it was before.
mkdir small
# Room for the small project, for what an import keeps free to be taken back (512 kB at least, and as much again for the
# log that this writes), and for half of what the log needs.
room=$((1200 + $(stat -c %s truth.tierwise) / 2048))
if mount -t tmpfs -o size=${room}k tmpfs small 2> /dev/null; then
    mounted=$folder/small
    head -200 log.csv > part.csv
    "$cli" import part.csv --project small/p.tierwise --quiet > /dev/null
    state small/p.tierwise > before.txt
    if "$cli" import log.csv --project small/p.tierwise --quiet > out.txt 2>&1; then fail "the disk was not full"; fi
    grep -qi "disk is full" out.txt || fail "a full disk is not named: $(cat out.txt)"
    state small/p.tierwise > after.txt
    cmp -s before.txt after.txt || fail "the project is not as it was before the disk was full"
    echo "full disk: $(head -1 out.txt)"
else
    echo "full disk: not tried, a small disk cannot be mounted here"
fi
