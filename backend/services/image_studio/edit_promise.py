"""The promises of edits and upscales, kept whatever an engine answers: masks made ready before, results settled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backend.imaging import faithfulness, lightening, settling, shaping
from backend.imaging.masks import read_mask
from backend.imaging.settling import Margins
from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from backend.jobs.work import Ready
from backend.schemas.specs import (
    Control,
    CreateSpec,
    Masked,
    OutpaintSpec,
    RelightSpec,
    RemoveBackgroundSpec,
    UpscaleSpec,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.imaging.workbench import Workbench
    from backend.jobs.work import Inputs
    from backend.providers.base import Offer, Produced
    from backend.schemas.specs import Spec

OWN_MASK = "mask.png"
"""The file in which an engine says what it changed where nobody had sent a mask: black is what it left alone."""


LARGE = 25_000_000
"""From so many pixels on a picture is worked on where there is more memory."""


class EditPromise:
    """Does what it takes in child processes; every operation that is no edit passes through untouched."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    async def ready(self, spec: Spec, inputs: Inputs) -> Ready:
        """Return what an engine is given: the mask as plain grey, grown already; and the wish for a PNG.

        Raises:
            InvalidRequest: the mask is black, in colours, or of another size.
        """
        match spec:
            case Masked(mask=str()):
                size = inputs.sizes["image"]
                mask = await self._workbench.run(read_mask, inputs.images["mask"], size, spec.grow)
                return Ready(
                    spec=spec.model_copy(update={"grow": 0, "output_format": "png"}),
                    images={**inputs.images, "mask": mask.data},
                    facts={"mask_fraction": mask.share},
                )
            case Masked() | OutpaintSpec():
                return Ready(spec=spec.model_copy(update={"output_format": "png"}), images=inputs.images)
            case _:
                return Ready(spec=spec, images=inputs.images)

    async def fitted(self, offer: Offer, images: Mapping[str, bytes]) -> Mapping[str, bytes]:
        """Return the pictures as an engine takes them: stills, in types and within sizes that it knows.

        What it works on has been chosen to fit; what it only takes something from, such as a style, is made smaller.

        Raises:
            ProviderRefused: one of them can't be made light enough.
        """
        if offer.local or (offer.max_input_bytes is None and offer.max_input_pixels is None):
            return images
        mask = len(images.get("mask", b""))
        whole = sum(map(len, images.values()))
        most = offer.max_input_bytes
        each = None if most is None or whole <= most else (most - mask) // max(1, len(images) - bool(mask))
        found = dict(images)
        for field, image in images.items():
            if field != "mask" and not lightening.fits(image, offer.max_input_pixels, each):
                found[field] = await self._workbench.run(lightening.lightened, image, offer.max_input_pixels, each)
        return found

    async def settled(self, spec: Spec, ready: Ready, produced: Produced, *, local: bool) -> Produced:
        """Return an engine's picture with all that was not to change as it was before, in the format asked for.

        Raises:
            InvalidImage: the picture is broken.
            ProviderMisbehaved: it has another shape than the one it was made from, or an enlarged one other colours.
        """
        if isinstance(spec, CreateSpec) and not local:
            return await self._shaped(spec, produced)
        if isinstance(spec, UpscaleSpec):
            return await self._enlarged(spec, ready, produced, local=local)
        if isinstance(spec, Control | RelightSpec | RemoveBackgroundSpec) and not local:
            return await self._sized(spec, ready, produced)
        if not isinstance(spec, Masked | OutpaintSpec):
            return produced
        after = produced.data if local else (await self._workbench.inspect(produced.data)).data
        data = await self._written(spec, ready, after, produced.files.get(OWN_MASK), local=local)
        return replace(produced, data=data, facts={**produced.facts, **ready.facts})

    async def _shaped(self, spec: CreateSpec, produced: Produced) -> Produced:
        """Return a picture of an engine that knows but a few sizes, in exactly the one that was asked for."""
        own = await self._workbench.inspect(produced.data)
        size = Size(spec.width, spec.height)
        if own.size == size:
            return produced
        data = await self._workbench.run(shaping.shaped, own.data, size)
        return replace(produced, data=data, facts={**produced.facts, "made_at": str(own.size)})

    async def _sized(
        self, spec: Control | RelightSpec | RemoveBackgroundSpec, ready: Ready, produced: Produced
    ) -> Produced:
        """Return another engine's picture in the size of the one that it follows, or as asked for, and in its format.

        One that follows another may be cut to its shape; an edit must have kept it.
        """
        own = await self._workbench.inspect(produced.data)
        size = _size_of(spec, ready.images[spec.READS[0]])
        if own.size == size and spec.output_format == "png" and own.mime == "image/png":
            return produced
        how = shaping.brought if isinstance(spec, Control) else settling.resized
        data = await self._workbench.run(how, own.data, size, spec.output_format)
        told = {} if own.size == size else {"made_at": str(own.size)}
        return replace(produced, data=data, facts={**produced.facts, **told})

    async def _enlarged(self, spec: UpscaleSpec, ready: Ready, produced: Produced, *, local: bool) -> Produced:
        """Return an enlarged picture in the promised size, a large one looked at in the child that may hold more."""
        before, size = ready.images["image"], Size(spec.width, spec.height)
        after = produced.data if local else (await self._workbench.inspect_made(produced.data)).data
        run = self._workbench.run_model if size.pixels > LARGE else self._workbench.run
        data = await run(faithfulness.checked, before, after, size, spec.output_format, local)
        return replace(produced, data=data)

    async def _written(
        self, spec: Masked | OutpaintSpec, ready: Ready, after: bytes, own_mask: bytes | None, *, local: bool
    ) -> bytes:
        run, before, encoding = self._workbench.run, ready.images["image"], spec.output_format
        if isinstance(spec, OutpaintSpec):
            margins = Margins(left=spec.left, right=spec.right, up=spec.up, down=spec.down)
            return await run(settling.extended, before, after, margins, encoding)
        if spec.mask is not None:
            return await run(settling.settled, before, after, ready.images["mask"], spec.feather, encoding)
        if own_mask is not None:
            return await run(settling.confined, before, after, own_mask, encoding)
        if local and encoding == "png":
            return after
        return await run(settling.kept, before, after, encoding)


def _size_of(spec: Control | RelightSpec | RemoveBackgroundSpec, first: bytes) -> Size:
    """Return the size that was promised: the one that was asked for, or else the first input's."""
    if isinstance(spec, Control) and spec.width and spec.height:
        return Size(spec.width, spec.height)
    return sniff(first).size
