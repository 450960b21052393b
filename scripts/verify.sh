#!/bin/sh
# The main job on a fresh machine: sets up and runs the suite. Arguments go to `bgop verify`.
set -eu
root="$(cd "$(dirname "$0")/.." && pwd)"
"$root/scripts/setup.sh"
PATH="$root/node_modules/.bin:$PATH" exec node "$root/bin/bgop.js" verify "$@"
