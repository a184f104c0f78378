"""Order pictures from Image Studio, watch the job, and save what comes of it. Needs nothing but Python."""

import json
import os
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

STUDIO = os.environ.get("IMAGE_STUDIO_URL", "http://127.0.0.1:8000")
KEY = os.environ["IMAGE_STUDIO_KEY"]


def ask(path: str, body: dict[str, object] | None = None, **headers: str) -> dict[str, object]:
    """Return what the studio answers to a GET, or to a POST of the body."""
    request = urllib.request.Request(STUDIO + path, headers={"Authorization": f"Bearer {KEY}", **headers})
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def main(prompt: str, folder: Path) -> None:
    order = {"prompt": prompt, "template_id": "instagram_story", "num_variations": 4}
    job = ask("/api/image-studio/create", order, Prefer="respond-async")
    while job["status"] not in {"done", "failed", "cancelled"}:
        print(f"{job['status']}: {job['progress']:.0%}")
        time.sleep(1)
        job = ask(f"/api/jobs/{job['id']}")
    if job["status"] != "done":
        sys.exit(job["problem"]["detail"])
    folder.mkdir(parents=True, exist_ok=True)
    for number, picture in enumerate(job["result"]["results"], start=1):
        with urllib.request.urlopen(urllib.parse.urljoin(STUDIO, picture["url"])) as answer:
            (folder / f"{number}.png").write_bytes(answer.read())
        print(f"{folder}/{number}.png: {picture['width']}x{picture['height']} by {picture['provider']}")
    print(f"{job['cost']['captured']} credits")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
