#!/usr/bin/env bash
# Shows what the program does, on a machine that may have nothing yet:
# installs what is missing, builds, plans a sample clinic and shows the result.
# usage: demo.sh [SAMPLE] [SECONDS]
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

sample=${1:-harbor} seconds=${2:-30}
clinic=samples/$sample out=build/demo/$sample

# Prints a CSV file's first rows in columns: cells with commas or quotes are left as they are.
show() {
  local file=$1 rows=$2
  head -n "$((rows + 1))" "$file" | tr -d '\r' | cut -c1-150 | awk -F, '
    { for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > wide[i]) wide[i] = length($i) }
      fields[NR] = NF }
    END { for (r = 1; r <= NR; r++) { line = ""
            for (i = 1; i <= fields[r]; i++) line = line sprintf("%-*s  ", wide[i], cell[r, i])
            sub(/ +$/, "", line); print "  " line } }'
}

# The columns of a CSV file by number; enough for files whose cells hold no commas before them.
columns() {
  tr -d '\r' <"$2" | cut -d, -f"$1"
}

install_missing "${build_packages[@]}"
cd "$root"
[ -d "$clinic" ] || die "no sample '$sample': there are $(cd samples && echo *)"
say "building"
build
say "checking $clinic"
./iopsched check "$clinic" --week 2026-W49
say "planning week 2026-W49 of $clinic in at most $seconds seconds"
mkdir -p build/demo
status=0
./iopsched plan "$clinic" -o "$out" --week 2026-W49 --time-limit "$seconds" || status=$?
# 0: every need is met; 2: a plan, but some need is unmet
[ "$status" -eq 0 ] || [ "$status" -eq 2 ] || die "planning failed with exit status $status"
say "verifying the plan against every rule"
./iopsched verify "$clinic" "$out"

say "the week's first sessions ($out/sessions.csv)"
columns 2-6,8,10,12,14 "$out/sessions.csv" >build/demo/sessions
show build/demo/sessions 14
say "the first patient's week ($out/attendance.csv)"
patient=$(columns 1 "$out/attendance.csv" | sed -n 2p)
{ head -n 1 "$out/attendance.csv"; grep "^$patient," "$out/attendance.csv"; } >build/demo/patient
columns 1,4-7,9-11 build/demo/patient >build/demo/attendance
show build/demo/attendance 40
say "hours against what is asked ($out/hours.csv)"
show "$out/hours.csv" 8
if [ "$(wc -l <"$out/unmet.csv")" -gt 1 ]; then
  say "what could not be met, and why ($out/unmet.csv)"
  show "$out/unmet.csv" 8
fi
say "all files of the plan"
(cd "$out" && ls -1)
