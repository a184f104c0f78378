"""The local engine as a provider: two offers, both done at once in the studio's own child processes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, assert_never

from backend.errors import ProviderMisbehaved, ProviderUnavailable, RequestRefused
from backend.imaging.types import Size
from backend.providers.base import Finished, Offer, Produced
from backend.providers.local import models
from backend.schemas.specs import CreateSpec, RemoveBackgroundSpec

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from backend.imaging.workbench import Workbench
    from backend.providers.base import Pending
    from backend.schemas.specs import OutputFormat, Spec

_SOURCE = "docs/explanation/local-engine.md (read 2026-11-22)"

COMPOSE = Offer(
    provider="local",
    model="compose",
    operation="create",
    label="Designed graphics",
    price_key="local.compose",
    source=_SOURCE,
    seed=True,
    local=True,
    formats=("png",),
    seconds=1.5,
)
CUT_OUT = Offer(
    provider="local",
    model="u2netp",
    operation="remove_background",
    label="U2Net-p",
    price_key="local.cutout",
    source=_SOURCE,
    local=True,
    formats=("png", "webp"),
    seconds=1.5,
)


class LocalProvider:
    """Pictures drawn or cut out on this machine; `models_dir` is the folder of the weights."""

    name = "local"
    label = "Local engine"
    offers = (COMPOSE, CUT_OUT)

    def __init__(self, *, workbench: Workbench, models_dir: Path) -> None:
        self._workbench = workbench
        self._models_dir = models_dir

    def missing(self, offer: Offer) -> str | None:
        """Return that the offer's weights are not installed and what installs them; None if it can work."""
        if offer.model not in models.WEIGHTS or models.is_installed(offer.model, self._models_dir):
            return None
        label = models.WEIGHTS[offer.model].label
        return f"Weights of {label} are not installed. Run `image-studio models pull`."

    async def start(self, offer: Offer, spec: Spec, images: Mapping[str, bytes]) -> Finished | Pending:
        """Return the finished picture.

        Raises:
            ProviderUnavailable: the offer's weights are not installed.
            RequestRefused: the picture has no clear subject to keep.
            MachineTrouble: the weights are damaged, or the work took more than it may.
        """
        if reason := self.missing(offer):
            raise ProviderUnavailable(provider=self.name, model=offer.model, detail=reason)
        match spec:
            case CreateSpec():
                produced = await self._draw(spec)
            case RemoveBackgroundSpec():
                produced = await self._cut_out(offer, spec, images)
            case _:
                assert_never(spec)
        return Finished(images=(produced,))

    async def resume(self, ticket: str) -> Finished | Pending:
        """Refuse: this engine finishes within `start` and gives no tickets."""
        raise ProviderMisbehaved(
            provider=self.name, detail=f"The local engine gives no tickets, so it knows nothing of {ticket!r}."
        )

    async def cancel(self, ticket: str) -> None:
        """Do nothing: nothing is ever pending here, whatever the ticket."""

    async def _draw(self, spec: CreateSpec) -> Produced:
        size = Size(spec.width, spec.height)
        return await self._workbench.run(
            draw, spec.original_prompt, size, spec.seeds[0], spec.palette, spec.style_preset
        )

    async def _cut_out(self, offer: Offer, spec: RemoveBackgroundSpec, images: Mapping[str, bytes]) -> Produced:
        if "image" not in images:
            raise RequestRefused(detail="Taking a background away needs the picture it is in, as `image`.")
        weights = models.path_of(offer.model, self._models_dir)
        data = await self._workbench.run_model(cut_out, images["image"], weights, spec.output_format)
        return Produced(data=data, facts={"model": offer.model, "weights_sha256": models.WEIGHTS[offer.model].sha256})


def draw(prompt: str, size: Size, seed: int, palette: tuple[str, ...], style: str | None) -> Produced:
    """Return the drawing of a prompt, with its vector form and layers as files; runs in a child process."""
    from backend.providers.local.compose import Brief, compose  # noqa: PLC0415 - the server never loads fonts and renderer

    brief = Brief(prompt=prompt, width=size.width, height=size.height, seed=seed, palette=palette, style=style)
    composition = compose(brief)
    files = {
        "composition.svg": composition.svg.encode(),
        "composition.json": json.dumps(composition.layers, ensure_ascii=False).encode(),
    }
    return Produced(data=composition.png, seed=seed, facts=composition.facts, files=files)


def cut_out(data: bytes, weights: Path, output_format: OutputFormat) -> bytes:
    """Return the picture's subject on transparency, encoded; runs in the child process that keeps the model loaded."""
    from backend.providers.local import cutout  # noqa: PLC0415 - the server never loads the model's runtime

    return cutout.cut_out(data, weights, output_format)
