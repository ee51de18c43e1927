#!/usr/bin/env bash
# Installs the solvers that scripts/bench.sh measures the program against, each by itself: glpsol
# and cbc from Debian, HiGHS and OR-tools from PyPI into build/peers. What cannot be had is said,
# and the benchmark does without. Nothing else needs them.
# usage: install-peers.sh
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

peers=$root/build/peers

# The system's Python, for which Debian packages matplotlib and venv.
install_from_pypi() {
  [ -x "$peers/bin/python" ] || /usr/bin/python3 -m venv "$peers"
  "$peers/bin/python" -c "import ${1%%=*}" 2>/dev/null && return
  say "installing $1 from PyPI"
  "$peers/bin/python" -m pip -q --disable-pip-version-check install "$1" ||
    printf 'could not install %s: the benchmark does without\n' "$1"
}

install_if_possible "${bench_packages[@]}"
install_from_pypi highspy
install_from_pypi ortools
