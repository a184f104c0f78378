#!/usr/bin/env bash
# Compiles both lock files from pyproject.toml: hashes, but no index addresses, so that any mirror serves them.
# npm keeps frontend/package-lock.json itself; what it leaves out there is completed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

uv="$(command -v uv || true)"
if [ -z "$uv" ]; then
  uv=.stamps/tools/bin/uv
  [ -x "$uv" ] || { python3 -m venv .stamps/tools && .stamps/tools/bin/pip install --quiet uv==0.13.9; }
fi

compile() { # LOCK ARGS...: keeps the versions that the lock has, unless told --upgrade
  local lock="$1"
  shift
  "$uv" pip compile --quiet pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-annotate --custom-compile-command "make lock" "$@" -o "$lock"
}

# The larger one first: what runs in production is then exactly what was tested.
compile requirements-dev.lock --group dev --group contract "$@"
compile requirements.lock --constraint requirements-dev.lock "$@"
python3 scripts/lock_platforms.py
