#!/usr/bin/env bash
# All that SECURITY.md counts, and the other long tests: by hand, on a quiet machine, over a night.
# Each part leaves what it counted in build/soak. One that ended well at this commit is not run
# again: so a soak that was cut short goes on where it was. In the end all counts are printed.
# usage: soak.sh [--small] [--again] [PART ...]   (default: all parts; --list names them)
#   --small   as many faults as in scripts/test.sh, 40 clinics, 5 s of fuzzing a target
#   --again   parts that ended well too
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

soak=$root/build/soak
small=
again=
# Parts that are a file of end-to-end tests each, by what is made to fail or looked for.
declare -A file_of=([memory]=out_of_memory [calls]=file_faults [solver]=solver_faults
                    [signals]=signals [leaks]=leaks [bytes]=fuzz [micro]=micro [valgrind]=valgrind
                    [confined]=confined [privacy]=privacy [limits]=limits [hardening]=hardening
                    [analysis]=analysis)
file_parts=(memory calls solver signals leaks bytes micro valgrind confined privacy limits hardening
            analysis)
clinic_parts=()
for n in {01..20}; do clinic_parts+=("clinics-$n"); done
fuzz_parts=()
for target in clinic plan duals render calendar options table_{program,services,patients,phases,payers} \
  table_{therapists,rooms,requirements,availability,exceptions,apart,fixed}; do
  fuzz_parts+=("fuzz-$target")
done
all_parts=("${file_parts[@]}" "${clinic_parts[@]}" "${fuzz_parts[@]}" others)

# run_tests PART PYTEST-ARGUMENT ...
run_tests() {
  local part=$1
  shift
  IOPSCHED=$root/iopsched IOPSCHED_CHECKED=$root/build/asan/iopsched \
    IOPSCHED_BARE=$root/build/bare/iopsched \
    /usr/bin/python3 -B -m pytest -q -rs -p no:cacheprovider -o junit_family=xunit1 \
    --junitxml="$folder/$part.xml" "$@"
}

# A twentieth of the 10,000 clinics.
run_clinics() {
  local nth=$((10#${1#clinics-})) many=500
  [ -z "$small" ] || many=2
  IOPSCHED_RANDOM_WEEKS=$many IOPSCHED_RANDOM_FIRST=$((1000000 + (nth - 1) * many)) \
    run_tests "$1" tests/e2e/test_random_weeks.py
}

run_others() {
  local left_out=(--ignore=tests/e2e/test_random_weeks.py) name
  for name in "${file_of[@]}"; do left_out+=("--ignore=tests/e2e/test_$name.py"); done
  run_tests "$1" tests/e2e "${left_out[@]}"
}

run_part() {
  case $1 in
    clinics-*) run_clinics "$1" ;;
    fuzz-*) scripts/fuzz.sh "$([ -n "$small" ] && echo 5 || echo 600)" "${1#fuzz-}" ;;
    others) run_others "$1" ;;
    *) run_tests "$1" "tests/e2e/test_${file_of[$1]}.py" ;;
  esac
}

parts=()
while [ $# -gt 0 ]; do
  case $1 in
    --small) small=1 ;;
    --again) again=1 ;;
    --list) printf '%s\n' "${all_parts[@]}"; exit 0 ;;
    *) [[ " ${all_parts[*]} " == *" $1 "* ]] || die "no such part: $1"
       parts+=("$1") ;;
  esac
  shift
done
[ "${#parts[@]}" -gt 0 ] || parts=("${all_parts[@]}")

install_missing "${build_packages[@]}" "${test_packages[@]}"
install_npm
install_if_possible "${fault_packages[@]}" "${reader_packages[@]}" "${cluster_packages[@]}" python3-matplotlib
install_if_possible "${analysis_packages[@]}"
cd "$root"
folder=$soak/$([ -n "$small" ] && echo small || echo full)
mkdir -p "$folder"
commit=$(git rev-parse HEAD 2>/dev/null || echo unknown)
git diff --quiet HEAD 2>/dev/null || commit=$commit-changed
[ -n "$small" ] || export IOPSCHED_SOAK=1
say "building the program, and all of it under the sanitizers and without libraries"
build all
build BUILD=build/asan SANITIZE=1 PROGRAM=build/asan/iopsched all fuzz-targets
build BUILD=build/bare PROGRAM=build/bare/iopsched OPTIMIZE=-O0 LIBICAL= LIBXLSXWRITER= all
for part in "${parts[@]}"; do
  if [ -z "$again" ] && [ "$(cat "$folder/$part.status" 2>/dev/null)" = "0 $commit" ]; then
    continue
  fi
  say "$part"
  status=0
  run_part "$part" >"$folder/$part.log" 2>&1 || status=$?
  echo "$status $commit" >"$folder/$part.status"
  tail -n 1 "$folder/$part.log"
done
say "counts"
/usr/bin/python3 -B scripts/soak_counts.py "$folder" "${parts[@]}"
