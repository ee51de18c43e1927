#!/usr/bin/env bash
# Static analysis of all source files: gcc's analyzer, cppcheck, clang-tidy. Anything found is printed,
# and the exit status is 1. What is switched off, and why, stands in .clang-tidy.
# usage: analyze.sh [gcc|cppcheck|clang-tidy ...]   (default: all)
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

cd "$root"
mapfile -t sources < <(find src tests/fuzz -name '*.c' | sort)
flags=(-std=c17 -Iinclude -D_GNU_SOURCE '-DIOPSCHED_VERSION="0"' -DIOPSCHED_LIBICAL
       -DIOPSCHED_LIBXLSXWRITER -DIOPSCHED_LIBSECCOMP)

# Calls a command with the sources, a few at a time, on all processors; its words to standard output.
on_all_sources() {
  printf '%s\0' "${sources[@]}" | xargs -0 -P"$(nproc)" -n8 "$@" 2>&1
}

# One file a call: the analyzer works on code that is made, if only for /dev/null.
run_gcc() {
  printf '%s\0' "${sources[@]}" | xargs -0 -P"$(nproc)" -n1 gcc "${flags[@]}" -O2 -fanalyzer \
    -Werror -c -o /dev/null 2>&1
}

run_cppcheck() {
  cppcheck --quiet --std=c11 --enable=warning,performance,portability \
    --error-exitcode=1 -j"$(nproc)" "${flags[@]:1}" '-D_Noreturn=__attribute__((noreturn))' \
    --template='{file}:{line}: {message} [{id}]' "${sources[@]}" 2>&1
}

run_clang_tidy() {
  # shellcheck disable=SC2016
  on_all_sources sh -c 'flags=$0; clang-tidy --quiet "$@" -- $flags 2>/dev/null' "${flags[*]}"
}

status=0
[ $# -gt 0 ] || set -- gcc cppcheck clang-tidy
for tool in "$@"; do
  if ! command -v "$tool" >/dev/null; then
    printf '%s is not installed: nothing was looked at\n' "$tool"
    status=77
    continue
  fi
  started=$SECONDS
  case $tool in
    gcc) run_gcc ;;
    cppcheck) run_cppcheck ;;
    clang-tidy) run_clang_tidy ;;
    *) die "no such tool: $tool" ;;
  esac || status=1
  printf '%s: %d files, %d s\n' "$tool" "${#sources[@]}" "$((SECONDS - started))"
done
exit "$status"
