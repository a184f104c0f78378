"""The pictures that a plan reads, as far as a plan needs to know them."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from backend.errors import FieldError, InvalidRequest
from backend.imaging.sniff import sniff, strip
from backend.imaging.types import Size
from backend.schemas.base import AssetId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.schemas.assets import AssetView, Purpose
    from backend.schemas.fields import FlatForm

_UNKNOWN = AssetId("")
_ON_ITS_SIDE = 5
"""From this value of EXIF's orientation on width and height change places."""
_OPAQUE = frozenset({"image/jpeg"})
"""The kinds of files that have no transparency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A stored picture that is to be worked on; in a quote it may not be stored yet, and only its field is known."""

    id: AssetId = _UNKNOWN
    size: Size | None = None
    """In pixels; None where it is not known yet."""
    mime: str = ""
    name: str = ""
    """Of the file; empty where it has none yet."""

    @property
    def may_be_see_through(self) -> bool:
        """Return whether its kind of file can have transparency."""
        return self.mime not in _OPAQUE


Inputs = dict[str, Input]
"""Stored pictures by the field that they came in."""


class Sends(Protocol):
    """A form with pictures, each as `<field>_base64` or `<field>_asset_id`."""

    def gives(self, name: str) -> bool:
        """Return whether the caller sent a value for this field."""
        ...


def purpose_of(field: str, request: FlatForm) -> Purpose | None:
    """Return what a picture only serves that came in this field; None where it is one for itself."""
    if field == "mask":
        return "mask"
    restyled = getattr(request, "operation", None) == "style_transfer"
    return "guide" if field == "control_image" and not restyled else None


def ids(inputs: Mapping[str, Input]) -> dict[str, AssetId]:
    """Return what specs keep of their inputs."""
    return {field: one.id for field, one in inputs.items()}


def announced_in(text: str) -> Input:
    """Return a picture that came as base64, of which only the size is read, as it stands upright: enough for a quote.

    Raises:
        InvalidRequest: it is not base64.
        RequestRefused: it is no picture that the studio takes.
    """
    try:
        data = base64.b64decode(text.rsplit(",", 1)[-1], validate=True)
    except ValueError:
        detail = "image_base64: it is not base64"
        raise InvalidRequest(
            detail=f"{detail}.", errors=(FieldError(pointer="/request/image_base64", detail=detail),)
        ) from None
    seen = sniff(data)
    turned = strip(seen.format, data).orientation >= _ON_ITS_SIDE
    size = Size(seen.size.height, seen.size.width) if turned else seen.size
    return Input(size=size, mime=seen.mime)


def input_of(asset: AssetView, field: str) -> Input:
    """Return a picture of the library, as it was named in a field.

    Raises:
        InvalidRequest: the asset is no picture.
    """
    if asset.width is None or asset.height is None:
        detail = f"The asset {asset.id} is no picture."
        raise InvalidRequest(detail=detail, errors=(FieldError(pointer=f"/{field}_asset_id", detail=detail),))
    return Input(id=asset.id, size=Size(asset.width, asset.height), mime=asset.mime_type, name=asset.filename)


def announced(form: Sends, fields: tuple[str, ...]) -> Inputs:
    """Return the pictures that a form comes with, of which nothing is known yet: enough for a quote."""
    return {f: Input() for f in fields if form.gives(f"{f}_base64") or form.gives(f"{f}_asset_id")}
