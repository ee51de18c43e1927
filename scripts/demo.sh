#!/usr/bin/env bash
# Shows what the program does, on a machine that may have nothing yet:
# installs what is missing, builds, plans a sample clinic and shows the result.
# usage: demo.sh [SAMPLE] [SECONDS]
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

sample=${1:-harbor} seconds=${2:-30}
clinic=samples/$sample out=build/demo/$sample

# Prints columns of a CSV file's first rows, aligned: show ROWS FILE [COLUMN-NUMBER ...]
show() {
  local rows=$1 file=$2
  shift 2
  tr -d '\r' <"$file" | awk -v most="$rows" -v wanted="$*" '
    function cells(line, into,   n, i, c, quoted, cell) {
      n = 0; quoted = 0; cell = ""
      for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\"") quoted = !quoted
        else if (c == "," && !quoted) { into[++n] = cell; cell = "" }
        else cell = cell c
      }
      into[++n] = cell
      return n
    }
    NR > most + 1 { exit }
    {
      n = cells($0, all)
      if (NR == 1) {
        n_columns = split(wanted, column, " ")
        if (n_columns == 0) for (i = 1; i <= n; i++) column[++n_columns] = i
      }
      for (i = 1; i <= n_columns; i++) {
        text[NR, i] = substr(all[column[i]], 1, 90)
        if (length(text[NR, i]) > wide[i]) wide[i] = length(text[NR, i])
      }
      lines = NR
    }
    END {
      for (r = 1; r <= lines; r++) {
        line = " "
        for (i = 1; i <= n_columns; i++) line = line sprintf(" %-*s", wide[i] + 1, text[r, i])
        sub(/ +$/, "", line)
        print line
      }
    }'
}

install_missing "${build_packages[@]}"
cd "$root"
[ -d "$clinic" ] || die "no sample '$sample': there are $(cd samples && echo *)"
say "building"
build all
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
show 14 "$out/sessions.csv" 3 4 5 7 8 10 12 14
say "the first patient's week ($out/attendance.csv)"
patient=$(sed -n '2s/,.*//p' "$out/attendance.csv")
{ head -n 1 "$out/attendance.csv"; grep "^$patient," "$out/attendance.csv"; } >build/demo/patient
show 40 build/demo/patient 1 4 5 6 8 9 10 11
if [ -d "$out/calendars" ]; then
  say "their calendar ($out/calendars/patients/$patient.ics)"
  tr -d '\r' <"$out/calendars/patients/$patient.ics" | sed -n '/^BEGIN:VEVENT/,/^END:VEVENT/p' |
    sed -n '1,/^END:VEVENT/s/^/  /p'
fi
say "hours against what is asked ($out/hours.csv)"
show 8 "$out/hours.csv"
if [ "$(wc -l <"$out/unmet.csv")" -gt 1 ]; then
  say "what could not be met, and why ($out/unmet.csv)"
  show 8 "$out/unmet.csv"
fi
say "all files of the plan"
(cd "$out" && ls -1)
if [ -f "$out/week.html" ]; then
  say "the week to read and print: open $out/week.html in a browser"
fi
