"""Our words in Stability AI's: the address and the parts of the form for each spec.

Every form is multipart, also where it has no file: of others the vendor reads nothing.
Source: https://platform.stability.ai/docs/api-reference (read 2026-11-22)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from backend.providers.sizes import cut, native_size
from backend.providers.stability.offers import CORE, ONE_MEGAPIXEL, RATIOS, STYLES
from backend.schemas.specs import (
    Control,
    CreateSpec,
    EraseSpec,
    InpaintSpec,
    OutpaintSpec,
    RelightSpec,
    RemoveBackgroundSpec,
    SearchRecolorSpec,
    SearchReplaceSpec,
    SketchSpec,
    StructureSpec,
    StyleSpec,
    StyleTransferSpec,
    UpscaleSpec,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.providers.base import Offer
    from backend.providers.http import Part
    from backend.schemas.base import Facts
    from backend.schemas.specs import Spec

_BASE: Final = "/v2beta/stable-image"
_RATIO_OF: Final[Mapping[tuple[int, int], str]] = {
    **dict(zip(ONE_MEGAPIXEL, RATIOS, strict=True)),
    **dict(zip(CORE, RATIOS, strict=True)),
}
_CLOSEST, _FREEST = 10.0, 1.0
"""What `cfg_scale` ranges over."""
_LATER: Final = frozenset({f"{_BASE}/upscale/creative", f"{_BASE}/edit/replace-background-and-relight"})
"""What is answered with a ticket."""
_MASKED: Final = frozenset({"erase", "inpaint"})

Value = str | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is sent, and where; fields without a value are left out."""

    path: str
    fields: Mapping[str, Value] = field(default_factory=dict[str, Value])
    files: Mapping[str, bytes | None] = field(default_factory=dict[str, "bytes | None"])
    facts: Facts = field(default_factory=dict)
    """What the engine was told otherwise than asked for."""

    @property
    def is_later(self) -> bool:
        """Say whether the answer is a ticket."""
        return self.path in _LATER

    @property
    def parts(self) -> list[Part]:
        """Return the parts of the form, files first."""
        files: list[Part] = [(name, _file(name, data)) for name, data in self.files.items() if data is not None]
        said = {name: value for name, value in self.fields.items() if value not in (None, "")}
        return [*files, *((name, (None, str(value), None)) for name, value in said.items())]


def form_of(offer: Offer, spec: Spec, images: Mapping[str, bytes]) -> Form:
    """Return what is sent for a spec; the result is always asked for as PNG, for nothing to be lost on the way."""
    match spec:
        case CreateSpec():
            return _created(offer, spec)
        case UpscaleSpec():
            words = {} if spec.mode == "fast" else {"prompt": spec.prompt, "seed": spec.seed}
            return _form(f"upscale/{spec.mode}", words, {"image": images["image"]})
        case Control():
            return _controlled(offer, spec, images)
        case _:
            return _edited(offer, spec, images)


def _form(path: str, fields: Mapping[str, Value], files: Mapping[str, bytes | None]) -> Form:
    return Form(path=f"{_BASE}/{path}", fields={**fields, "output_format": "png"}, files=files)


def _file(name: str, data: bytes) -> tuple[str, bytes, str]:
    kind = sniff(data).format
    return f"{name}.{kind}", data, f"image/{kind}"


def _style(name: str | None) -> str | None:
    """Return a style's name where the vendor knows it; of others the words speak."""
    key = "-".join((name or "").casefold().replace("_", " ").split())
    return key if key in STYLES else None


def _created(offer: Offer, spec: CreateSpec) -> Form:
    own = native_size(offer, Size(spec.width, spec.height))
    fields: dict[str, Value] = {
        "prompt": spec.prompt,
        "negative_prompt": spec.negative_prompt,
        "aspect_ratio": _RATIO_OF[own.width, own.height],
        "seed": spec.seeds[0],
        "style_preset": _style(spec.style_preset),
        "output_format": "png",
    }
    facts: Facts = {}
    if offer.guidance:
        guidance = spec.guidance_scale
        within = None if guidance is None else min(_CLOSEST, max(_FREEST, guidance))
        facts = {} if within == guidance else {"guidance_scale": within}
        fields |= {"model": offer.model, "mode": "text-to-image", "cfg_scale": within}
    return Form(path=_maker(offer), fields=fields, facts=facts)


def _maker(offer: Offer) -> str:
    return f"{_BASE}/generate/{'sd3' if offer.model.startswith('sd3') else offer.model.removeprefix('stable-image-')}"


def _controlled(offer: Offer, spec: Control, images: Mapping[str, bytes]) -> Form:
    image = images["control_image"]
    words: dict[str, Value] = {"prompt": spec.prompt, "negative_prompt": spec.negative_prompt, "seed": spec.seed}
    styled = {**words, "style_preset": _style(spec.style_preset)}
    match spec:
        case StructureSpec() if offer.model != "structure":
            return _painted_over(offer, spec, styled, image)
        case SketchSpec() | StructureSpec():
            return _form(f"control/{offer.model}", {**styled, "control_strength": spec.strength}, {"image": image})
        case StyleSpec():
            own = {"fidelity": spec.fidelity, "aspect_ratio": _ratio(spec, image)}
            return _form("control/style", {**styled, **own}, {"image": image})
        case StyleTransferSpec():
            own = {
                "style_strength": spec.style_strength,
                "composition_fidelity": spec.composition_fidelity,
                "change_strength": spec.change_strength,
            }
            files = {"init_image": image, "style_image": images["style_image"]}
            return _form("control/style-transfer", {**words, **own}, files)
        case _:
            raise AssertionError("every controlled picture is of one of these kinds")


def _painted_over(offer: Offer, spec: StructureSpec, styled: Mapping[str, Value], image: bytes) -> Form:
    """Return the form that lets a model paint from a picture: `strength` 0 is that picture, 1 is none of it."""
    own: dict[str, Value] = {"strength": round(1 - spec.strength, 4)}
    if offer.model.startswith("sd3"):
        own |= {"model": offer.model, "mode": "image-to-image"}
    else:
        own |= {"aspect_ratio": _ratio(spec, image)}
    fields = {**styled, **own, "output_format": "png"}
    return Form(path=_maker(offer), fields=fields, files={"image": image})


def _ratio(spec: Control, image: bytes) -> str:
    """Return the ratio that is nearest to the size asked for, or to the picture's."""
    wanted = Size(spec.width, spec.height) if spec.width and spec.height else sniff(image).size
    return min(RATIOS, key=lambda ratio: cut(_shape(ratio), wanted))


def _shape(ratio: str) -> Size:
    across, down = ratio.split(":")
    return Size(int(across), int(down))


def _edited(offer: Offer, spec: Spec, images: Mapping[str, bytes]) -> Form:
    image = {"image": images.get("image")}
    match spec:
        case EraseSpec() | InpaintSpec() | SearchReplaceSpec() if offer.model in _MASKED:
            words = {"seed": spec.seed} if isinstance(spec, EraseSpec) else _words(spec)
            # The mask is grown already; the vendor changes no more than what the result may fade over.
            fields = {**words, "grow_mask": spec.feather}
            return _form(f"edit/{offer.model}", fields, {**image, "mask": images.get("mask")})
        case SearchReplaceSpec() | SearchRecolorSpec():
            return _form(f"edit/{offer.model}", _found(spec), image)
        case OutpaintSpec():
            return _form("edit/outpaint", _extending(spec), image)
        case RelightSpec():
            return _relit(spec, images)
        case RemoveBackgroundSpec():
            return _form("edit/remove-background", {}, image)
        case _:
            raise AssertionError("the offers are for these operations alone")


def _found(spec: SearchReplaceSpec | SearchRecolorSpec) -> dict[str, Value]:
    """Return the words of an edit that finds by itself what to change."""
    if isinstance(spec, SearchReplaceSpec):
        return {**_words(spec), "search_prompt": spec.search_prompt}
    own = {"negative_prompt": spec.negative_prompt, "select_prompt": spec.select_prompt}
    return {"prompt": spec.prompt, "seed": spec.seed, **own}


def _words(spec: InpaintSpec | SearchReplaceSpec) -> dict[str, Value]:
    return {
        "prompt": spec.prompt,
        "negative_prompt": spec.negative_prompt,
        "seed": spec.seed,
        "style_preset": _style(spec.style_preset),
    }


def _extending(spec: OutpaintSpec) -> dict[str, Value]:
    return {
        **{side: getattr(spec, side) for side in ("left", "right", "up", "down")},
        "prompt": spec.prompt,
        "seed": spec.seed,
        "style_preset": _style(spec.style_preset),
    }


def _relit(spec: RelightSpec, images: Mapping[str, bytes]) -> Form:
    """Return the form of a relit picture; how strong the light is counts only where something says which light."""
    has_light = spec.light_direction is not None or "lighting_image" in images
    fields: dict[str, Value] = {
        "background_prompt": spec.prompt,
        "negative_prompt": spec.negative_prompt,
        "keep_original_background": "true" if spec.keep_background else "false",
        "light_source_direction": spec.light_direction,
        "light_source_strength": spec.light_strength if has_light else None,
        "seed": spec.seed,
    }
    files = {
        "subject_image": images["image"],
        "light_reference": images.get("lighting_image"),
    }
    return _form("edit/replace-background-and-relight", fields, files)
