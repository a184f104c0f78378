"""The pipeline: a picture is decoded once, and every file that is wanted of it is handed over as it is ready.

What comes out equal is made once. The smallest is begun first, so that there soon is something to see, then the
largest, so that no thread is left alone with it at the end.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from backend.errors import StudioError
from backend.imaging.export.framing import Framed, Framer, is_searched, seen_in
from backend.imaging.export.grounds import fitted, place_in
from backend.imaging.export.likeness import likeness_of, likeness_of_planes
from backend.imaging.export.pictures import Planar, opened
from backend.imaging.export.targets import Export
from backend.imaging.export.writing import check, shown, written, written_planes
from backend.imaging.types import Box

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from backend.imaging.export.framing import Faces
    from backend.imaging.export.likeness import Likeness
    from backend.imaging.export.pictures import Coloured
    from backend.imaging.export.targets import Target
    from backend.imaging.export.writing import Written
    from backend.imaging.types import Size

    Outcome = Export | StudioError
    Made = Future[list[tuple[int, Outcome]]]

Hand = Callable[[int, "Export | StudioError"], None]
"""Takes what became of a target, by its index; called in the thread that the work began in."""
_WITH_ALPHA: Final = 4


def exports(  # noqa: PLR0913 - what comes in, what goes out, and by how many
    source: bytes,
    targets: Sequence[Target],
    *,
    faces: Faces,
    hand: Hand,
    found: Callable[[tuple[Box, ...]], None] | None = None,
    threads: int = 2,
) -> None:
    """Hand over a file of each target, or the error that it ended in; in no order but that of getting ready.

    `source` is a file that the studio wrote: upright and in sRGB. `faces` finds faces, or says where they are in pixels
    of the picture; without it crops go by what stands out alone, and no faces are told. `found` hears of them early.

    Raises:
        InvalidImage: the picture is broken.
    """
    picture = opened(source)
    with ThreadPoolExecutor(max(1, threads)) as pool:
        framer = Framer(picture, faces, pool, searched=any(is_searched(target) for target in targets))
        if found is not None:
            found(framer.faces)
        kitchen = _Kitchen(picture, framer.faces)
        making: set[Made] = set()
        for alike in _by_size(targets):
            making |= {pool.submit(kitchen.made, batch) for batch in _alike(alike, framer)}
            making = _handed_over(making, hand, timeout=0)
        while making:
            making = _handed_over(making, hand)


def _handed_over(making: set[Made], hand: Hand, *, timeout: float | None = None) -> set[Made]:
    """Hand over what is ready within seconds, if need be as soon as anything is; return what is not."""
    ready, others = wait(making, timeout, FIRST_COMPLETED)
    for made in ready:
        for index, outcome in made.result():
            hand(index, outcome)
    return others


def _by_size(targets: Sequence[Target]) -> list[list[tuple[int, Target]]]:
    """Return targets and their indexes, those of one size together: first the smallest, then from the largest on."""
    found: dict[Size, list[tuple[int, Target]]] = {}
    for index, target in enumerate(targets):
        found.setdefault(target.size, []).append((index, target))
    groups = sorted(found.values(), key=lambda group: -group[0][1].size.pixels)
    return [*groups[-1:], *groups[:-1]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A target, its place among all, and the part of the picture that it shows."""

    index: int
    target: Target
    framed: Framed


def _alike(targets: Sequence[tuple[int, Target]], framer: Framer) -> list[list[_Wanted]]:
    """Return the targets, those together whose files show the same at the same size and quality."""
    found: dict[object, list[_Wanted]] = {}
    for index, target in targets:
        framed = framer.framed(target)
        same = (
            *(target.size, framed.box, target.encodings, target.instead, target.quality),
            *(target.dress, target.background),
            target.mode == "fit" and target.box is None,
        )
        found.setdefault(same, []).append(_Wanted(index=index, target=target, framed=framed))
    return list(found.values())


class _Kitchen:
    """Makes files of one picture; used by several threads at once."""

    def __init__(self, picture: Planar | Coloured, faces: tuple[Box, ...]) -> None:
        self._picture = picture
        self._faces = faces
        self._likenesses: dict[object, Likeness] = {}

    def made(self, batch: list[_Wanted]) -> list[tuple[int, Outcome]]:
        """Return what became of targets whose files differ, if at all, by the bytes that they may have."""
        first = batch[0]
        try:
            check(first.target)
            write, likeness, has_alpha = self._finished(first)
        except StudioError as error:
            return [(wanted.index, error) for wanted in batch]
        files: list[tuple[int, Written]] = []
        outcomes: list[tuple[int, Outcome]] = []
        for wanted in sorted(batch, key=lambda wanted: -(wanted.target.most_bytes or 1 << 62)):
            most = wanted.target.most_bytes
            same = next(((i, file) for i, file in files if most is None or len(file.data) <= most), None)
            try:
                index, file = same or (wanted.index, write(most))
            except StudioError as error:
                outcomes.append((wanted.index, error))
                continue
            if same is None:
                files.append((wanted.index, file))
            export = self._export(wanted, file, likeness, has_alpha=has_alpha)
            outcomes.append((wanted.index, replace(export, same_as=None if same is None else index)))
        return outcomes

    def _finished(self, wanted: _Wanted) -> tuple[Callable[[int | None], Written], Likeness, bool]:
        """Return what writes the finished picture within so many bytes, how it looks, and whether it is see-through."""
        target, box, picture = wanted.target, wanted.framed.box, self._picture
        is_whole = self._stands_before_a_ground(target, box)
        is_plain = target.dress is None and target.encodings == ("jpg",) and not target.instead
        if isinstance(picture, Planar) and not is_whole and is_plain:
            planes = picture.planes(box, target.size)
            likeness = self._likeness(wanted, lambda: likeness_of_planes(planes))
            return lambda most: written_planes(planes, target.quality, most), likeness, False
        size, ground = target.size, target.background
        pixels = fitted(picture, size, ground) if is_whole else picture.pixels(box, size)
        if target.dress is not None:
            pixels = target.dress(pixels, seen_in(self._faces, box, self._place(target, box)))
        pixels = shown(pixels, target)
        likeness = self._likeness(wanted, lambda: likeness_of(pixels))
        return lambda most: written(pixels, target, most), likeness, pixels.shape[2] == _WITH_ALPHA

    def _likeness(self, wanted: _Wanted, made: Callable[[], Likeness]) -> Likeness:
        """Return how a file looks from afar: the same for all that show nearly the same part."""
        target, box, size = wanted.target, wanted.framed.box, self._picture.size
        ground = target.background if self._stands_before_a_ground(target, box) else None
        edges = (box.left / size.width, box.right / size.width, box.top / size.height, box.bottom / size.height)
        shape = round(100 * math.log(target.size.ratio))
        alike = (*(round(100 * edge) for edge in edges), shape, target.dress, ground, target.encodings)
        if alike not in self._likenesses:
            self._likenesses[alike] = made()
        return self._likenesses[alike]

    def _export(self, wanted: _Wanted, file: Written, likeness: Likeness, *, has_alpha: bool) -> Export:
        target, framed = wanted.target, wanted.framed
        box, place = framed.box, self._place(target, framed.box)
        larger = max(place.size.width / box.size.width, place.size.height / box.size.height)
        return Export(
            data=file.data,
            encoding=file.encoding,
            size=target.size,
            crop=box,
            score=framed.score,
            reasons=framed.reasons,
            quality=file.quality,
            ssim=file.ssim,
            upscaled=round(max(1.0, larger), 3),
            faces=seen_in(self._faces, box, place),
            has_alpha=has_alpha and file.encoding != "jpg",
            thumbnail=likeness.thumbnail,
            thumbhash=likeness.thumbhash,
            colour=likeness.colour,
        )

    def _place(self, target: Target, box: Box) -> Box:
        """Return where in the file a part of the picture lies."""
        whole = Box(0, 0, target.size.width, target.size.height)
        return place_in(box.size, target.size) if self._stands_before_a_ground(target, box) else whole

    def _stands_before_a_ground(self, target: Target, box: Box) -> bool:
        """Say whether the picture is kept whole and doesn't fill the target, or a colour is to show through it."""
        if target.mode != "fit" or target.box is not None:
            return False
        shows_through = self._picture.has_alpha and target.background.kind == "colour"
        return shows_through or place_in(box.size, target.size).size != target.size
