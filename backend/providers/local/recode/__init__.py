"""The room that writes pictures anew: in fewer bytes, or as another type of file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from backend.errors import RequestRefused
from backend.imaging.sniff import measure
from backend.providers.base import Offer, Produced
from backend.providers.local.rooms import Room
from backend.schemas.specs import CompressSpec, ConvertSpec

if TYPE_CHECKING:
    from backend.providers.local.recode.recoding import Recoded
    from backend.providers.local.rooms import Means, Work

COMPRESS = Offer(
    provider="local",
    model="recode",
    operation="compress",
    label="Encoders",
    price_key="local.recode",
    source="docs/how-to/compress.md (read 2026-11-23)",
    min_side=1,
    max_side=16_384,
    max_pixels=100_000_000,
    local=True,
    formats=("png", "jpg", "webp", "avif", "gif"),
    seconds=1.5,
)
CONVERT = replace(COMPRESS, operation="convert")
_AT_LEAST_S, _PER_MEGAPIXEL_S = 60.0, 12.0
"""The most seconds that a file may take, on a machine that has much else to do."""
_LARGE: Final = 25_000_000
"""From so many pixels on the child is used that may take more memory."""


async def _make(means: Means, work: Work) -> Produced:
    spec = work.spec
    assert isinstance(spec, CompressSpec | ConvertSpec), "the offers are for these operations alone"
    if "image" not in work.images:
        raise RequestRefused(detail="Writing a picture anew needs the picture, as `image`.")
    data = work.images["image"]
    seen = measure(data)
    pixels = seen.size.pixels * seen.frames
    run = means.workbench.run_model if pixels > _LARGE else means.workbench.run
    patience = _AT_LEAST_S + _PER_MEGAPIXEL_S * pixels / 1e6
    done = await run(recode, data, spec, timeout_s=patience, tell=work.tell)
    return Produced(data=done.seen.data, facts=done.facts, seen=done.seen, is_input=done.is_input)


def recode(data: bytes, spec: CompressSpec | ConvertSpec) -> Recoded:
    """Return the new file; runs in a child process."""
    from backend.providers.local.recode import recoding  # noqa: PLC0415 - the server never loads the encoders

    return recoding.compress(data, spec) if isinstance(spec, CompressSpec) else recoding.convert(data, spec)


ROOM = Room(offers=(COMPRESS, CONVERT), make=_make)
