#!/bin/sh
# Pins every dependency with its hashes, smallest lock first; the larger ones keep its versions.
# The locks hold no addresses, so they install from whatever index a machine is set up with.
#   sh tools/lock.sh            keeps today's pins where they still fit
#   sh tools/lock.sh --upgrade  takes the newest
set -eu
cd "$(dirname "$0")/.."

pin() {
    out=$1
    shift
    .venv/bin/uv pip compile -q --system-certs --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --extra postgres "$@" -o "$out" pyproject.toml
}

pin requirements.lock "$@"
pin requirements-test.lock --group test --group e2e -c requirements.lock "$@"
pin requirements-dev.lock --group test --group e2e --group quality -c requirements-test.lock "$@"
