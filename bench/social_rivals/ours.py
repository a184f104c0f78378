"""Our pipeline. The way is named after the job's path.

`codec`: decoding, resizing and encoding alone, windows given. `apart`: the same, with equal files made each on its own.
`wheels`: as `codec`, without the TurboJPEG library. `all`: windows searched for, faces found by the weights that are
named next, thumbnails, hashes and colours made, every file checked, marked and signed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from backend.errors import StudioError
from backend.imaging.crop.faces import FaceFinder
from backend.imaging.export import pictures, pipeline
from backend.imaging.export.likeness import Likeness
from backend.imaging.export.pipeline import exports
from backend.imaging.export.targets import Background, Export, Quality, Target
from bench.social_rivals.work import QUALITY, Job, read_job, serve

if TYPE_CHECKING:
    from bench.social_rivals.telling import Teller

NOTHING = Likeness(b"", "", "")


def main() -> None:
    """Serve one way of ours."""
    job, way = read_job(sys.argv[1]), sys.argv[2]
    if way != "all":
        pipeline.likeness_of_planes = _unseen
    if way == "wheels":
        pictures.turbo = lambda: None
    targets = _targets(job, way)
    finder = FaceFinder(Path(sys.argv[3]).read_bytes()) if way == "all" else None
    teller = _teller() if way == "all" else None
    serve(lambda: _made(job, targets, finder, teller))


def _teller() -> Teller:
    from bench.social_rivals.telling import Teller  # noqa: PLC0415 - the other ways shall not hold what it loads

    return Teller()


def _unseen(_planes: pictures.Planes) -> Likeness:
    return NOTHING


def _targets(job: Job, way: str) -> list[Target]:
    """Return the targets; a ground that none of them shows keeps equal ones apart."""
    quality = Quality(fixed=QUALITY)
    if way == "all":
        return [Target(size=size, quality=quality) for _, size in job.wanted]
    grounds = [Background(kind="colour", colour=f"#{n * (way == 'apart'):06x}") for n in range(len(job.wanted))]
    return [
        Target(size=size, box=box, quality=quality, background=ground)
        for (box, size), ground in zip(job.wanted, grounds, strict=True)
    ]


def _made(job: Job, targets: list[Target], finder: FaceFinder | None, teller: Teller | None) -> list[bytes]:
    files = [b""] * len(targets)

    def hand(index: int, outcome: Export | StudioError) -> None:
        if isinstance(outcome, StudioError):
            raise outcome
        files[index] = outcome.data if teller is None else teller.told(index, outcome)

    exports(job.source, targets, faces=finder, hand=hand, threads=2)
    return files


if __name__ == "__main__":
    main()
