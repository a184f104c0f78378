"""The room that paints over: a picture in one of 26 named styles, or in the style of another picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import RequestRefused
from backend.providers.base import Offer, Produced
from backend.providers.local import models
from backend.providers.local.rooms import Room
from backend.providers.local.style.vocabulary import chosen, vocabulary
from backend.schemas.specs import StyleSpec, StyleTransferSpec

if TYPE_CHECKING:
    from pathlib import Path

    from backend.providers.local.rooms import Means, Work
    from backend.schemas.specs import Spec

SOURCE = "docs/explanation/control.md (read 2026-11-22)"
FORMATS = ("png", "webp", "jpg")
LARGEST = 16_777_216
NETWORKS = ("style-predict", "style-transform")


def _check(spec: Spec) -> None:
    if isinstance(spec, StyleSpec):
        chosen(spec.prompt, spec.style_preset)


STYLES = Offer(
    provider="local",
    model="styles-26",
    operation="style",
    label="26 painted styles",
    price_key="local.style",
    source=SOURCE,
    min_side=1,
    max_side=16_384,
    max_input_pixels=LARGEST,
    words="vocabulary",
    styles=tuple((name, style.looks) for name, style in vocabulary().styles.items()),
    local=True,
    formats=FORMATS,
    seconds=2.0,
    check=_check,
)
TRANSFER = Offer(
    provider="local",
    model="style-of-picture",
    operation="style_transfer",
    label="Style of another picture",
    price_key="local.style-transfer",
    source=SOURCE,
    min_side=1,
    max_side=16_384,
    max_input_pixels=LARGEST,
    local=True,
    formats=FORMATS,
    seconds=2.0,
)


async def _make(means: Means, work: Work) -> Produced:
    spec = work.spec
    assert isinstance(spec, StyleSpec | StyleTransferSpec), "the offers are for these operations alone"
    if missing := [field for field in spec.READS if field not in work.images]:
        raise RequestRefused(detail=f"Painting a picture over needs {' and '.join(missing)}.")
    return await (_styled(means, work, spec) if isinstance(spec, StyleSpec) else _transferred(means, work, spec))


async def _styled(means: Means, work: Work, spec: StyleSpec) -> Produced:
    choice = chosen(spec.prompt, spec.style_preset)
    weights = models.path_of(work.offer.model, means.models_dir)
    data = await means.workbench.run_model(paint, work.images["control_image"], weights, spec, choice.mixture)
    return Produced(
        data=data,
        facts={"model": work.offer.model, "styles": list(choice.names), "ignored": list(choice.ignored)},
    )


async def _transferred(means: Means, work: Work, spec: StyleTransferSpec) -> Produced:
    networks = tuple(models.path_of(name, means.models_dir) for name in NETWORKS)
    pictures = work.images["control_image"], work.images["style_image"]
    data = await means.workbench.run_model(transfer, pictures, networks, spec)
    return Produced(data=data, facts={"model": work.offer.model})


def paint(data: bytes, weights: Path, spec: StyleSpec, mixture: tuple[float, ...]) -> bytes:
    """Return the picture in a mixture of styles, encoded; runs in the child process that keeps the model loaded."""
    from backend.providers.local.style import painting  # noqa: PLC0415 - the server never loads the model's runtime

    return painting.painted(data, weights, spec, mixture)


def transfer(pictures: tuple[bytes, bytes], networks: tuple[Path, ...], spec: StyleTransferSpec) -> bytes:
    """Return the first picture in the style of the second, encoded; runs as `paint` does."""
    from backend.providers.local.style import transferring  # noqa: PLC0415 - the server never loads the model's runtime

    return transferring.transferred(pictures, networks, spec)


ROOM = Room(offers=(STYLES, TRANSFER), make=_make, needs={TRANSFER.model: NETWORKS})
