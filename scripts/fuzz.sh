#!/usr/bin/env bash
# Looks for inputs that break a reader: each fuzz target for so many seconds under libFuzzer and the
# sanitizers, from seeds made of the samples. What is found stays in build/fuzz/found/TARGET.
# usage: fuzz.sh [SECONDS [TARGET ...]]   (default: 600, all of them)
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

seconds=${1:-600}
fuzz=$root/build/fuzz

install_missing "${build_packages[@]}" python3
install_if_possible clang
command -v clang >/dev/null || die "libFuzzer needs clang"
cd "$root"
say "building the program, and the targets with clang"
build all
build BUILD=build/fuzz CC=clang SANITIZE=1 FUZZER=1 OPTIMIZE='-O1 -g' fuzz-targets
python3 -B tests/fuzz/seeds.py "$root/iopsched" "$fuzz/seeds"
targets=("${@:2}")
[ "${#targets[@]}" -gt 0 ] || mapfile -t targets < <(cd "$fuzz/seeds" && ls)
status=0
for target in "${targets[@]}"; do
  say "$target, $seconds s"
  mkdir -p "$fuzz/corpus/$target" "$fuzz/found/$target"
  "$fuzz/fuzz/$target" -max_total_time="$seconds" -max_len=65536 -timeout=20 -print_final_stats=1 \
    -dict=tests/fuzz/words.dict -artifact_prefix="$fuzz/found/$target/" -verbosity=0 \
    "$fuzz/corpus/$target" "$fuzz/seeds/$target" 2>"$fuzz/$target.log" >/dev/null || {
    status=1
    tail -n 40 "$fuzz/$target.log"
  }
  grep -E 'number_of_executed_units|peak_rss' "$fuzz/$target.log" || true
done
[ "$status" -eq 0 ] || die "something was found: see build/fuzz/found"
