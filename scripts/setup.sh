#!/usr/bin/env bash
# Installs what the named parts need, once: scripts/setup.sh PART...
#
#   run       the Python packages of requirements.lock in .venv, and the project itself
#   dev       the same with the tools of requirements-dev.lock
#   node      the packages of frontend/package-lock.json
#   frontend  frontend/dist, built anew when its sources changed
#   weights   the local engine's models; weights-if-reachable goes on without them when there is no network
#   packages  the Debian packages that only tests need
#
# Every part leaves a stamp with a hash of what it was made from, so that a second call takes no time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
have sha256sum || sha256sum() { shasum -a 256 "$@"; }
hash_of() { sha256sum "$@" | sha256sum | cut -c1-32; }
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

mkdir -p .stamps
if have flock; then # two calls at once must not install into the same folders
  exec 9>.stamps/lock
  flock 9
fi

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
    if [ -n "$candidate" ] && have "$candidate" &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$candidate"
      return
    fi
  done
  fail "Image Studio needs Python 3.11 or newer: apt-get install python3 python3-venv (or set PYTHON=/path/to/python3)."
}

make_venv() {
  local python
  [ -x .venv/bin/python ] && return
  python="$(find_python)"
  say "Making .venv with $("$python" --version)"
  "$python" -m venv .venv 2>/dev/null && return
  rm -rf .venv
  have uv && uv venv --quiet --python "$python" .venv && return
  fail "$python can't make virtual environments: apt-get install python3-venv, then try again."
}

install_locked() { # LOCK: with uv where there is one; plain pip always works
  if have uv && uv pip install --quiet --python .venv/bin/python --require-hashes --compile-bytecode -r "$1"; then
    uv pip install --quiet --python .venv/bin/python --no-build-isolation --no-deps -e .
    return
  fi
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1" &&
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
}

python_packages() { # PART LOCK
  local want stamp=".venv/.image-studio-$1"
  want="$(hash_of "$2" pyproject.toml)"
  make_venv
  stamped "$stamp" "$want" && return
  say "Installing the Python packages of $2"
  install_locked "$2" || fail "The Python packages could not be installed; the lines above say why. Is the package index reachable?"
  printf '%s' "$want" >"$stamp"
}

run_packages() { # what `dev` installed holds all that `run` needs
  stamped .venv/.image-studio-dev "$(hash_of requirements-dev.lock pyproject.toml)" || python_packages run requirements.lock
}

node_packages() {
  local want stamp=frontend/node_modules/.image-studio
  have node && have npm || fail "Image Studio's frontend is built with Node 20 or newer: apt-get install nodejs npm (or nodejs.org)."
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' ||
    fail "Node $(node --version) is too old: the frontend is built with Node 20 or newer."
  want="$(node --version) $(hash_of frontend/package.json frontend/package-lock.json)"
  stamped "$stamp" "$want" && return
  say "Installing the frontend's packages"
  (cd frontend && npm ci --no-audit --no-fund --loglevel=error) || fail "npm ci failed; the lines above say why."
  printf '%s' "$want" >"$stamp"
}

frontend_sources() {
  find frontend \( -name node_modules -o -name dist -o -name test-results \) -prune -o -type f -print | LC_ALL=C sort
}

build_frontend() {
  local want stamp=.stamps/frontend
  want="$(frontend_sources | tr '\n' '\0' | xargs -0 sha256sum | sha256sum | cut -c1-32)"
  [ -f frontend/dist/index.html ] && stamped "$stamp" "$want" && return
  node_packages
  say "Building the frontend"
  (cd frontend && npm run --silent build -- --logLevel warn) >&2 || fail "The frontend could not be built; the lines above say why."
  printf '%s' "$want" >"$stamp"
}

pull_weights() {
  local want stamp=.stamps/weights
  want="${IMAGE_STUDIO_MODELS_DIR:-default} $(hash_of backend/data/models.yaml)"
  stamped "$stamp" "$want" && return
  say "Fetching the local engine's models"
  .venv/bin/image-studio models pull >&2 || return
  printf '%s' "$want" >"$stamp"
}

debian_packages() { # what has no program on this machine yet
  local missing=()
  have chromium || missing+=(chromium)
  have nginx || [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
  have initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
  # Not needed: exports take longer without it.
  [ "$(id -u)" -ne 0 ] || compgen -G '/usr/lib/*/libturbojpeg.so.0' >/dev/null || missing+=(libturbojpeg0)
  [ ${#missing[@]} -eq 0 ] && return
  [ "$(id -u)" -eq 0 ] && have apt-get ||
    fail "The tests need these Debian packages: ${missing[*]}. Install them as root: apt-get install ${missing[*]}"
  say "Installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

for part in "$@"; do
  case "$part" in
    run) run_packages ;;
    dev) python_packages dev requirements-dev.lock ;;
    node) node_packages ;;
    frontend) build_frontend ;;
    weights) pull_weights || fail "The models could not be fetched; the lines above say why." ;;
    weights-if-reachable) pull_weights || say "Starting without them: what needs a model says so. Later: .venv/bin/image-studio models pull" ;;
    packages) debian_packages ;;
    *) fail "No such part: $part" ;;
  esac
done
