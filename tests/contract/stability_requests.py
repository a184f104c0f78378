"""What is asked of Stability AI's engine in tests, offer by offer, and what must reach the vendor for it."""

from __future__ import annotations

import email
from email.policy import HTTP
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from backend.imaging import codec
from backend.providers.stability import Stability
from backend.schemas.specs import SPEC
from tests.fakes.provider_server.stability_contract import Sent

if TYPE_CHECKING:
    from backend.providers.base import Offer
    from backend.schemas.specs import Spec
    from tests.fakes.provider_server.recorder import Recorded

STABLE = "/v2beta/stable-image"
WORDS = {"prompt": "a red fox in snow"}
PICTURE, SMALL = {"image": "a"}, (320, 240)
BY_OPERATION = {
    "create": {"original_prompt": "fox", "width": 1080, "height": 1350, "seeds": (7,), **WORDS},
    "erase": {**PICTURE, "mask": "m", "feather": 4, "seed": 7},
    "inpaint": {**PICTURE, "mask": "m", "feather": 16, "seed": 7, "negative_prompt": "snow", **WORDS},
    "outpaint": {**PICTURE, "left": 64, "down": 32, "seed": 7, "style_preset": "Photographic", **WORDS},
    "search_replace": {**PICTURE, "search_prompt": "dog", "seed": 7, **WORDS},
    "search_recolor": {**PICTURE, "select_prompt": "coat", "seed": 7, **WORDS},
    "remove_background": PICTURE,
    "relight": {**PICTURE, "lighting_image": "c", "light_strength": 0.4, "seed": 7, **WORDS},
    "upscale": {**PICTURE, "mode": "fast", "width": 640, "height": 480, "seed": 7, **WORDS},
    "sketch": {"control_image": "a", "strength": 0.6, "seed": 7, **WORDS},
    "structure": {"control_image": "a", "strength": 0.6, "seed": 7, "style_preset": "neon punk", **WORDS},
    "style": {"control_image": "a", "fidelity": 0.3, "width": 1280, "height": 720, "seed": 7, **WORDS},
    "style_transfer": {"control_image": "a", "style_image": "b", "change_strength": 0.4, "seed": 7},
}
_MAKER = {"prompt": WORDS["prompt"], "aspect_ratio": "4:5", "seed": "7", "output_format": "png"}
_AGAIN = {
    "prompt": WORDS["prompt"],
    "strength": "0.4",
    "seed": "7",
    "style_preset": "neon-punk",
    "output_format": "png",
}
_END = {"seed": "7", "output_format": "png"}
_SAID = {"prompt": WORDS["prompt"], **_END}
EXPECTED: dict[tuple[str, str], tuple[str, dict[str, str], set[str]]] = {
    ("stable-image-ultra", "create"): ("generate/ultra", _MAKER, set()),
    ("stable-image-core", "create"): ("generate/core", _MAKER, set()),
    **{
        (model, "create"): ("generate/sd3", {**_MAKER, "model": model, "mode": "text-to-image"}, set())
        for model in ("sd3.5-large", "sd3.5-large-turbo", "sd3.5-medium")
    },
    ("erase", "erase"): ("edit/erase", {"grow_mask": "4", **_END}, {"image", "mask"}),
    ("inpaint", "inpaint"): (
        "edit/inpaint",
        {"negative_prompt": "snow", "grow_mask": "16", **_SAID},
        {"image", "mask"},
    ),
    ("inpaint", "search_replace"): ("edit/inpaint", {"grow_mask": "0", **_SAID}, {"image", "mask"}),
    ("outpaint", "outpaint"): (
        "edit/outpaint",
        {"left": "64", "right": "0", "up": "0", "down": "32", "style_preset": "photographic", **_SAID},
        {"image"},
    ),
    ("search-and-replace", "search_replace"): ("edit/search-and-replace", {"search_prompt": "dog", **_SAID}, {"image"}),
    ("search-and-recolor", "search_recolor"): (
        "edit/search-and-recolor",
        {"select_prompt": "coat", **_SAID},
        {"image"},
    ),
    ("remove-background", "remove_background"): ("edit/remove-background", {"output_format": "png"}, {"image"}),
    ("replace-background-and-relight", "relight"): (
        "edit/replace-background-and-relight",
        {
            "background_prompt": WORDS["prompt"],
            "keep_original_background": "false",
            "light_source_strength": "0.4",
            **_END,
        },
        {"subject_image", "light_reference"},
    ),
    ("upscale-fast", "upscale"): ("upscale/fast", {"output_format": "png"}, {"image"}),
    ("upscale-conservative", "upscale"): ("upscale/conservative", _SAID, {"image"}),
    ("upscale-creative", "upscale"): ("upscale/creative", _SAID, {"image"}),
    ("sketch", "sketch"): ("control/sketch", {"control_strength": "0.6", **_SAID}, {"image"}),
    ("structure", "structure"): (
        "control/structure",
        {"control_strength": "0.6", "style_preset": "neon-punk", **_SAID},
        {"image"},
    ),
    ("style", "style"): ("control/style", {"fidelity": "0.3", "aspect_ratio": "16:9", **_SAID}, {"image"}),
    ("style-transfer", "style_transfer"): (
        "control/style-transfer",
        {"style_strength": "1.0", "composition_fidelity": "0.9", "change_strength": "0.4", **_END},
        {"init_image", "style_image"},
    ),
    ("stable-image-ultra", "structure"): ("generate/ultra", {**_AGAIN, "aspect_ratio": "5:4"}, {"image"}),
    **{
        (model, "structure"): ("generate/sd3", {**_AGAIN, "model": model, "mode": "image-to-image"}, {"image"})
        for model in ("sd3.5-large", "sd3.5-large-turbo", "sd3.5-medium")
    },
}
"""By model and operation: the address, the texts and the files that are sent."""


def offer_of(model: str, operation: str) -> Offer:
    """Return a row of the table."""
    return next(o for o in Stability.offers if (o.model, o.operation) == (model, operation))


def spec_of(offer: Offer, **changes: object) -> Spec:
    """Return what is asked for of an offer."""
    fields = {**BY_OPERATION[offer.operation], **({"mode": offer.variants[0]} if offer.variants else {}), **changes}
    if (offer.model, offer.operation) == ("inpaint", "search_replace"):
        fields |= {"mask": "m", "search_prompt": None}
    return SPEC.validate_python({"operation": offer.operation, **fields})


@cache
def scene(width: int = SMALL[0], height: int = SMALL[1], kind: codec.Encoding = "png") -> bytes:
    """Return a picture with soft colours."""
    across = np.linspace(40, 220, width, dtype=np.uint8)[None].repeat(height, 0)
    down = np.linspace(200, 60, height, dtype=np.uint8)[:, None].repeat(width, 1)
    return codec.encode(np.dstack([across, down, np.full_like(across, 120)]), kind)


@cache
def mask(width: int = SMALL[0], height: int = SMALL[1]) -> bytes:
    """Return a mask whose middle changes."""
    grey = np.zeros((height, width), np.uint8)
    grey[height // 4 : height // 2, width // 4 : width // 2] = 255
    return codec.encode(grey, "png")


def images_of(spec: Spec) -> dict[str, bytes]:
    """Return the pictures that a spec reads."""
    return {field: mask() if field == "mask" else scene() for field in spec.inputs()}


def sent_in(request: Recorded) -> Sent:
    """Return the parts of a form as they went over the line."""
    head = f"content-type: {request.headers['content-type']}\r\n\r\n".encode()
    fields: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for part in email.message_from_bytes(head + request.body, policy=HTTP).iter_parts():
        name, data = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        if part.get_filename() is None:
            fields[str(name)] = data.decode()
        else:
            files[str(name)] = data
    return Sent(fields=fields, files=files)
