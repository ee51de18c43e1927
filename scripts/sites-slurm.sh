#!/usr/bin/env bash
# Submits the jobs of a run folder that have no plan yet as a Slurm job array, and after it a job
# that gathers the table. Prints the id of that last job. The nodes share the folder and this
# checkout. Run again after anything, it submits what is left.
# usage: sites-slurm.sh RUN [SBATCH-OPTION ...]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || { sed -n 's/^# usage: /usage: /p' "$0" >&2; exit 64; }
command -v sbatch >/dev/null || { echo 'sites-slurm.sh: there is no Slurm here' >&2; exit 69; }
run=$(cd "$1" && pwd)
shift

mkdir -p "$run/slurm"
chmod 700 "$run/slurm"
todo=$(mktemp "$run/slurm/todo.XXXXXX")
python3 -B "$here/sites.py" todo "$run" >"$todo"
n_jobs=$(wc -l <"$todo")
[ "$n_jobs" -gt 0 ] || { echo 'sites-slurm.sh: every job has its plan' >&2; exit 0; }

# A cluster bounds the size of an array (1001 unless set otherwise): a task takes every n-th job.
most=$(scontrol show config | awk '$1 == "MaxArraySize" { print $3 - 1 }')
n_tasks=$((n_jobs < ${most:-1000} ? n_jobs : ${most:-1000}))
array=$(sbatch --parsable --job-name=iopsched --array="1-$n_tasks" --ntasks=1 --cpus-per-task=1 \
  --output="$run/slurm/%A_%a.log" "$@" <<END
#!/bin/bash
set -o pipefail
awk -v n=$n_tasks -v mine="\$SLURM_ARRAY_TASK_ID" 'NR % n == mine % n' "$todo" |
  xargs -r ${IOPSCHED:+env "'IOPSCHED=$IOPSCHED'"} python3 -B "$here/sites.py" job "$run"
END
)
sbatch --parsable --job-name=iopsched-gather --dependency="afterany:$array" --ntasks=1 \
  --output="$run/slurm/gather.log" "$@" --wrap "python3 -B '$here/sites.py' gather '$run'"
