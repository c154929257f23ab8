#!/bin/sh
# Compile assets/scss into static/css/portal.css. Needs npm; the result is committed.
set -eu
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
npx --no-install sass --load-path=node_modules --style=compressed --no-source-map --quiet-deps \
    scss/portal.scss ../static/css/portal.css
# What must never ship: somebody else's typeface, emblem or addresses.
if grep -Eiq 'url\(|GDS Transport|crown' ../static/css/portal.css; then
    echo 'portal.css holds a foreign asset' >&2
    exit 1
fi
printf 'portal.css: %s bytes, %s compressed\n' "$(wc -c < ../static/css/portal.css)" "$(gzip -9c ../static/css/portal.css | wc -c)"
