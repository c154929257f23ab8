#!/bin/sh
# Makes .venv from one of the hashed locks, and does nothing when that lock is already installed.
#   sh tools/environment.sh requirements.lock|requirements-test.lock|requirements-dev.lock
# The larger locks hold the smaller ones with the same versions (a guard test says so), so that
# `make run` after `make test` has nothing to do.
set -eu
cd "$(dirname "$0")/.."
lock=$1
log=.venv/install.log

say() { printf '%s\n' "$*" >&2; }

checksum() { cksum <"$1" | tr ' ' '-'; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 python; do
        if command -v "$candidate" >/dev/null 2>&1 && new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    say "Cần Python 3.11 trở lên · Python 3.11 or later is needed: apt-get install python3 python3-venv"
    exit 1
}

add_venv_package() { # Debian ships venv in a package of its own
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    package="python$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Cài · installing $package"
        apt-get update -qq </dev/null >/dev/null
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" </dev/null >/dev/null
    else
        say "Thiếu · missing: sudo apt-get install $package"
        exit 1
    fi
}

make_venv() {
    python=$(find_python)
    add_venv_package "$python"
    say "Tạo môi trường · making .venv ($("$python" -V))"
    rm -rf .venv
    "$python" -m venv .venv
    pwd >.venv/made
}

install_lock() {
    say "Cài các gói đã khóa · installing $lock"
    : >"$log"
    if [ ! -x .venv/bin/uv ]; then
        .venv/bin/python -m pip install -qq --disable-pip-version-check uv >>"$log" 2>&1 || true
    fi
    if [ -x .venv/bin/uv ] && .venv/bin/uv pip install -q --system-certs --python .venv/bin/python \
        --require-hashes -r "$lock" >>"$log" 2>&1; then
        return
    fi
    say "… bằng pip, chậm hơn · with pip, slower"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock" >>"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        exit 1
    }
}

install_portal() { # the checkout itself, without a build: a path file and the command
    site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    pwd >"$site/portal.pth"
    cat >.venv/bin/portal <<SCRIPT
#!/bin/sh
'''exec' "$(pwd)/.venv/bin/python" "\$0" "\$@"
' '''
import sys

from portal.cli import main

sys.exit(main())
SCRIPT
    chmod +x .venv/bin/portal
}

remember() { # this lock, and the smaller ones it holds
    checksum "$lock" >".venv/installed-$lock"
    case $lock in
    requirements-dev.lock) smaller="requirements-test.lock requirements.lock" ;;
    requirements-test.lock) smaller="requirements.lock" ;;
    *) smaller="" ;;
    esac
    for name in $smaller; do checksum "$name" >".venv/installed-$name"; done
}

if [ "$(cat .venv/made 2>/dev/null || true)" != "$(pwd)" ] || ! new_enough .venv/bin/python; then
    make_venv # also after the checkout was moved, or half a start
fi
if [ "$(cat ".venv/installed-$lock" 2>/dev/null || true)" != "$(checksum "$lock")" ]; then
    install_lock
    install_portal
    remember
fi
