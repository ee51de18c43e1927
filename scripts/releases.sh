#!/usr/bin/env bash
# Builds the program on each release that it is to build on, with gcc and with clang and no warning,
# and makes the Debian package there; then goes, on a machine of that release that has nothing else,
# from the package file to a calendar in three commands, and removes the package.
# Needs root and debootstrap; keeps what it unpacked in build/releases, for a quicker second run.
# usage: releases.sh [RELEASE ...]     (default: bookworm trixie noble)
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

roots=${IOPSCHED_ROOTS:-$root/build/releases}

# A folder with the release and no more than it takes to install packages: unpack RELEASE
unpack() {
  local options=(--variant=minbase) mirror=http://deb.debian.org/debian script=
  [ ! -e "$roots/$1/base.done" ] || return 0
  say "unpacking $1"
  rm -rf "${roots:?}/$1"
  mkdir -p "$roots/$1"
  if [ "$1" = noble ]; then # debootstrap of Debian 12 does not know it, nor Ubuntu's keys
    options+=(--no-check-gpg '--components=main,universe')
    mirror=http://archive.ubuntu.com/ubuntu script=/usr/share/debootstrap/scripts/gutsy
  fi
  debootstrap "${options[@]}" "$1" "$roots/$1/base" "$mirror" ${script:+"$script"} \
    >"$roots/$1/debootstrap.log"
  touch "$roots/$1/base.done"
}

# Runs a shell line in a folder of unpack's: in_folder FOLDER LINE
in_folder() {
  chroot "$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive sh -ec "$2"
}

# The release with the source tree and what it takes to build it: prepare RELEASE
prepare() {
  local builder=$roots/$1/builder
  say "installing on $1 what it takes to build"
  [ -d "$builder" ] || cp -a "$roots/$1/base" "$builder"
  in_folder "$builder" "apt-get -qq update
    apt-get -qq -y install --no-install-recommends ${build_packages[*]} clang build-essential debhelper \
      >/install.log 2>&1 || { tail -n 40 /install.log; exit 1; }"
  rm -rf "$builder/source" "$builder"/iopsched*
  mkdir "$builder/source"
  git -C "$root" ls-files -z | tar -C "$root" --null -T - -c | tar -x -C "$builder/source"
}

# With CC and no warning, then a plan that is verified: build_with RELEASE CC
build_with() {
  say "$1: building with $2"
  in_folder "$roots/$1/builder" "cd /source
    make -s -j$(nproc) CC=$2 OPTIMIZE='-O2 -Werror' BUILD=build/$2 PROGRAM=build/$2/iopsched
    build/$2/iopsched plan samples/tiny -o /tmp/$2 --week 2026-W49 --work 1000 -q
    build/$2/iopsched verify samples/tiny /tmp/$2
    $2 --version | sed -n 1p
    rm -rf build /tmp/$2"
}

make_package() {
  say "$1: making the package"
  in_folder "$roots/$1/builder" "cd /source
    dpkg-buildpackage -b -us -uc -j$(nproc) >/build.log 2>&1 || { tail -n 40 /build.log; exit 1; }
    dpkg-query -W -f '  \${Package} \${Version}\n' libglpk-dev libcsv-dev libjansson-dev \
      libunistring-dev libical-dev libxlsxwriter-dev"
}

# From the package file to a calendar in three commands, and nothing left in the end: try_out RELEASE
try_out() {
  local clean=$roots/$1/clean
  say "$1: from the package file to a calendar"
  rm -rf "$clean"
  cp -a "$roots/$1/base" "$clean"
  cp "$roots/$1"/builder/iopsched_*.deb "$clean/root/"
  in_folder "$clean" 'cd /root
    apt-get -qq update
    set -x
    apt-get -qq -y install --no-install-recommends ./iopsched_*.deb >/install.log 2>&1 ||
      { tail -n 40 /install.log; exit 1; }
    iopsched init myclinic
    iopsched plan myclinic -o week --time-limit 20
    ls week/calendars/patients week/week.html
    apt-get -qq -y purge iopsched >/dev/null 2>&1
    ! find /usr /etc /var/lib -name "*iopsched*" ! -path "*/apt/*" | grep .'
  rm -rf "$clean"
}

[ "$(id -u)" -eq 0 ] || die "needs root"
command -v debootstrap >/dev/null || die "needs debootstrap"
[ "$#" -gt 0 ] || set -- bookworm trixie noble
for release in "$@"; do
  unpack "$release"
  prepare "$release"
  build_with "$release" gcc
  build_with "$release" clang
  make_package "$release"
  try_out "$release"
done
say "well on: $*"
