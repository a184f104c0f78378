"""What a picture costs: a dated price book, in integer milli-credits, and the tiers that say who may spend how much."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from backend.providers.sizes import largest_size, native_size
from backend.schemas.base import Frozen
from backend.schemas.limits import PerMinute, RateKind
from backend.schemas.specs import Quality
from backend.services.image_studio.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.imaging.types import Size
    from backend.providers.base import Offer

MEGAPIXEL = 1_000_000
MilliCredits = int
"""1000 milli-credits are 1 credit, which lists at 0.01 USD."""


def in_words(amount: MilliCredits) -> str:
    """Return an amount for people, such as `free`, `1 credit` or `6.5 credits`."""
    if amount == 0:
        return "free"
    number = f"{amount / 1000:.3f}".rstrip("0").rstrip(".")
    return f"{number} credit" if amount == 1000 else f"{number} credits"  # noqa: PLR2004 - 1000 milli are one


class PriceRow(Frozen):
    """One price, valid from a day on until a newer row for the same pictures is."""

    key: str
    """The `price_key` of the offers it is for."""
    milli_credits: MilliCredits = Field(gt=0)
    per: Literal["picture", "megapixel"] = "picture"
    """Megapixels are counted in full: 1.2 are 2."""
    qualities: tuple[Quality, ...] = ()
    """Only for these; empty: for every quality."""
    max_pixels: int | None = Field(default=None, gt=0)
    """Only for pictures up to this area; None: for every size."""
    valid_from: date
    source: str = Field(pattern=r"^https://")
    read: date
    confidence: Literal["high", "medium", "low"]

    @property
    def rule(self) -> tuple[str, tuple[Quality, ...], int | None]:
        """Return what a newer row must share to replace this one."""
        return self.key, self.qualities, self.max_pixels

    def fits(self, pixels: int, quality: Quality) -> bool:
        """Return whether the row is for such a picture."""
        return (self.max_pixels is None or pixels <= self.max_pixels) and (
            not self.qualities or quality in self.qualities
        )

    def amount(self, pixels: int) -> MilliCredits:
        """Return the price of a picture of this area."""
        return self.milli_credits * (1 if self.per == "picture" else -(-pixels // MEGAPIXEL))


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBook:
    """Prices by key. Work of this machine is not in it: that costs nothing."""

    rows: tuple[PriceRow, ...]
    version: str
    """The newest day of the rows with a digest of all of them, which tells two books apart."""

    @classmethod
    def of(cls, rows: Iterable[PriceRow]) -> PriceBook:
        """Return the book that holds these rows."""
        held = tuple(rows)
        newest = max((row.valid_from for row in held), default=date.min)
        text = "\n".join(sorted(row.model_dump_json() for row in held))
        return cls(rows=held, version=f"{newest.isoformat()}.{hashlib.sha256(text.encode()).hexdigest()[:8]}")

    def on(self, day: date) -> PriceBook:
        """Return the book with the prices that are in force on a day."""
        newest: dict[object, PriceRow] = {}
        for row in sorted(self.rows, key=lambda r: r.valid_from):
            if row.valid_from <= day:
                newest[row.rule] = row
        return PriceBook.of(newest.values())

    def price(self, offer: Offer, *, size: Size | None, quality: Quality) -> MilliCredits | None:
        """Return what one picture costs; None if no price is known.

        What is priced is what the engine makes: of a model with sizes of its own the one that is cut to the size asked
        for. Without a size that is the largest picture of the offer, so that a quote is never too low.
        """
        if offer.local:
            return 0
        if offer.own_price is not None:
            return offer.own_price
        pixels = native_size(offer, size).pixels if size else _most_pixels(offer)
        fitting = [row for row in self.rows if row.key == offer.price_key and row.fits(pixels, quality)]
        if not fitting:
            return None
        return min(fitting, key=_closeness).amount(pixels)


def _closeness(row: PriceRow) -> tuple[bool, float]:
    return not row.qualities, row.max_pixels or float("inf")


def load_price_book() -> PriceBook:
    """Return every price on record, of all days: `on(day)` gives those in force."""
    book = PriceBook.of(TypeAdapter(tuple[PriceRow, ...]).validate_python(read_table("prices")["prices"]))
    seen = {(row.rule, row.valid_from) for row in book.rows}
    if len(seen) != len(book.rows):
        raise ValueError("two prices of the price book are for the same pictures from the same day on")
    return book


class Tier(Frozen):
    """What a workspace may use. Amounts are milli-credits; None means no limit."""

    label: str
    metered: bool
    """False: nothing is refused for want of credits; what is spent is booked all the same."""
    monthly_milli_credits: int | None = Field(ge=0)
    """Granted at the start of each month."""
    daily_milli_credits: int | None = Field(ge=0)
    """The most that may be spent in one day."""
    concurrent_jobs: int | None = Field(gt=0)
    """Jobs that have not ended."""
    queued_jobs: int | None = Field(default=None, gt=0)
    """Jobs that have not begun."""
    storage_bytes: int | None = Field(default=None, gt=0)
    """What the library may take up, its trash included."""
    requests: dict[RateKind, PerMinute] = Field(default_factory=dict[RateKind, PerMinute])
    """How many a minute may bring, by kind; a kind that is left out is not limited."""
    qualities: tuple[Quality, ...]
    audit_export: bool
    single_sign_on: bool

    @model_validator(mode="after")
    def _unmetered_has_no_grant(self) -> Self:
        if self.metered is (self.monthly_milli_credits is None):
            raise ValueError("a metered tier grants credits each month, an unmetered one does not")
        return self


def load_tiers() -> dict[str, Tier]:
    """Return the tiers by key."""
    return TypeAdapter(dict[str, Tier]).validate_python(read_table("tiers")["tiers"])


def _most_pixels(offer: Offer) -> int:
    return largest_size(offer).pixels if offer.sizes else offer.max_pixels
