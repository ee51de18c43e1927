#!/usr/bin/env bash
# Measures the program, alone and beside the solvers that are there (scripts/install-peers.sh
# installs them): the same clinics, machine and clock. Tables and plots go into FOLDER, where every
# run is kept: parts can be measured one at a time, and come together.
# usage: bench.sh FOLDER [OPTION ...]     (bench.sh --help tells the options)
# All of it takes two hours, on a machine that does nothing else; ten times the clock (--parts long) 15.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

install_missing "${build_packages[@]}"
build all
exec /usr/bin/python3 -B "$root/scripts/measure.py" "$@"
