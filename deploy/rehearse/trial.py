"""Uses the studio as its first owner would; run inside, by the image's own Python, with the sign-in token."""

from __future__ import annotations

import json
import sys
import urllib.request
from pathlib import Path

HERE = "http://127.0.0.1:8000"
PNG_OR_WEBP = (b"\x89PNG", b"RIFF", b"\xff\xd8\xff")


def asked(path: str, body: object = None, token: str = "") -> bytes:
    """Return what the studio answers."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(HERE + path, data, headers)
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.read()


def zombies() -> int:
    """Return how many processes have ended that nobody has asked about."""
    found = 0
    for one in Path("/proc").glob("[0-9]*/stat"):
        state = one.read_text().rpartition(")")[2].split()[0] if one.exists() else ""
        found += state == "Z"
    return found


def main(link: str) -> None:
    """Sign in, make a picture, fetch it, look at the page and at the processes."""
    token = json.loads(asked("/api/auth/link", {"token": link}))["token"]
    form = {"prompt": "A lighthouse at dusk", "width": 512, "height": 512, "response_format": "url"}
    made = json.loads(asked("/api/image-studio/create", form, token))["results"][0]
    picture = asked(made["url"])
    assert picture.startswith(PNG_OR_WEBP), picture[:20]
    page = asked("/library").decode()
    assert "/assets/" in page, page
    script = page.partition('src="')[2].partition('"')[0]
    assert len(asked(script)) > 10_000, script
    assert b"Lighthouse" in asked(f"/api/content-assets/{made['asset_id']}", token=token).title()
    assert zombies() == 0, f"{zombies()} zombies"
    print(f"a picture of {len(picture)} bytes by {made['provider']}, and no process left over")


if __name__ == "__main__":
    main(sys.argv[1])
