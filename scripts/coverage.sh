#!/usr/bin/env bash
# What the tests reach of each source file, by gcov: lines and branches. The table of all files
# stands in build/coverage/table.txt, what was not reached of each in build/coverage/missed.txt.
# Fails if of all lines less than 95 % or of all branches less than 85 % were reached.
#
# Counted is every branch that gcc makes of src/ without optimization: each side of each && and ||,
# those that lead to an internal error or out of memory, those within a library's macros. Nothing is
# marked to be left out; gcovr passes over branches of lines that hold no code, such as a brace.
# usage: coverage.sh [--more] [PYTEST-ARGUMENT ...]   (default: the end-to-end tests below)
#   --more    adds to what was reached before; with no argument it only prints it
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

coverage=$root/build/coverage
# Not those which only look long, or at what is built, installed and run beside the program; nor those
# in which strace makes calls fail or sees who writes what: it would those that write counters; nor
# the books, which show plans that an unoptimized program does not find in their time.
end_to_end=(cli refusals results samples verify duals diff explain repair admit capacity weeks
            cushion surprise cron completion calendars calendars_again workbook page leaks
            limits signals solver_faults)

# Without an answer for long, or failing, a test is told, and what it reached counts.
run_unit_tests() {
  local program
  for program in "$coverage"/tests/test_*; do
    [ ! -x "$program" ] || [ -d "$program" ] || timeout 900 "$program" >/dev/null 2>&1 ||
      printf '%s failed\n' "$(basename "$program")"
  done
}

run_end_to_end_tests() {
  IOPSCHED=$coverage/iopsched /usr/bin/python3 -B -m pytest -q -p no:cacheprovider "$@" || true
}

more=
[ "${1:-}" != --more ] || { more=1; shift; }
install_missing "${build_packages[@]}" "${test_packages[@]}"
install_if_possible gcovr
command -v gcovr >/dev/null || die "gcovr is needed"
cd "$root"
tests=("$@")
if [ $# -eq 0 ] && [ -z "$more" ]; then
  for name in "${end_to_end[@]}"; do
    tests+=("tests/e2e/test_$name.py")
  done
fi
say "building with counters"
build BUILD=build/coverage PROGRAM=build/coverage/iopsched COVERAGE=1 OPTIMIZE='-O0 -g' all unit-tests
if [ -z "$more" ]; then
  find "$coverage" -name '*.gcda' -delete
  say "unit tests"
  run_unit_tests
fi
if [ "${#tests[@]}" -gt 0 ]; then
  say "end-to-end tests"
  run_end_to_end_tests "${tests[@]}"
fi
say "what was reached"
sleep 3 # counters are written behind a process's end
gcovr --root . --filter 'src/' --object-directory "$coverage" --exclude-unreachable-branches \
  --json "$coverage/reached.json" --json-summary "$coverage/summary.json"
python3 -B scripts/coverage_table.py "$coverage"
