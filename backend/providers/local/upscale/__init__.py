"""The room that enlarges: networks where their weights are installed, Lanczos everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import RequestRefused
from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from backend.providers.base import Offer, Produced
from backend.providers.local import models
from backend.providers.local.rooms import Room
from backend.schemas.specs import UpscaleSpec

if TYPE_CHECKING:
    from pathlib import Path

    from backend.providers.local.rooms import Means, Work
    from backend.schemas.specs import OutputFormat

_SOURCE = "docs/explanation/upscaling.md (read 2026-11-22)"
_FORMATS = ("png", "jpg", "webp")
_MOST = 100_000_000
_LONGEST = 16_383

SPAN = Offer(
    provider="local",
    model="span-x4",
    operation="upscale",
    label="SPAN",
    price_key="local.upscale",
    source=_SOURCE,
    qualities=("standard", "premium", "draft"),
    min_side=1,
    max_side=_LONGEST,
    max_pixels=_MOST,
    max_input_pixels=16_777_216,
    variants=("fast", "conservative"),
    local=True,
    formats=_FORMATS,
    seconds=6.0,
)
LANCZOS = Offer(
    provider="local",
    model="lanczos",
    operation="upscale",
    label="Lanczos",
    price_key="local.upscale",
    source=_SOURCE,
    qualities=("draft",),
    min_side=1,
    max_side=_LONGEST,
    max_pixels=_MOST,
    variants=("fast", "conservative"),
    local=True,
    formats=_FORMATS,
    seconds=1.0,
)
REAL_ESRGAN = Offer(
    provider="local",
    model="real-esrgan-x4plus",
    operation="upscale",
    label="Real-ESRGAN x4plus",
    price_key="local.upscale",
    source=_SOURCE,
    min_side=1,
    max_side=_LONGEST,
    max_pixels=_MOST,
    max_input_pixels=400_000,
    variants=("creative",),
    generative=True,
    local=True,
    formats=_FORMATS,
    seconds=180.0,
)
_PER_MEGAPIXEL_S = {SPAN.model: 60.0, LANCZOS.model: 5.0, REAL_ESRGAN.model: 2400.0}
"""The most seconds that a megapixel may take which a network reads, on a machine that has much else to do."""
PIECES = {SPAN.model: 288, REAL_ESRGAN.model: 192}
"""The longest side of what a network sees at a time, in pixels: as much as its child's memory can hold."""
_SEEN = 16
"""The shortest side, in pixels, that a network which invents detail can make anything of but its own colours."""
_AT_LEAST_S = 60.0
_LARGE = 25_000_000
"""From so many pixels on the child is used that may take more memory."""


async def _make(means: Means, work: Work) -> Produced:
    spec, name = work.spec, work.offer.model
    assert isinstance(spec, UpscaleSpec), "the offers are for this operation alone"
    if "image" not in work.images:
        raise RequestRefused(detail="Enlarging needs the picture, as `image`.")
    if work.offer.generative and min(_sides(work)) < _SEEN:
        detail = f"A picture of less than {_SEEN} pixels a side shows too little to add detail to; use `fast`."
        raise RequestRefused(detail=detail)
    known = name in models.WEIGHTS
    weights = models.path_of(name, means.models_dir) if known else None
    size = Size(spec.width, spec.height)
    run = means.workbench.run_model if size.pixels > _LARGE else means.workbench.run
    data = await run(
        enlarge,
        work.images["image"],
        size,
        weights,
        PIECES.get(name, 0),
        spec.output_format,
        timeout_s=_patience(work, size),
        tell=work.tell,
    )
    facts = {"weights_sha256": models.WEIGHTS[name].sha256} if known else {}
    return Produced(data=data, facts={"model": name, **facts})


def _sides(work: Work) -> tuple[int, int]:
    size = sniff(work.images["image"]).size
    return size.width, size.height


def _patience(work: Work, size: Size) -> float:
    """Return how long the work may take, in seconds: passes cost what they read, and a last one reads a sixteenth."""
    read = max(sniff(work.images["image"]).size.pixels, size.pixels / 16)
    return _AT_LEAST_S + _PER_MEGAPIXEL_S[work.offer.model] * read / 1e6


def enlarge(data: bytes, size: Size, weights: Path | None, longest: int, output_format: OutputFormat) -> bytes:
    """Return the picture in a larger size, encoded; runs in a child process."""
    from backend.providers.local.upscale import enlarging  # noqa: PLC0415 - the server never loads the model's runtime

    return enlarging.enlarge(data, size, weights, longest, output_format)


ROOM = Room(offers=(SPAN, LANCZOS, REAL_ESRGAN), make=_make)
