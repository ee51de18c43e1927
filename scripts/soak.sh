#!/usr/bin/env bash
# The end-to-end tests with the long ones among them, to be run by hand: thousands of micro clinics,
# generated clinics of every size and shape.
# usage: soak.sh [PYTEST-ARGUMENT ...]
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

install_missing "${build_packages[@]}" "${test_packages[@]}"
install_npm
install_if_possible "${fault_packages[@]}" "${reader_packages[@]}" "${cluster_packages[@]}" python3-matplotlib
install_if_possible "${analysis_packages[@]}"
cd "$root"
say "building the program, and all of it once more under the sanitizers"
build all
build BUILD=build/asan SANITIZE=1 PROGRAM=build/asan/iopsched all fuzz-targets
say "long tests"
IOPSCHED=$root/iopsched IOPSCHED_CHECKED=$root/build/asan/iopsched IOPSCHED_SOAK=1 \
  /usr/bin/python3 -B -m pytest -q -rs -p no:cacheprovider "$root/tests/e2e" "$@"
