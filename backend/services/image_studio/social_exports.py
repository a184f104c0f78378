"""Exports decided: for each format its window, its types, its most bytes and its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from backend.errors import FieldError, InvalidRequest
from backend.schemas.specs.social import ExportSpec, Window
from backend.services.image_studio.format_shelf import types_of
from backend.services.image_studio.naming import DEFAULT, FileFacts, filename, unique

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from backend.schemas.social import FileType
    from backend.schemas.social_request import SocialRequest
    from backend.schemas.specs.base import OutputFormat
    from backend.schemas.specs.social import Spot
    from backend.services.image_studio.format_shelf import FormatShelf
    from backend.services.image_studio.formats import Format, Platform
    from backend.services.image_studio.inputs import Input

Chosen = tuple["Platform", "Format"]
LEFT_FREE = 8_000
"""Bytes below every limit that are left for the marks of where a file comes from."""
WRITTEN: Mapping[FileType, OutputFormat] = {"jpeg": "jpg", "png": "png", "webp": "webp"}
"""What files are written as, by what platforms call it; the usual type first."""
SEE_THROUGH: frozenset[OutputFormat] = frozenset(("png", "webp"))
"""The types that have transparency."""
Value = TypeVar("Value", "Spot", "Window")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for, of which picture, on which day."""

    request: SocialRequest
    image: Input
    day: date


def exports_of(asked: Asked, formats: Sequence[Chosen], shelf: FormatShelf) -> tuple[ExportSpec, ...]:
    """Return the files to be made, in the order of their formats.

    Raises:
        InvalidRequest: a window lies outside of the picture, or a point or window is for no format that is asked for.
    """
    request = asked.request
    windows = _by_format(request.crops, "/crops", formats, shelf)
    spots = _by_format(request.focal_points, "/focal_points", formats, shelf)
    for key, window in request.crops.items():
        _check_inside(window, asked.image, f"/crops/{key}")
    names = _names(asked, formats)
    return tuple(
        _export(asked, one, name=name, box=windows.get(one[1].id), focus=spots.get(one[1].id, request.focal_point))
        for one, name in zip(formats, names, strict=True)
    )


def _export(asked: Asked, one: Chosen, *, name: str, box: Window | None, focus: Spot | None) -> ExportSpec:
    platform, form = one
    encodings, instead, notes = _types(asked, one)
    safe = form.safe
    return ExportSpec(
        platform=platform.key,
        platform_name=platform.name,
        format_id=form.id,
        format=form.name,
        width=form.size.width,
        height=form.size.height,
        safe=(safe.top, safe.right, safe.bottom, safe.left),
        covered=form.keepout,
        circle=form.shape == "circle",
        box=box,
        focus=focus,
        encodings=encodings,
        instead=instead,
        most_bytes=_most_bytes(asked.request, one),
        name=name,
        notes=notes,
    )


def _types(asked: Asked, one: Chosen) -> tuple[tuple[OutputFormat, ...], tuple[OutputFormat, ...], tuple[str, ...]]:
    """Return the types to write, those to fall back on, and what is to be said about that."""
    platform, form = one
    taken = types_of(platform, form)
    known = _writable(taken, see_through=_is_see_through(asked.request))
    wish = asked.request.output_format
    if wish == "auto":
        return known, (), ()
    if wish in known:
        others: list[OutputFormat] = [kind for kind in known if kind != wish]
        return (wish,), tuple(others) if wish == "png" else (), ()
    listed = " or ".join(kind.upper() for kind in taken)
    note = f"{platform.name} takes {listed} for {form.name}, so the file is no {wish.upper()}."
    return known[:1], (), (note,)


def _writable(taken: Sequence[FileType], *, see_through: bool) -> tuple[OutputFormat, ...]:
    """Return the types to write of those that are taken; only ones with transparency where that is to be kept."""
    known: list[OutputFormat] = [written for kind, written in WRITTEN.items() if kind in taken]
    clear: list[OutputFormat] = [written for written in known if written in SEE_THROUGH]
    return tuple(clear if see_through and clear else known)


def _is_see_through(request: SocialRequest) -> bool:
    return request.crop_mode == "fit" and request.background.kind == "transparent"


def _most_bytes(request: SocialRequest, one: Chosen) -> int | None:
    """Return how many bytes a file may take before its marks are put on; None where nobody says."""
    platform, form = one
    limits = {rule.name: rule.limit for rule in platform.rules_of(form)}
    said = [most for most in (limits.get("max_bytes"), request.max_bytes) if isinstance(most, int)]
    return min(said) - LEFT_FREE if said else None


def _names(asked: Asked, formats: Sequence[Chosen]) -> tuple[str, ...]:
    """Return the files' names without extension, each of its own."""
    pattern = asked.request.name_pattern or DEFAULT
    facts = (
        FileFacts(
            name=asked.image.name,
            platform=platform.key,
            format=form.name,
            size=form.pixels,
            ratio=form.size.ratio,
            number=number,
            among=len(formats),
            day=asked.day,
            mime="image/jpeg",
        )
        for number, (platform, form) in enumerate(formats, start=1)
    )
    return tuple(name.rpartition(".")[0] for name in unique(filename(pattern, one) for one in facts))


def _by_format(
    given: Mapping[str, Value], pointer: str, formats: Sequence[Chosen], shelf: FormatShelf
) -> dict[str, Value]:
    """Return what is given for single formats, by their ids."""
    wanted = {form.id for _, form in formats}
    found: dict[str, Value] = {}
    for key, value in given.items():
        meant = shelf.meant(key)
        if meant is None or meant[1].id not in wanted:
            known = ", ".join(f"{platform.key}.{one.id}" for platform, one in formats[:12])
            detail = f'"{key}" is no format that is asked for; those are {known}'
            raise InvalidRequest(detail=f"{detail}.", errors=(FieldError(pointer=f"{pointer}/{key}", detail=detail),))
        found[meant[1].id] = value
    return found


def _check_inside(window: Window, image: Input, pointer: str) -> None:
    size = image.size
    if size and (window.left + window.width > size.width or window.top + window.height > size.height):
        detail = f"the window reaches beyond the picture, which measures {size}"
        raise InvalidRequest(detail=f"{detail}.", errors=(FieldError(pointer=pointer, detail=detail),))
