# Shell functions that the scripts share; source it from bash with `set -euo pipefail`.
# shellcheck shell=bash disable=SC2034

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What a bare Debian or Ubuntu needs to build the program, and beyond that to test it.
build_packages=(gcc libc6-dev make libglpk-dev libcsv-dev libjansson-dev libunistring-dev uthash-dev
                libical-dev tzdata libxlsxwriter-dev libseccomp-dev)
test_packages=(libcmocka-dev glpk-utils strace python3 python3-pytest python3-icalendar patch)
# What gives the program small and faulty file systems in the tests.
fault_packages=(util-linux mount)
# What reads the pages and the workbook in the tests: a browser and an office program.
reader_packages=(chromium libreoffice-calc-nogui poppler-utils fonts-dejavu-core)
# What scripts/bench.sh measures the program against, and draws its plots with.
bench_packages=(coinor-cbc glpk-utils python3-venv python3-matplotlib)
# What runs many sites: GNU parallel, and a Slurm that a test starts on loopback and stops.
cluster_packages=(parallel slurmctld slurmd slurm-client munge)

# What builds and judges the package, reads the manual pages, and is typed into.
packaging_packages=(build-essential dpkg-dev debhelper lintian mandoc zsh)

# What looks for faults in the sources, and measures what the tests reach.
analysis_packages=(clang clang-tidy cppcheck gcovr valgrind)

say() {
  printf '\n== %s\n' "$*"
}

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# The packages of those given that are not installed, one a line.
missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
      printf '%s\n' "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "'$*' needs root: run this as root, or install sudo"
  fi
}

# Installs the packages that are missing; does nothing at all if none is.
install_missing() {
  command -v dpkg-query >/dev/null || die "this is no Debian or Ubuntu: install by hand: $*"
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  say "installing ${missing[*]}"
  as_root apt-get -qq update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends \
    "${missing[@]}" >/dev/null
}

# Installs, each by itself, what only some tests need; without it they are skipped, and say so.
install_if_possible() {
  local missing package
  command -v dpkg-query >/dev/null || return 0
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  say "installing ${missing[*]}"
  as_root apt-get -qq update || true
  for package in "${missing[@]}"; do
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends \
      "$package" >/dev/null || printf 'could not install %s: what needs it is left out\n' "$package"
  done
}

# Node.js and npm, from wherever; Debian's own where there is none.
install_npm() {
  command -v npm >/dev/null || install_if_possible nodejs npm
}

# make, with as many jobs as there are processors, quiet unless something fails.
build() {
  make -C "$root" --no-print-directory -s -j"$(nproc)" "$@"
}
