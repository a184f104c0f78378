"""The room that fills: holes with what is around them, and the picture's surroundings with more of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest, RequestRefused
from backend.imaging.sniff import sniff
from backend.providers.base import Offer, Produced
from backend.providers.local import models
from backend.providers.local.rooms import Room
from backend.schemas.specs import EraseSpec, InpaintSpec, OutpaintSpec

if TYPE_CHECKING:
    from pathlib import Path

    from backend.providers.local.rooms import Means, Work
    from backend.schemas.specs import OutputFormat

_FINDER = "u2netp"
_AT_LEAST_S, _PER_MEGAPIXEL_S = 60.0, 10.0
"""How long filling may take: ten times what it takes alone on one core, for machines that have more to do."""
_SOURCE = "docs/explanation/filling.md (read 2026-11-22)"


def _offer(operation: str, label: str, seconds: float) -> Offer:
    return Offer(
        provider="local",
        model="patchmatch",
        operation=operation,
        label=label,
        price_key=f"local.{operation}",
        source=_SOURCE,
        seed=True,
        local=True,
        formats=("png", "jpg", "webp"),
        seconds=seconds,
    )


ERASE = _offer("erase", "Fill from around", 2.0)
INPAINT = _offer("inpaint", "Fill from around", 2.0)
OUTPAINT = _offer("outpaint", "Continue from around", 6.0)


async def _make(means: Means, work: Work) -> Produced:
    match work.spec:
        case EraseSpec() | InpaintSpec() as spec:
            return await _fill(means, work, spec)
        case OutpaintSpec() as spec:
            return await _extend(means, work, spec)
        case _:
            raise RequestRefused(detail="Filling knows erase, inpaint and outpaint alone.")


async def _fill(means: Means, work: Work, spec: EraseSpec | InpaintSpec) -> Produced:
    if isinstance(spec, InpaintSpec):
        _without_words(spec.prompt)
    if not {"image", "mask"} <= work.images.keys():
        raise RequestRefused(detail="Filling needs the picture, as `image`, and a mask of what to fill, as `mask`.")
    image, mask = work.images["image"], work.images["mask"]
    found = await _subject(means, image, (mask, spec.grow, spec.feather))
    way = spec.grow, spec.feather, spec.seed
    patience = _patience(sniff(image).size.pixels)
    data = await means.workbench.run(fill, image, mask, way, spec.output_format, found, timeout_s=patience)
    return Produced(data=data, seed=spec.seed, facts={"model": work.offer.model})


async def _extend(means: Means, work: Work, spec: OutpaintSpec) -> Produced:
    _without_words(spec.prompt)
    if "image" not in work.images:
        raise RequestRefused(detail="Continuing a picture needs the picture, as `image`.")
    margins = spec.left, spec.right, spec.up, spec.down
    image = work.images["image"]
    found = await _subject(means, image, None)
    size = sniff(image).size
    patience = _patience((size.width + spec.left + spec.right) * (size.height + spec.up + spec.down))
    data = await means.workbench.run(extend, image, margins, spec.seed, spec.output_format, found, timeout_s=patience)
    return Produced(data=data, seed=spec.seed, facts={"model": work.offer.model})


def _patience(pixels: int) -> float:
    """Return how long the work on so many pixels may take, in seconds."""
    return _AT_LEAST_S + _PER_MEGAPIXEL_S * pixels / 1e6


async def _subject(means: Means, image: bytes, covered: tuple[bytes, int, int] | None) -> bytes:
    """Return where the picture's subject is, as the model sees it where its weights are installed; and faces."""
    if models.is_installed(_FINDER, means.models_dir):
        return await means.workbench.run_model(subject, image, covered, models.path_of(_FINDER, means.models_dir))
    return await means.workbench.run(subject, image, covered, None)


def _without_words(prompt: str | None) -> None:
    if prompt:
        detail = (
            "The local engine fills with what is around, and can't make what words describe. Leave the prompt out, or"
            " choose an engine that follows words."
        )
        raise InvalidRequest(detail=detail, errors=(FieldError(pointer="/prompt", detail=detail),))


def subject(data: bytes, covered: tuple[bytes, int, int] | None, weights: Path | None) -> bytes:
    """Return where subjects and faces are, as a small PNG; with `weights` it runs in the child that keeps models."""
    from backend.providers.local.fill import work  # noqa: PLC0415 - the server never loads the arithmetic

    return work.subject(data, covered, weights)


def fill(data: bytes, mask: bytes, way: tuple[int, int, int], output_format: OutputFormat, found: bytes) -> bytes:
    """Return the picture with the mask filled, encoded; `way` is grow, feather and seed. Runs in a child process."""
    from backend.providers.local.fill import work  # noqa: PLC0415 - the server never loads the arithmetic

    return work.fill(data, mask, way, output_format, found)


def extend(
    data: bytes, margins: tuple[int, int, int, int], seed: int, output_format: OutputFormat, found: bytes
) -> bytes:
    """Return the picture continued by left, right, up and down pixels, encoded; runs in a child process."""
    from backend.providers.local.fill import work  # noqa: PLC0415 - the server never loads the arithmetic

    return work.extend(data, margins, seed, output_format, found)


ROOM = Room(offers=(ERASE, INPAINT, OUTPAINT), make=_make)
