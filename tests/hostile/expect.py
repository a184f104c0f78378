"""What is expected of one hostile file."""

import functools
from collections.abc import Callable
from dataclasses import dataclass

from backend.errors import InvalidImage, StudioError, TooLarge, UnsupportedFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """A file made in code: either refused with one of `refusals`, or accepted with every one of `gone` gone."""

    name: str
    build: Callable[[], bytes]
    refusals: tuple[type[StudioError], ...] = ()
    accepted: bool = False
    gone: tuple[bytes, ...] = ()
    found: str = ""
    """What an UnsupportedFormat must name."""


class Corpus:
    """Collects builders by decorator; each file is built once, when first asked for."""

    def __init__(self) -> None:
        self.files: list[Bad] = []

    def add(self, name, build, **expected):
        self.files.append(Bad(name=name, build=functools.cache(build), **expected))

    def broken(self, name, build):
        self.add(name, build, refusals=(InvalidImage,))

    def too_large(self, name, build):
        self.add(name, build, refusals=(TooLarge,))

    def foreign(self, name, data, found):
        self.add(name, lambda: data, refusals=(UnsupportedFormat,), found=found)

    def unsupported(self, name, build, found):
        self.add(name, build, refusals=(UnsupportedFormat,), found=found)

    def cleaned(self, name, build, *gone):
        self.add(name, build, accepted=True, gone=gone)

    def either(self, name, build, *gone):
        """Accepted or refused as broken: decoders differ in what they forgive, a clean answer is what matters."""
        self.add(name, build, refusals=(InvalidImage,), accepted=True, gone=gone)


BROKEN_OR_LARGE = (InvalidImage, TooLarge)
