#!/usr/bin/env bash
# Installs what the tests need, builds and runs them all; the last line counts them.
# usage: test.sh [PYTEST-ARGUMENT ...]
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

results=$root/build/results
asan=$root/build/asan
bare=$root/build/bare

# Runs each unit test program under the sanitizers; results as XML, one file a group of tests.
run_unit_tests() {
  local source program name status
  for source in tests/unit/test_*.c; do
    name=$(basename "$source" .c)
    program=$asan/tests/$name
    status=0
    CMOCKA_MESSAGE_OUTPUT=xml CMOCKA_XML_FILE="$results/unit/$name.%g.xml" \
      timeout 300 "$program" >"$results/unit/$name.log" 2>&1 || status=$?
    echo "$status" >"$results/unit/$name.status"
  done
}

# Runs the end-to-end tests with the system's own Python, for which Debian packages pytest.
run_end_to_end_tests() {
  IOPSCHED=$root/iopsched IOPSCHED_CHECKED=$asan/iopsched IOPSCHED_BARE=$bare/iopsched \
    /usr/bin/python3 -B -m pytest -q -rs -p no:cacheprovider --junitxml="$results/e2e.xml" \
    "$root/tests/e2e" "$@" || true # failures are counted from the results
}

install_missing "${build_packages[@]}" "${test_packages[@]}"
install_npm
install_if_possible "${fault_packages[@]}" "${reader_packages[@]}" "${cluster_packages[@]}" python3-matplotlib
install_if_possible "${analysis_packages[@]}"
install_if_possible "${packaging_packages[@]}"
cd "$root"
rm -rf "$results"
mkdir -p "$results/unit"
say "building the program, and all of it once more under the sanitizers"
build all
build BUILD=build/asan SANITIZE=1 PROGRAM=build/asan/iopsched all unit-tests fuzz-targets
say "building it without what it can do without"
build BUILD=build/bare PROGRAM=build/bare/iopsched OPTIMIZE=-O0 LIBICAL= LIBXLSXWRITER= all
say "unit tests"
export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1
run_unit_tests
say "end-to-end tests"
run_end_to_end_tests "$@"
say "results"
/usr/bin/python3 -B scripts/count_results.py "$results"
