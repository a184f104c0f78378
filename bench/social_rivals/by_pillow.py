"""Pillow: decoded once, cut and resized by Lanczos, encoded; what is usually written by hand."""

from __future__ import annotations

import io
import sys

from PIL import Image

from bench.social_rivals.work import QUALITY, Job, read_job, serve


def main() -> None:
    """Serve it."""
    job = read_job(sys.argv[1])
    serve(lambda: _made(job))


def _made(job: Job) -> list[bytes]:
    whole = Image.open(io.BytesIO(job.source)).convert("RGB")
    files: list[bytes] = []
    for box, size in job.wanted:
        edges = (box.left, box.top, box.right, box.bottom)
        file = io.BytesIO()
        small = whole.crop(edges).resize((size.width, size.height), Image.Resampling.LANCZOS)
        small.save(file, "JPEG", quality=QUALITY, subsampling="4:2:0")
        files.append(file.getvalue())
    return files


if __name__ == "__main__":
    main()
