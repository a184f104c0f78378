#!/usr/bin/env bash
# Measures the time from a clone to the first picture, on caches of its own, by the commands that the README gives.
#
#   bench/first_picture.sh [REPOSITORY]     this repository by default
#
# Prints seconds since the start for each stage, and fails unless eight pictures of the template's exact size were made.
set -euo pipefail

repository="${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}"
folder="$(mktemp -d)"
port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
began="$(date +%s.%N)"
server=

stage() { printf '%7.1f s  %s\n' "$(echo "$(date +%s.%N) $began" | awk '{print $1 - $2}')" "$1"; }

finish() {
  [ -z "$server" ] || { kill -TERM -- "-$server" && wait "$server"; } 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT

# Nothing of the caller's environment but where programs and packages come from.
bare() {
  env -i PATH="$PATH" HOME="$HOME" LANG=C.UTF-8 \
    IMAGE_STUDIO_DATA_DIR="$folder/data" IMAGE_STUDIO_MODELS_DIR="$folder/models" \
    PIP_CACHE_DIR="$folder/pip" UV_CACHE_DIR="$folder/uv" npm_config_cache="$folder/npm" \
    "${packages[@]}" "$@"
}
mapfile -t packages < <(env | grep -E '^(PIP_(CERT|FIND_LINKS|INDEX_URL|EXTRA_INDEX_URL)|UV_[A-Z_]*INDEX[A-Z_]*|SSL_CERT_FILE|NODE_EXTRA_CA_CERTS|(HTTPS?|NO|https?|no)_(PROXY|proxy))=')

wait_for() { # URL SECONDS
  local left="$2"
  until curl -fso "$folder/answer" "$1"; do
    kill -0 "$server" 2>/dev/null || { tail -n 30 "$folder/log" && exit 1; }
    left=$((left - 1))
    [ "$left" -gt 0 ] || { tail -n 30 "$folder/log" && exit 1; }
    sleep 1
  done
}

measure() { # the sizes of the pictures named
  .venv/bin/python -c 'import sys; from PIL import Image; [print("{0}x{1}".format(*Image.open(p).size)) for p in sys.argv[1:]]' "$@"
}

expect_four() { # SIZES...
  [ "$#" -eq 4 ] && [ "$(printf '%s\n' "$@" | sort -u)" = "1080x1920" ] || { echo "expected four of 1080x1920, got: $*" && exit 1; }
}

git clone --quiet "$repository" "$folder/studio"
cd "$folder/studio"
stage "cloned"

set -m
bare make run PORT="$port" >"$folder/log" 2>&1 &
server=$!
set +m
wait_for "http://127.0.0.1:$port/api/image-studio/health" 900
stage "the studio answers"
curl -fsS "http://127.0.0.1:$port/" | grep -q '<div id="root"' || { echo "the page is not served" && exit 1; }
stage "the page is served"

# The README's own lines, on this port.
line="$(grep -m1 '^image-studio create ' README.md)"
bare bash -euo pipefail -c ".venv/bin/$line" >"$folder/said" || { cat "$folder/said" && exit 1; }
stage "four pictures by the command line"
mapfile -t sizes < <(measure pictures/*)
expect_four "${sizes[@]}"

sed -n '/^KEY=/,/^```/p' README.md | sed '/^```/d' | sed "s/127\.0\.0\.1:8000/127.0.0.1:$port/" >"$folder/by_http.sh"
bare bash -euo pipefail "$folder/by_http.sh" >"$folder/answer.json"
stage "four pictures by HTTP"
mapfile -t sizes < <(python3 -c 'import json, sys; [print("{width}x{height}".format(**r)) for r in json.load(open(sys.argv[1]))["results"]]' "$folder/answer.json")
expect_four "${sizes[@]}"

stage "done: eight pictures of 1080x1920"
