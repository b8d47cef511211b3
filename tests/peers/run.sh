#!/usr/bin/env bash
# Installs the peers as their lock files say, below target/peers and without any rights, and measures them beside us.
# Usage: run.sh BENCH, the release build of our benchmark. A second run installs nothing.
set -euo pipefail

bench=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
target=$(cd "$here/../.." && pwd)/target
home=$target/peers

missing() {
  echo "make bench-peers: $1" >&2
  exit 1
}
command -v node >/dev/null && command -v npm >/dev/null || missing "Node 20.19 or later with npm is needed: on Debian, apt-get install nodejs npm."
node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' ||
  missing "Node 20.19 or later is needed; this is $(node --version)."
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
  missing "Python 3.10 or later is needed for Anki: on Debian, apt-get install python3 python3-venv."

# What fails to install is said here and named again in the table; the others are measured all the same.
installed() { cmp -s "$1" "$2/.installed" || return 1; }
mkdir -p "$home"
cp "$here"/*.mjs "$here"/*.py "$here"/package*.json "$here"/requirements.txt "$home"
cd "$home"
if ! installed package-lock.json node_modules; then
  echo "Installing the peers from npm …"
  if npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; then
    cp package-lock.json node_modules/.installed
  else
    echo "npm could not install the peers." >&2
  fi
fi
if ! installed requirements.txt venv; then
  echo "Installing Anki from PyPI …"
  rm -rf venv
  if python3 -m venv venv && venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.txt; then
    cp requirements.txt venv/.installed
  else
    echo "Anki could not be installed (on Debian, python3-venv may be missing)." >&2
  fi
fi

node --test --test-reporter=dot reading.test.mjs >/dev/null || missing "the proxy miscounts: node --test tests/peers/"
"$bench" --export-visits .
BENCH=$bench PEERS_PYTHON=$home/venv/bin/python exec node all.mjs "$target"
