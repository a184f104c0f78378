"""What files are cut from: the picture itself, the picture continued to a shape, or its design laid out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.errors import StudioError
from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from backend.providers.local import fill
from backend.providers.local.drawing import draw_again
from backend.providers.local.rooms import Work
from backend.schemas.specs import OutpaintSpec, RelayoutSpec

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Mapping

    from backend.providers.local.rooms import Means
    from backend.schemas.specs import SocialSpec

ALIKE = 0.003
"""Shapes that differ by less, as a share, are continued once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A picture, or why there is none, and the files that are to be cut from it.

    `whole` is the size of the picture that was asked about where this is another one, which stands for all of it.
    """

    picture: bytes | StudioError
    ordinals: tuple[int, ...]
    whole: Size | None = None


async def sources(means: Means, spec: SocialSpec, image: bytes, ordinals: tuple[int, ...]) -> AsyncGenerator[Source]:
    """Yield what the files are cut from, the quickest first."""
    if spec.layers is not None:
        async for source in _laid_out(means, spec, image, ordinals):
            yield source
        return
    plain = tuple(n for n in ordinals if spec.mode != "extend" or spec.exports[n].box is not None)
    if plain:
        yield Source(picture=image, ordinals=plain)
    async for source in _extended(means, spec, image, tuple(n for n in ordinals if n not in plain)):
        yield source


async def _laid_out(means: Means, spec: SocialSpec, image: bytes, ordinals: tuple[int, ...]) -> AsyncGenerator[Source]:
    assert spec.layers is not None, "there is a design"
    whole = sniff(image).size
    for size, group in _grouped((_size(spec, n), n) for n in ordinals).items():
        drawn = RelayoutSpec(image=spec.image, layers=spec.layers, width=size.width, height=size.height)
        try:
            picture = (await means.workbench.run(draw_again, drawn)).data
        except StudioError as error:
            picture = error
        yield Source(picture=picture, ordinals=group, whole=whole)


async def _extended(means: Means, spec: SocialSpec, image: bytes, ordinals: tuple[int, ...]) -> AsyncGenerator[Source]:
    own = sniff(image).size
    for group in _shapes(spec, ordinals):
        largest = max((_size(spec, n) for n in group), key=lambda size: size.pixels)
        yield Source(picture=await _continued(means, spec, image, largest), ordinals=group, whole=own)


async def _continued(means: Means, spec: SocialSpec, image: bytes, target: Size) -> bytes | StudioError:
    """Return the picture with more of itself around it, in the shape of the target and no larger than that."""
    own = sniff(image).size
    inner = fitted(own, target)
    left, right, up, down = margins_of(inner, target)
    try:
        small = image if inner == own else await means.workbench.run(resized, image, inner)
        if not (left + right or up + down):
            return small
        wish = OutpaintSpec(image=spec.image, left=left, right=right, up=up, down=down)
        work = Work(offer=fill.OUTPAINT, spec=wish, images={"image": small})
        return (await fill.ROOM.make(means, work)).data
    except StudioError as error:
        return error


def fitted(own: Size, target: Size) -> Size:
    """Return the size of a picture within the target's frame, never larger than it is."""
    scale = min(1.0, target.width / own.width, target.height / own.height)
    return Size(max(1, round(own.width * scale)), max(1, round(own.height * scale)))


def margins_of(inner: Size, target: Size) -> tuple[int, int, int, int]:
    """Return how many pixels are to be added at left, right, top and bottom of a picture for the target's shape."""
    wide = max(inner.width, round(inner.height * target.ratio))
    high = max(inner.height, round(inner.width / target.ratio))
    across, down = wide - inner.width, high - inner.height
    return across // 2, across - across // 2, down // 2, down - down // 2


def resized(image: bytes, size: Size) -> bytes:
    """Return a picture at another size, without loss; runs in a child process."""
    from backend.providers.local.social import exporting  # noqa: PLC0415 - the server never loads the arithmetic

    return exporting.resized(image, size)


def _shapes(spec: SocialSpec, ordinals: Iterable[int]) -> list[tuple[int, ...]]:
    """Return the files by their shapes."""
    groups: list[list[int]] = []
    for ordinal in sorted(ordinals, key=lambda n: _size(spec, n).ratio):
        ratio = _size(spec, ordinal).ratio
        if groups and ratio <= _size(spec, groups[-1][0]).ratio * (1 + ALIKE):
            groups[-1].append(ordinal)
        else:
            groups.append([ordinal])
    return [tuple(group) for group in groups]


def _grouped(pairs: Iterable[tuple[Size, int]]) -> Mapping[Size, tuple[int, ...]]:
    groups: dict[Size, tuple[int, ...]] = {}
    for size, ordinal in pairs:
        groups[size] = (*groups.get(size, ()), ordinal)
    return groups


def _size(spec: SocialSpec, ordinal: int) -> Size:
    export = spec.exports[ordinal]
    return Size(export.width, export.height)
