"""Operations in plain words, for models that take nothing else: a prompt, and the pictures that it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from backend.schemas.specs import (
    CreateSpec,
    EraseSpec,
    GeneralEditSpec,
    InpaintSpec,
    RelightSpec,
    SearchRecolorSpec,
    SearchReplaceSpec,
    SketchSpec,
    StructureSpec,
    StyleSpec,
    StyleTransferSpec,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.schemas.specs import Spec

Sayable = (
    CreateSpec
    | EraseSpec
    | GeneralEditSpec
    | InpaintSpec
    | RelightSpec
    | SearchRecolorSpec
    | SearchReplaceSpec
    | SketchSpec
    | StructureSpec
    | StyleSpec
    | StyleTransferSpec
)
"""What can be asked for in words."""
EDITS: Final = ("general_edit", "inpaint", "erase", "search_replace", "search_recolor", "relight")
CONTROLS: Final = ("sketch", "structure", "style", "style_transfer")
_KEEP: Final = "Keep everything else exactly as it is."
_LOOSE, _CLOSE = 0.4, 0.75


def pictures_of(spec: Sayable, images: Mapping[str, bytes]) -> list[bytes]:
    """Return the pictures that the words speak of, in their order; a mask is none of them."""
    fields = () if isinstance(spec, CreateSpec) else spec.READS
    return [images[name] for name in fields if name != "mask" and name in images]


def words_of(spec: Sayable) -> str:
    """Return the instruction for an operation, with all that was asked for in it."""
    said = [_wish(spec), *_manner(spec)]
    return " ".join(part for part in said if part)


def sayable(spec: Spec) -> Sayable:
    """Return a spec as one that can be said; engines offer nothing else of these operations."""
    assert isinstance(spec, Sayable), "the offers are for what can be said alone"
    return spec


def _wish(spec: Sayable) -> str:
    match spec:
        case CreateSpec():
            return spec.prompt
        case GeneralEditSpec() | InpaintSpec() | EraseSpec() | SearchReplaceSpec() | SearchRecolorSpec():
            return _change(spec)
        case RelightSpec():
            return _light(spec)
        case SketchSpec() | StructureSpec() | StyleSpec() | StyleTransferSpec():
            return _control(spec)
        case _:
            assert_never(spec)


def _change(spec: GeneralEditSpec | InpaintSpec | EraseSpec | SearchReplaceSpec | SearchRecolorSpec) -> str:
    match spec:
        case GeneralEditSpec():
            little = "" if spec.strength >= 1 else f" Do this at {spec.strength:.0%} of its full strength."
            return f"Change the picture: {_sentence(spec.prompt)}{little} {_KEEP}"
        case InpaintSpec(prompt=None):
            return f"Fill in what the mask shows as its surroundings would naturally continue. {_KEEP}"
        case InpaintSpec():
            return f"Fill in what the mask shows with this: {_sentence(spec.prompt or '')} {_KEEP}"
        case EraseSpec():
            return f"Remove what the mask shows, and continue its surroundings naturally in its place. {_KEEP}"
        case SearchReplaceSpec():
            return f"Replace {spec.search_prompt or 'what the mask shows'} with this: {_sentence(spec.prompt)} {_KEEP}"
        case SearchRecolorSpec():
            thing = spec.select_prompt or ("what the mask shows" if spec.mask else "what is named here")
            said = f"Recolour {thing}: {_sentence(spec.prompt)} Keep its light, its shade and its texture."
            return f"{said} {_KEEP}"
        case _:
            assert_never(spec)


def _light(spec: RelightSpec) -> str:
    said: list[str] = []
    if spec.keep_background:
        said.append("Change only the light of the first picture; keep its subject and its background as they are.")
    elif spec.background_image:
        said.append("Put the subject of the first picture before the background that the second picture shows.")
    else:
        said.append("Put the subject of the first picture before another background, in the light of that one.")
    if spec.prompt:
        said.append(f"{'The light' if spec.keep_background else 'The background'}: {_sentence(spec.prompt)}")
    if spec.lighting_image:
        said.append("Take the light, and nothing else, from the last picture.")
    if spec.light_direction:
        side = {"left": "the left", "right": "the right"}.get(spec.light_direction, spec.light_direction)
        said.append(f"The light comes from {side} and is {_grade(spec.light_strength, 'soft', 'clear', 'strong')}.")
    return " ".join([*said, "Keep the subject itself, its pose and its place as they are."])


def _control(spec: SketchSpec | StructureSpec | StyleSpec | StyleTransferSpec) -> str:
    wish = _sentence(spec.prompt) if spec.prompt else ""
    match spec:
        case SketchSpec():
            how = _grade(spec.strength, "loosely", "closely", "exactly")
            return f"Make a finished picture of this drawing, following its lines {how}. {wish}".strip()
        case StructureSpec():
            how = _grade(spec.strength, "loosely", "closely", "exactly")
            return f"Make a new picture that is built as this one is, following its forms {how}. {wish}".strip()
        case StyleSpec():
            how = _grade(spec.fidelity, "freely", "closely", "exactly")
            return f"Make a new picture in the style of this one, keeping to that {how}. {wish}".strip()
        case StyleTransferSpec():
            much = _grade(spec.style_strength * spec.change_strength, "A little", "Clearly", "Wholly")
            kept = _grade(spec.composition_fidelity, "roughly", "closely", "exactly")
            said = f"{much} repaint the first picture in the style of the second; keep its composition {kept}."
            return f"{said} {wish}".strip()
        case _:
            assert_never(spec)


def _manner(spec: Sayable) -> list[str]:
    style, unwanted = getattr(spec, "style_preset", None), getattr(spec, "negative_prompt", None)
    said = [f"Style: {str(style).replace('-', ' ')}."] if style and not isinstance(spec, CreateSpec) else []
    return [*said, f"Avoid: {_sentence(str(unwanted))}"] if unwanted else said


def _sentence(words: str) -> str:
    text = words.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _grade(share: float, little: str, some: str, much: str) -> str:
    return little if share < _LOOSE else some if share < _CLOSE else much
