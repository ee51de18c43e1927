#!/usr/bin/env bash
# Runs the jobs of a run folder side by side with GNU parallel, here or on machines that share the
# folder and this checkout. Run again after anything (a kill, a crash, a change of a clinic), it
# runs what has no plan yet, and nothing else.
# usage: sites-parallel.sh RUN [PARALLEL-OPTION ...]
#        sites-parallel.sh RUN --jobs 2 --sshloginfile hosts.txt
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || { sed -n 's/^# usage: /usage: /p' "$0" >&2; exit 64; }
command -v parallel >/dev/null || { echo 'sites-parallel.sh: install GNU parallel' >&2; exit 69; }
run=$(cd "$1" && pwd)
shift

# A job whose result is gone or whose clinic has changed is one to run, whatever the log says.
jobs=$(python3 -B "$here/sites.py" todo "$run" --joblog "$run/joblog")
status=0
printf '%s\n' "$jobs" |
  parallel --will-cite --joblog "$run/joblog" --resume-failed --retries 3 "$@" \
    ${IOPSCHED:+env "IOPSCHED=$IOPSCHED"} python3 -B "$here/sites.py" job "$run" '{}' || status=$?
# parallel counts the jobs that failed; 101 means more than 100, above that it failed itself
[ "$status" -le 101 ] || exit "$status"
python3 -B "$here/sites.py" gather "$run"
