#!/usr/bin/env bash
# What the tests reach of each source file, by gcov: lines and branches. The whole table stands in
# build/coverage/table.txt; files below 95 % of lines or 85 % of branches are printed.
# usage: coverage.sh [PYTEST-ARGUMENT ...]   (default: all end-to-end tests; "none": unit tests only)
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

install_missing "${build_packages[@]}" "${test_packages[@]}"
install_if_possible gcovr
command -v gcovr >/dev/null || die "gcovr is needed"
cd "$root"
coverage=$root/build/coverage
say "building with counters"
build BUILD=build/coverage PROGRAM=build/coverage/iopsched COVERAGE=1 OPTIMIZE='-O0 -g' all unit-tests
find "$coverage" -name '*.gcda' -delete
say "unit tests"
for program in "$coverage"/tests/test_*; do
  [ ! -x "$program" ] || [ -d "$program" ] || timeout 600 "$program" >/dev/null 2>&1 ||
    printf '%s failed\n' "$(basename "$program")"
done
if [ "${1:-}" != none ]; then
  say "end-to-end tests"
  IOPSCHED=$coverage/iopsched /usr/bin/python3 -B -m pytest -q -p no:cacheprovider tests/e2e "$@" ||
    true
fi
say "what was reached"
gcovr --root . --filter 'src/' --object-directory "$coverage" --exclude-unreachable-branches \
  --json-summary-pretty --json-summary "$coverage/summary.json" --gcov-ignore-parse-errors \
  >/dev/null
python3 -B - "$coverage" <<'PYTHON'
import json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
told = json.loads((folder / "summary.json").read_text())
lines = ["%-34s %6s %8s" % ("file", "lines", "branches")]
below = []
for file in told["files"]:
    row = "%-34s %5.1f%% %7.1f%%" % (file["filename"], file["line_percent"],
                                     file["branch_percent"] or 100)
    lines.append(row)
    if file["line_percent"] < 95 or (file["branch_percent"] or 100) < 85:
        below.append(row)
lines.append("%-34s %5.1f%% %7.1f%%" % ("all", told["line_percent"], told["branch_percent"]))
(folder / "table.txt").write_text("\n".join(lines) + "\n")
print("\n".join(below + lines[-1:]))
print("%d of %d files below 95 %% of lines or 85 %% of branches" % (len(below), len(told["files"])))
PYTHON
