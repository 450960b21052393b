#!/bin/sh
# Installs what the project needs and is not there yet. Run again it does nothing and takes no time.
#   scripts/setup.sh             dependencies, with a Node that is new enough
#   scripts/setup.sh --browser   Chromium too, for the tests of the report's page
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "setup: $*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"
  else return 1
  fi
}

if ! command -v npm >/dev/null 2>&1; then
  say 'npm is missing; trying apt-get install nodejs npm'
  { as_root apt-get update && as_root apt-get install -y --no-install-recommends nodejs npm; } >&2 || {
    say 'Install Node 20 or newer with npm (https://nodejs.org), then run this again.'
    exit 1
  }
fi

# The lock file that npm leaves in node_modules is as old as the last installation.
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  say 'npm ci'
  # The project brings a Node of its own: what packages think of the machine's is no matter.
  npm ci --no-audit --no-fund --loglevel=error >&2
  touch node_modules/.package-lock.json
fi

# The development dependency "node" brings a Node that is new enough, in case the machine's is not.
# Where install scripts are switched off it was not unpacked, so that is made up for.
if ! node_modules/.bin/node --version >/dev/null 2>&1; then
  say 'unpacking the Node that the project brings along'
  npm rebuild node >&2 || true
fi
PATH="$PWD/node_modules/.bin:$PATH"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 18) ? 0 : 1)' || {
  say "Node $(node --version) is too old and the one in node_modules does not run: install Node 24."
  exit 1
}

if [ "${1:-}" = --browser ]; then
  has_browser() {
    [ -x /usr/bin/chromium ] ||
      node -e 'import("@playwright/test").then(({ chromium }) => process.exit(require("node:fs").existsSync(chromium.executablePath()) ? 0 : 1))'
  }
  if ! has_browser; then
    say 'installing Chromium'
    timeout 300 npx playwright install --with-deps chromium >&2 ||
      { as_root apt-get update && as_root apt-get install -y --no-install-recommends chromium; } >&2 ||
      say 'Chromium could not be installed: the tests of the page in a browser will be skipped.'
  fi
fi
