"""What an engine is to the studio: a table of offers and two calls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from backend.imaging.progress import Tell, untold

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping

    from pydantic import SecretStr

    from backend.errors import StudioError
    from backend.imaging.types import Inspected
    from backend.schemas.base import Facts
    from backend.schemas.specs import Quality, Spec

Words = Literal["none", "vocabulary", "free"]


def _any(_: Spec) -> None:
    """Take any spec."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One model doing one operation, and what it can and can't do.

    Routing, pricing, validation, the list of providers and the form in the browser all read this row; nothing else may
    ask which provider it is.
    """

    provider: str
    model: str
    operation: str
    label: str
    price_key: str
    """The row of the price book."""
    own_price: int | None = None
    """What one picture costs in milli-credits where an operator says so; None: what the price book says."""
    source: str
    """URL of the page that states these limits, with the date it was read; for our own engine the document of ours."""
    qualities: tuple[Quality, ...] = ("draft", "standard", "premium")
    """The qualities it is made for, the best suited first."""
    sizes: tuple[tuple[int, int], ...] = ()
    """Width and height in pixels it makes natively; empty: any size within `min_side`, `max_side` and `max_pixels`."""
    min_side: int = 64
    max_side: int = 4096
    max_pixels: int = 16_777_216
    step: int | None = None
    """Its sides are multiples of so many pixels: it makes any shape within its limits, and other sizes are cut or
    scaled from the nearest; None: it makes exactly the size that is asked for, or one of `sizes`."""
    max_input_pixels: int | None = None
    """The largest picture it can work on; None: any that the studio takes. Pictures that it only takes something from,
    such as a style, are made smaller for it."""
    max_input_side: int | None = None
    min_input_side: int = 1
    max_input_ratio: float | None = None
    """How many times as long as the other a side of the picture may be that it works on."""
    max_input_bytes: int | None = None
    """All the files of a request together; heavier pictures are sent as lighter files, masks as they are."""
    max_factor: float | None = None
    """How many times longer it makes a side at most where it enlarges; None: as much as `max_pixels` allows."""
    variants: tuple[str, ...] = ()
    """The ways of the operation it knows, such as `mode` of an upscale or `what` of a selection; empty: every way."""
    words: Words = "none"
    """Whether it follows a prompt: not at all, as far as its documented vocabulary goes, or whatever it says."""
    styles: tuple[tuple[str, str], ...] = ()
    """What it paints in where it does so by name: each style's name, and how it looks in a few words."""
    seed: bool = False
    negative_prompt: bool = False
    guidance: bool = False
    """True if it can be told how closely to follow the words, as a `guidance_scale`."""
    steps: bool = False
    """True if it can be told how many steps to take."""
    palette: bool = False
    """True if it draws in the colours that it is given."""
    generative: bool = False
    """True if a trained model invents the picture from the words."""
    local: bool = False
    """True if it runs on this machine, with no network."""
    formats: tuple[str, ...] = ("png",)
    seconds: float = 10.0
    """Typical time for one picture, for the estimate shown before the click."""
    series: bool = False
    """True if one call makes all parts of a spec and hands each over as it is ready; only free offers of a
    `MakesSeries` do."""
    check: Callable[[Spec], object] = field(default=_any, repr=False)
    """Raises RequestRefused for a spec that the work itself would refuse, whatever the pictures are: pure, and quick
    enough for the door. Its pointers lead into the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Produced:
    """One finished picture, as encoded bytes, with what its maker knows about it."""

    data: bytes
    seed: int | None = None
    facts: Facts = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """Files that belong to the picture, by name, such as the layers it was drawn from."""
    seen: Inspected | None = field(default=None, repr=False)
    """What a child of the studio's own saw in what it wrote, for it to be kept as it is, without another look; its
    bytes are `data`. Nothing that came over a network has it."""
    is_input: bool = False
    """True where `data` is the very file that was to be changed: it is kept as it is, and gets no new marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The call is over, and this came of it."""

    images: tuple[Produced, ...]
    request_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """The engine took the work: ask for `ticket` again after `after_s` seconds."""

    ticket: str
    after_s: float
    request_id: str = ""
    progress: float | None = None


class Provider(Protocol):
    """An engine. It never sleeps, loops, retries, prices, stores or logs prompts: the runner does."""

    @property
    def name(self) -> str:
        """Return the key that clients choose it by."""
        ...

    @property
    def label(self) -> str:
        """Return the name that people know it by."""
        ...

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Return every model and operation it has, available at the moment or not."""
        ...

    def missing(self, offer: Offer) -> str | None:
        """Return why the offer can't be used now and what to do about it, in a sentence; None if it can."""
        ...

    async def start(
        self, offer: Offer, spec: Spec, images: Mapping[str, bytes], tell: Tell = untold
    ) -> Finished | Pending:
        """Begin one part of a spec. `images` are the encoded inputs by field, oriented upright, in sRGB.

        An engine that finishes within the call may `tell` how far it is.

        Raises:
            ProviderFailed: it could not; `retryable` says whether another try or engine may.
            ContentRefused: its policy forbids the content.
        """
        ...

    async def resume(self, ticket: str) -> Finished | Pending:
        """Ask what became of a ticket that `start` gave."""
        ...

    async def cancel(self, ticket: str) -> None:
        """Tell the engine that a ticket's result is no longer wanted, where it has a call for that."""
        ...

    async def aclose(self) -> None:
        """Hang up; the studio is closing."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a vendor says of the account that a key opens."""

    detail: str
    """A sentence for people."""
    credits: float | None = None
    """What is left of what was paid in advance, in the vendor's own unit; None where it tells no such thing."""


@runtime_checkable
class TakesKey(Protocol):
    """An engine of a vendor's, which a key opens."""

    def keyed(self, key: SecretStr) -> Provider:
        """Return the same engine with another key; it shares the connections, and closing one closes both."""
        ...

    async def account(self) -> Account:
        """Ask the vendor about the key, in the call that costs least: nothing, at best.

        Raises:
            KeyRefused: the vendor does not accept it.
            ProviderFailed: the vendor can't be asked now.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What became of one part of a series: a picture, or why there is none."""

    ordinal: int
    outcome: Produced | StudioError


@runtime_checkable
class MakesSeries(Protocol):
    """An engine that makes all parts of a spec in one call."""

    def series(
        self, offer: Offer, spec: Spec, images: Mapping[str, bytes], ordinals: tuple[int, ...]
    ) -> AsyncGenerator[Handed]:
        """Yield the parts that are asked for, in the order in which they are ready.

        Raises:
            StudioError: it could not go on; what was yielded before stands.
        """
        ...
