#!/bin/sh
# All tests on a fresh machine: sets up, Chromium included, and runs `npm test`.
set -eu
cd "$(dirname "$0")/.."
scripts/setup.sh --browser
exec npm test --silent -- "$@"
