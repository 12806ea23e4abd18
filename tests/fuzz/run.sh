#!/usr/bin/env bash
# Every parser of the program under libFuzzer, so many seconds each: executions, coverage, findings. Fails at any finding, which
# stands in artifacts/; put it into a test of its own before you mend it. What was found to be worth keeping stays in corpus/.
# Needs cargo-fuzz (`cargo install cargo-fuzz --locked`), python3 and a C++ compiler; no nightly. Ends with 3 where cargo-fuzz is not.
# usage: tests/fuzz/run.sh [SECONDS [PARSER...]]   (SAMPLES: a folder of further real files; JOBS: at a time)
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-300}
shift $(($# > 0 ? 1 : 0))
cargo fuzz --version >/dev/null 2>&1 || { echo "cargo-fuzz is not here: cargo install cargo-fuzz --locked" >&2; exit 3; }
# The one thing of nightly that it needs are the compiler's flags.
export RUSTC_BOOTSTRAP=1
target=$PWD/../../target/fuzz
# The same versions as in the program.
cp ../../Cargo.lock .
cargo fuzz build --fuzz-dir . --target-dir "$target" parsers
program=$(find "$target" -path '*/release/parsers' -type f | head -1)
mapfile -t known < <(sed -n 's/^    ("\([a-z]*\)", [a-z]*),$/\1/p' parsers.rs)
(($#)) || set -- "${known[@]}"
mkdir -p artifacts
rm -rf seeds
python3 seeds.py seeds "${SAMPLES:-}"

one() {
    local parser=$1 log=artifacts/$1.log
    mkdir -p "corpus/$parser" "seeds/$parser"
    AMAUTA_PARSER=$parser "$program" "corpus/$parser" "seeds/$parser" -max_total_time="$seconds" -max_len=32768 -timeout=5 \
        -rss_limit_mb=1024 -artifact_prefix="artifacts/$parser-" -print_final_stats=1 >"$log" 2>&1
    local ended=$?
    awk -v parser="$parser" -v ended=$ended '
        / cov: / { for (i = 1; i < NF; i++) { if ($i == "cov:") cov = $(i + 1); if ($i == "ft:") ft = $(i + 1) } }
        /^stat::number_of_executed_units/ { runs = $2 }
        /^stat::peak_rss_mb/ { memory = $2 }
        END { printf "%-10s %10d executions  %6d edges  %7d features  %5d MB  %s\n", parser, runs, cov, ft, memory, ended ? "FOUND: see artifacts/" parser ".log" : "nothing found" }' "$log"
    return $ended
}
export -f one
export seconds program
printf '%s\n' "$@" | xargs -P "${JOBS:-$(nproc)}" -I{} bash -c 'one {}'
