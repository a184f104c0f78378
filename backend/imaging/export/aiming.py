"""Aiming: what each target would show of a picture, found as the pipeline finds it, and nothing is made."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.imaging.export.framing import Framed, Framer, is_searched
from backend.imaging.export.pictures import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.imaging.export.framing import Faces
    from backend.imaging.export.targets import Target
    from backend.imaging.types import Box, Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Aimed:
    """What each target shows, in their order, and the faces; all in pixels of the picture, which has this size."""

    size: Size
    framed: tuple[Framed, ...]
    faces: tuple[Box, ...]


def aimed(source: bytes, targets: Sequence[Target], *, faces: Faces, threads: int = 2) -> Aimed:
    """Return where the files of a picture would be cut out, to the pixel; faces are looked for if not known already.

    `source` is a file that the studio wrote: upright and in sRGB.

    Raises:
        InvalidImage: the picture is broken.
    """
    picture = opened(source)
    with ThreadPoolExecutor(max(1, threads)) as pool:
        framer = Framer(picture, faces, pool, searched=any(is_searched(target) for target in targets))
        return Aimed(size=picture.size, framed=tuple(framer.framed(target) for target in targets), faces=framer.faces)
