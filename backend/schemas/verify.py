"""What a file says of where it comes from, and how far that is to be believed: the request and the answer."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from backend.imaging.provenance.types import State
from backend.schemas.base import AssetId, Frozen
from backend.schemas.fields import Base64, FlatForm


class VerifyRequest(FlatForm):
    """Ask what a picture says of itself."""

    image_base64: Base64 | None = None
    image_asset_id: AssetId | None = None
    """An asset of the library, instead."""

    @model_validator(mode="after")
    def _one_picture(self) -> Self:
        if (self.image_base64 is None) == (self.image_asset_id is None):
            raise ValueError("send one picture: as image_base64, as image_asset_id, or as a form with a file")
        return self


class VerifyAnswer(Frozen):
    """What was found. All but `state`, `trusted` and `own` is what the file says, true or not."""

    state: State
    """`none`: it says nothing; `unsigned`: it says something that nobody signed; `intact`: signed, and as it was then;
    `changed`: changed after it was signed; `unreadable`: there is a signature that can't be made sense of."""
    summary: tuple[str, ...]
    """All of it in sentences for people."""
    mime: str
    signed_by: str | None = None
    """The name in the certificate."""
    signed_at: str | None = None
    trusted: bool = False
    """True if the certificate leads to one of those that the operator trusts."""
    own: bool = False
    """True if it leads to the certificate of this studio."""
    generator: str | None = None
    """The program that made the file."""
    engine: str | None = None
    """The engine or model that made the picture."""
    prompt: str | None = None
    seed: int | None = None
    digital_source_type: str | None = None
    """How it came to be, by the vocabulary of the IPTC, such as `trainedAlgorithmicMedia`."""
    actions: tuple[str, ...] = ()
    """What was done, in the words of C2PA."""
    ingredients: tuple[str, ...] = ()
    """What it was made from."""
    problems: tuple[str, ...] = ()
    """Status codes of C2PA."""
