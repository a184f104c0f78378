"""The values that a picture's origin is described with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

SourceType = Literal[
    "digitalCapture",
    "computationalCapture",
    "negativeFilm",
    "positiveFilm",
    "print",
    "humanEdits",
    "minorHumanEdits",
    "algorithmicallyEnhanced",
    "digitalCreation",
    "dataDrivenMedia",
    "trainedAlgorithmicMedia",
    "algorithmicMedia",
    "screenCapture",
    "virtualRecording",
    "composite",
    "compositeCapture",
    "compositeSynthetic",
    "compositeWithTrainedAlgorithmicMedia",
]
"""How a picture came to be, by the controlled vocabulary of the IPTC.

Source: https://cv.iptc.org/newscodes/digitalsourcetype/ (read 2026-11-23)
"""
VOCABULARY: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/"
"""What stands before a source type where it is written as an address."""
MOST_BYTES: Final = 8_000
"""What all marks of a file take at most; whoever has a limit in bytes leaves that free."""
Relation = Literal["parentOf", "componentOf", "inputTo"]
State = Literal["none", "unsigned", "intact", "changed", "unreadable"]
"""What became of a file's marks: there are none; nobody signed them; signed and as they were; the file was changed
after it was signed; there is a signature that can't be made sense of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """A picture that another was made from."""

    title: str
    mime: str
    digest: str
    """The SHA-256 of its bytes as the library keeps them, in hexadecimal digits."""
    relation: Relation = "parentOf"
    source_type: SourceType | None = None
    """None where nothing is known of it."""
    told: str = ""
    """What it said of itself when it came, in a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is said of a picture that was made here."""

    title: str
    operation: str
    actions: tuple[str, ...]
    """What was done, in the words of C2PA, such as `c2pa.resized`."""
    source_type: SourceType | None
    """None where it follows from nothing that is known: a crop of a photograph that came without marks."""
    engine: str
    model: str
    version: str
    """The studio's own."""
    prompt: str | None = None
    seed: int | None = None
    alt_text: str | None = None
    made_by: str | None = None
    """What made the picture where it was not the engine, such as the program that an upload comes from."""
    ingredients: tuple[Ingredient, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What files are signed with, as PEM: the certificate first, then those that vouch for it."""

    chain: bytes
    key: bytes
    algorithm: str
    """As C2PA names it: es256, es384, es512, ps256 or ed25519."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """Whom to believe, as PEM: whom the operator trusts, and the studio's own roots."""

    trusted: str = ""
    own: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a file says of itself, and how far that is to be believed."""

    state: State
    mime: str
    signer: str | None = None
    """Who signed, as the certificate names them."""
    signed_at: str | None = None
    """As a trusted clock or the signer wrote it; None where nothing says it."""
    trusted: bool = False
    """True if the certificate leads to one that the operator trusts."""
    own: bool = False
    """True if it leads to the studio's own."""
    problems: tuple[str, ...] = ()
    """What is wrong, by the status codes of C2PA."""
    generator: str | None = None
    title: str | None = None
    source_type: str | None = None
    engine: str | None = None
    prompt: str | None = None
    seed: int | None = None
    actions: tuple[str, ...] = ()
    ingredients: tuple[str, ...] = ()
