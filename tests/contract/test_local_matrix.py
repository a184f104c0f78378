"""Every operation of the local engine on every kind of picture: a right answer or a clear refusal, never a breakdown.

Operations are found in the engine's table: a new one fails here until it is said how it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest
from PIL import Image

from backend.errors import RequestRefused, StudioError
from backend.imaging.codec import decode, encode
from backend.imaging.guides import GuideKind
from backend.imaging.types import Size
from backend.jobs.work import Inputs
from backend.providers.base import Finished
from backend.providers.local import LocalProvider
from backend.schemas.specs import SPEC, Masked, OutpaintSpec, SocialSpec, UpscaleSpec
from backend.services.image_studio.edit_promise import EditPromise
from backend.services.image_studio.guide_service import draw
from tests.unit.imaging import pictures as made
from tests.unit.local import pictures, weights

if TYPE_CHECKING:
    from backend.imaging.workbench import Workbench
    from backend.providers.base import Offer, Produced
    from backend.schemas.specs import Spec

WITHOUT_PICTURES = frozenset({"create", "relayout"})
ASKED = {
    "remove_background": {},
    "erase": {"mask": "m"},
    "inpaint": {"mask": "m"},
    "outpaint": {"left": 9, "down": 5},
    "search_recolor": {"mask": "m", "prompt": "blue"},
    "relight": {"prompt": "studio", "light_direction": "left"},
    "general_edit": {"prompt": "a bit warmer and more contrast"},
    "select": {"points": [{"x": 0.5, "y": 0.5}], "box": [0.2, 0.2, 0.8, 0.8]},
    "upscale": {"mode": "fast"},
    "style": {"control_image": "a", "style_preset": None, "prompt": "mosaic"},
    "style_transfer": {"control_image": "a", "style_image": "a"},
    "compress": {"types": ["webp"]},
    "convert": {"output_format": "webp"},
    "social": {
        "exports": [
            {
                "platform": "x",
                "platform_name": "X",
                "format_id": "post",
                "format": "Post",
                "width": 64,
                "height": 52,
                "encodings": ["jpg"],
                "name": "x-post",
            }
        ]
    },
}
"""A plain request for each operation, besides its picture."""
WAYS = {"select": "what", "upscale": "mode", "social": "mode"}
"""The field that names the way of an operation, where there are several."""


TRIED_ALREADY = {("social", "extend")}
"""Ways that do what another operation does, which is tried: this one outpaints."""


def photo(width: int = 72, height: int = 60) -> Image.Image:
    """Return a ball on a cloudy ground: it has a subject, edges and grain."""
    return Image.fromarray(pictures.ball().pixels).resize((width, height), Image.Resampling.LANCZOS)


def see_through() -> Image.Image:
    picture = photo().convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    return picture


def deep() -> bytes:
    levels = np.asarray(photo().convert("L")).astype(np.uint16) * 257
    return made.file_of(Image.fromarray(levels), "PNG")


KINDS = {
    "rgb": lambda: made.file_of(photo(), "JPEG", quality=95),
    "rgba": lambda: made.file_of(see_through(), "PNG"),
    "grey": lambda: made.file_of(photo().convert("L"), "PNG"),
    "16-bit": deep,
    "cmyk": lambda: made.file_of(photo().convert("CMYK"), "JPEG", quality=95),
    "p3": lambda: made.file_of(photo(), "PNG", icc_profile=made.display_p3()),
    "turned": lambda: made.file_of(photo(), "JPEG", quality=95, exif=made.exif_with(6)),
    "1x1": lambda: made.file_of(Image.new("RGB", (1, 1), (200, 30, 60)), "PNG"),
}


def specs(offer: Offer, size: Size) -> list[Spec]:
    """Return what is asked of an offer, in each of the ways that it knows."""
    asked = {"operation": offer.operation, "image": "a", **ASKED[offer.operation]}
    if offer.operation == "upscale":
        asked |= {"width": 2 * size.width, "height": 2 * size.height}
    if "control_image" in asked:
        del asked["image"]
    tried = [way for way in offer.variants if (offer.operation, way) not in TRIED_ALREADY]
    ways = [{WAYS[offer.operation]: way} for way in tried] if tried else [{}]
    return [SPEC.validate_python(asked | way) for way in ways]


def mask_of(size: Size) -> bytes:
    """Return a mask of the middle, as a person would paint it."""
    mask = np.zeros((size.height, size.width), np.uint8)
    mask[size.height // 3 : size.height // 3 + 12, size.width // 3 : size.width // 3 + 12] = 255
    return encode(mask, "png")


def promised(spec: Spec, size: Size) -> Size:
    match spec:
        case OutpaintSpec():
            return Size(spec.left + size.width + spec.right, spec.up + size.height + spec.down)
        case UpscaleSpec():
            return Size(spec.width, spec.height)
        case SocialSpec():
            return Size(spec.exports[0].width, spec.exports[0].height)
        case _:
            return size


def broken(spec: Spec, before: np.ndarray, after: np.ndarray) -> str:
    """Return what is wrong with a result; empty if nothing is."""
    size = Size(before.shape[1], before.shape[0])
    got, wanted = Size(after.shape[1], after.shape[0]), promised(spec, size)
    if got != wanted:
        return f"measures {got}, not {wanted}"
    if isinstance(spec, Masked) and not np.array_equal(after[..., 3:], before[..., 3:]):
        return "has another alpha"
    if isinstance(spec, Masked) and spec.mask:
        outside = decode(mask_of(size)).pixels[..., 0] == 0
        if not np.array_equal(after[outside], before[outside]):
            return "changed beyond its mask"
    return ""


async def answered(workbench: Workbench, provider: LocalProvider, offer: Offer, spec: Spec, picture: bytes) -> Produced:
    """Return what a spec comes to, the whole way that a job takes."""
    size = decode(picture).size
    images = {field: mask_of(size) if field == "mask" else picture for field in spec.inputs()}
    inputs = Inputs(images=images, sizes=dict.fromkeys(images, size), origins={})
    promise = EditPromise(workbench)
    ready = await promise.ready(spec, inputs)
    outcome = await provider.start(offer, ready.spec, ready.images)
    assert isinstance(outcome, Finished)
    return await promise.settled(spec, ready, outcome.images[0], local=True)


@pytest.mark.parametrize("kind", KINDS)
async def test_every_local_operation_answers_rightly_or_refuses_clearly(workbench: Workbench, kind: str) -> None:
    provider = LocalProvider(workbench=workbench, models_dir=weights.real("u2netp").parent)
    seen = await workbench.inspect(KINDS[kind]())
    before, wrong = decode(seen.data).pixels, []
    for offer in provider.offers:
        if offer.operation in WITHOUT_PICTURES or provider.missing(offer):
            continue
        for spec in specs(offer, seen.size):
            name = f"{offer.operation} by {offer.model} ({getattr(spec, WAYS.get(offer.operation, ''), '')})"
            try:
                produced = await answered(workbench, provider, offer, spec, seen.data)
                trouble = broken(spec, before, decode(produced.data).pixels)
            except RequestRefused as refusal:
                trouble = "" if kind == "1x1" and len(str(refusal)) > 20 else f"refused: {refusal}"
            except (StudioError, RuntimeError) as crash:
                trouble = f"broke down: {str(crash)[-400:]}"
            wrong += [f"{name}: {trouble}"] if trouble else []
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
async def test_every_guide_is_drawn_of_every_kind_of_picture(workbench: Workbench, kind: str) -> None:
    seen = await workbench.inspect(KINDS[kind]())
    for guide in get_args(GuideKind):
        drawn = await workbench.run(draw, seen.data, guide, 0.7)
        assert (drawn.source, drawn.size) == (seen.size, seen.size)
        assert decode(drawn.png).size == seen.size
