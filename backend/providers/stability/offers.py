"""What Stability AI offers: its limits as its reference states them, for each address that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backend.errors import FieldError, InvalidRequest
from backend.providers.base import Offer
from backend.schemas.specs import (
    InpaintSpec,
    RelightSpec,
    SearchRecolorSpec,
    SearchReplaceSpec,
    StyleTransferSpec,
    UpscaleSpec,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.schemas.specs import Quality, Spec

SOURCE: Final = "https://platform.stability.ai/docs/api-reference (read 2026-11-22, as its OpenAPI document)"
RATIOS: Final = ("21:9", "16:9", "3:2", "5:4", "1:1", "4:5", "2:3", "9:16", "9:21")
ONE_MEGAPIXEL: Final = (
    *((1536, 640), (1344, 768), (1216, 832), (1088, 896), (1024, 1024)),
    *((896, 1088), (832, 1216), (768, 1344), (640, 1536)),
)
"""The sizes of a megapixel by ratio. The reference names the area alone; these are what the models are known to make,
which could not be verified. Whatever comes is brought to the size that was asked for."""
CORE: Final = (
    *((1856, 832), (1664, 960), (1536, 1024), (1344, 1088), (1216, 1216)),
    *((1088, 1344), (1024, 1536), (960, 1664), (832, 1856)),
)
"""The same for 1.5 megapixels: inferred, like the others."""
STYLES: Final[Mapping[str, str]] = {
    "enhance": "clearer and livelier",
    "anime": "Japanese animation",
    "photographic": "a photograph",
    "digital-art": "painted digitally",
    "comic-book": "a page of a comic",
    "fantasy-art": "fantasy painting",
    "line-art": "lines on plain ground",
    "analog-film": "film with grain",
    "neon-punk": "neon light at night",
    "isometric": "seen from above at an angle, without perspective",
    "low-poly": "few flat faces",
    "origami": "folded paper",
    "modeling-compound": "modelled in clay",
    "cinematic": "a still of a film",
    "3d-model": "rendered in three dimensions",
    "pixel-art": "coarse pixels",
    "tile-texture": "a pattern that repeats",
}
MEGAPIXEL: Final = 1_048_576
MOST_PIXELS: Final = 9_437_184
_ROOM: Final = 131_072
"""Bytes of a request that are left for its words and its frame."""
_BODY: Final = 10 * 1_048_576 - _ROOM
LEAST_CHANGE: Final = 0.1


def _refused(pointer: str, detail: str) -> InvalidRequest:
    return InvalidRequest(detail=detail, errors=(FieldError(pointer=pointer, detail=detail),))


def _needs_words(spec: Spec) -> None:
    if isinstance(spec, InpaintSpec | UpscaleSpec) and not spec.prompt:
        raise _refused("/prompt", "Stability AI needs words here: say what is to be seen, as `prompt`.")


def _needs_a_name(spec: Spec) -> None:
    if isinstance(spec, SearchReplaceSpec) and not spec.search_prompt:
        raise _refused("/search_prompt", "Stability AI finds what to replace by its name: say it as `search_prompt`.")
    if isinstance(spec, SearchRecolorSpec) and not spec.select_prompt:
        raise _refused("/select_prompt", "Stability AI finds what to recolour by its name: say it as `select_prompt`.")


def _needs_a_mask(spec: Spec) -> None:
    if isinstance(spec, SearchReplaceSpec) and spec.mask is None:
        raise _refused("/mask_base64", "Stability AI's inpainting replaces what is under a mask: send one.")


def _needs_a_background_in_words(spec: Spec) -> None:
    """Let pass what is said in words: of a background's picture the vendor takes the style alone, and that isn't it."""
    if isinstance(spec, RelightSpec) and spec.background_image is not None:
        raise _refused("/background_image_base64", "Stability AI paints a background from words: say it as `prompt`.")
    if isinstance(spec, RelightSpec) and not spec.prompt:
        raise _refused("/prompt", "Stability AI relights before a background: say which as `prompt`.")


def _changes_something(spec: Spec) -> None:
    if isinstance(spec, StyleTransferSpec) and spec.change_strength < LEAST_CHANGE:
        raise _refused("/change_strength", f"Stability AI takes a change_strength of {LEAST_CHANGE} or more.")


def _offer(model: str, operation: str, label: str, **more: object) -> Offer:
    common: dict[str, object] = {
        "provider": "stability",
        "price_key": f"stability.{model.removeprefix('stable-image-')}",
        "source": SOURCE,
        "seed": True,
        "words": "free",
        "formats": ("png", "jpg", "webp"),
    }
    return Offer(model=model, operation=operation, label=label, **{**common, **more})  # pyright: ignore[reportArgumentType] - rows of a table, each a subset of Offer's fields


_PAINTS: Final = {"negative_prompt": True, "generative": True, "styles": tuple(STYLES.items())}
_READS: Final = {"max_input_pixels": MOST_PIXELS, "min_input_side": 64, "max_input_bytes": _BODY}
_SHAPED: Final = {**_READS, "max_input_ratio": 2.5}
_DUMB: Final = {"words": "none", "seed": False}
_MAKERS: Final[tuple[tuple[str, str, tuple[Quality, ...], float], ...]] = (
    ("stable-image-ultra", "Stable Image Ultra", ("premium",), 15.0),
    ("stable-image-core", "Stable Image Core", ("standard", "draft"), 6.0),
    ("sd3.5-large", "Stable Diffusion 3.5 Large", ("premium", "standard"), 10.0),
    ("sd3.5-large-turbo", "Stable Diffusion 3.5 Large Turbo", ("draft", "standard"), 5.0),
    ("sd3.5-medium", "Stable Diffusion 3.5 Medium", ("standard", "draft"), 7.0),
)
"""Model, its name, what it is good for, and seconds. The vendor's price list has Stable Diffusion 3.5 Flash, too; the
models that its API takes don't name it, so it isn't offered."""

_CREATE: Final = tuple(
    _offer(
        model,
        "create",
        label,
        qualities=qualities,
        sizes=CORE if model == "stable-image-core" else ONE_MEGAPIXEL,
        guidance=model.startswith("sd3"),
        seconds=seconds,
        **{**_PAINTS, "formats": ("png",)},
    )
    for model, label, qualities, seconds in _MAKERS
)
_AGAIN: Final = tuple(
    _offer(model, "structure", f"{label}, from a picture", qualities=(), seconds=seconds, **{**_PAINTS, **_READS})
    for model, label, _, seconds in _MAKERS
    if model != "stable-image-core"
)
"""Painting a picture over: it keeps the build more loosely than the model that is made for that, so it comes after."""
_EDITS: Final = (
    _offer("erase", "erase", "Erase", **{**_READS, "words": "none"}),
    _offer("inpaint", "inpaint", "Inpaint", check=_needs_words, **{**_PAINTS, **_READS}),
    _offer("inpaint", "search_replace", "Inpaint", check=_needs_a_mask, **{**_PAINTS, **_READS}),
    _offer("outpaint", "outpaint", "Outpaint", **{**_PAINTS, **_SHAPED, "negative_prompt": False}),
    _offer("search-and-replace", "search_replace", "Search and Replace", check=_needs_a_name, **{**_PAINTS, **_SHAPED}),
    _offer("search-and-recolor", "search_recolor", "Search and Recolor", check=_needs_a_name, **{**_PAINTS, **_SHAPED}),
    _offer(
        "remove-background",
        "remove_background",
        "Remove Background",
        **{**_READS, **_DUMB, "max_input_pixels": 4_194_304, "formats": ("png", "webp")},
    ),
    _offer(
        "replace-background-and-relight",
        "relight",
        "Replace Background and Relight",
        check=_needs_a_background_in_words,
        seconds=40.0,
        **{**_PAINTS, **_SHAPED, "styles": ()},
    ),
)
_UPSCALES: Final = (
    _offer(
        "upscale-fast",
        "upscale",
        "Fast Upscaler",
        variants=("fast",),
        seconds=3.0,
        max_input_pixels=MEGAPIXEL,
        max_input_side=1536,
        min_input_side=32,
        max_input_bytes=_BODY,
        max_factor=4.0,
        max_side=6144,
        **_DUMB,
    ),
    _offer(
        "upscale-conservative",
        "upscale",
        "Conservative Upscaler",
        variants=("conservative",),
        seconds=20.0,
        check=_needs_words,
        max_pixels=4 * MEGAPIXEL,
        **_SHAPED,
    ),
    _offer(
        "upscale-creative",
        "upscale",
        "Creative Upscaler",
        variants=("creative",),
        seconds=60.0,
        check=_needs_words,
        max_pixels=3840 * 2160,
        **{**_READS, "max_input_pixels": MEGAPIXEL},
    ),
)
"""Of the last the reference says "4K" without any pixels: taken for 3840x2160, the least that is called so."""
_CONTROLS: Final = (
    _offer("sketch", "sketch", "Sketch", **{**_PAINTS, **_SHAPED}),
    _offer("structure", "structure", "Structure", **{**_PAINTS, **_SHAPED}),
    _offer("style", "style", "Style Guide", **{**_PAINTS, **_SHAPED}),
    _offer(
        "style-transfer",
        "style_transfer",
        "Style Transfer",
        check=_changes_something,
        **{**_PAINTS, **_SHAPED, "styles": ()},
    ),
)
OFFERS: Final = (*_CREATE, *_EDITS, *_UPSCALES, *_CONTROLS, *_AGAIN)
