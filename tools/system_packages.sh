#!/bin/sh
# What the tests need from the system: PostgreSQL's programs (never a running cluster), Chromium,
# a font with Vietnamese letters, exiftool and qpdf. Root: installed with apt. Otherwise: one line
# to copy, and the tests that need them are skipped and named. With CI=true a missing one is an error.
set -eu

missing() {
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
        command -v google-chrome >/dev/null || echo chromium
    fc-list :lang=vi 2>/dev/null | grep -q . || echo fonts-noto-core
    command -v exiftool >/dev/null || echo libimage-exiftool-perl
    command -v qpdf >/dev/null || echo qpdf
}

packages=$(missing | tr '\n' ' ')
[ -n "$packages" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    log=$(mktemp)
    printf 'Cài gói hệ thống · installing system packages: %s\n' "$packages" >&2
    apt-get update -q </dev/null >"$log" 2>&1 || tail -n 5 "$log" >&2
    for package in fontconfig $packages; do # one by one: a system that lacks one still gets the others
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$package" \
            </dev/null >"$log" 2>&1 || tail -n 5 "$log" >&2
    done
    rm -f "$log"
    packages=$(missing | tr '\n' ' ')
    [ -n "$packages" ] || exit 0
fi

printf 'THIẾU · MISSING: sudo apt-get install %s\n' "$packages" >&2
if [ "${CI:-}" = true ]; then exit 1; fi
printf 'Các kiểm thử cần chúng sẽ bị bỏ qua · the tests that need them will be skipped\n' >&2
