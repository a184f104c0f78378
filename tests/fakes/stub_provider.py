"""An engine that takes a known time and costs a known price, and writes down every start.

`sync` answers after its time; `ticket` answers at once with a ticket that says when the work will be ready, so that it
can be asked for by any process. Its pictures are real PNGs of the size that was asked for.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np

from backend.imaging.codec import encode
from backend.imaging.progress import Tell, untold
from backend.providers.base import Finished, Offer, Pending, Produced
from backend.schemas.specs import CreateSpec
from backend.services.image_studio.pricing import PriceBook, PriceRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from backend.errors import StudioError
    from backend.schemas.specs import Spec

_OFFER = {"source": "https://example.org/stub (read 2026-11-22)", "generative": True, "seed": True}


def offers(name: str = "stub") -> tuple[Offer, ...]:
    """Return what the stub offers: creating, and cutting out."""
    return tuple(
        Offer(provider=name, model=f"{name}-1", operation=operation, label="Stub", price_key=name, **_OFFER)
        for operation in ("create", "remove_background")
    )


def prices(amount: float, *names: str) -> PriceBook:
    """Return a price book in which each of these engines costs so many credits a picture."""
    rows = (
        PriceRow(
            key=name,
            milli_credits=round(amount * 1000),
            valid_from=date(2026, 1, 1),
            source="https://example.org/prices",
            read=date(2026, 11, 22),
            confidence="high",
        )
        for name in names or ("stub",)
    )
    return PriceBook.of(rows)


@dataclass
class StubProvider:
    """See the module."""

    name: str = "stub"
    label: str = "Stub"
    seconds: float = 1.0
    mode: Literal["sync", "ticket"] = "sync"
    failures: list[StudioError] = field(default_factory=list)
    """Raised by the next starts, one each."""
    log: Path | None = None
    """Where starts are written, one line each, before anything else happens."""
    started: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    lack: str | None = None

    @property
    def offers(self) -> tuple[Offer, ...]:
        return offers(self.name)

    def missing(self, offer: Offer) -> str | None:
        return self.lack

    async def start(
        self, offer: Offer, spec: Spec, images: Mapping[str, bytes], tell: Tell = untold
    ) -> Finished | Pending:
        key = (
            f"{spec.original_prompt}#{spec.seeds[0]}"
            if isinstance(spec, CreateSpec)
            else next(iter(spec.inputs().values()))
        )
        self._note(f"start {key}")
        if self.failures:
            raise self.failures.pop(0)
        if self.mode == "ticket":
            width, height = (spec.width, spec.height) if isinstance(spec, CreateSpec) else _size(images["image"])
            ready = time.time() + self.seconds
            return Pending(ticket=f"{ready}|{width}|{height}|{key}", after_s=min(0.2, self.seconds))
        tell(0.5)
        await asyncio.sleep(self.seconds)
        return Finished(images=(_picture(spec, images),))

    async def resume(self, ticket: str) -> Finished | Pending:
        ready, width, height, key = ticket.split("|", 3)
        self._note(f"resume {key}")
        if time.time() < float(ready):
            return Pending(ticket=ticket, after_s=0.2)
        return Finished(images=(Produced(data=picture(int(width), int(height), hash(key) % 255), seed=1),))

    async def cancel(self, ticket: str) -> None:
        self.cancelled.append(ticket)

    async def aclose(self) -> None: ...

    def _note(self, line: str) -> None:
        self.started.append(line)
        if self.log:
            with self.log.open("a") as file:
                file.write(line + "\n")
                file.flush()
                os.fsync(file.fileno())


def _picture(spec: Spec, images: Mapping[str, bytes]) -> Produced:
    if isinstance(spec, CreateSpec):
        return Produced(data=picture(spec.width, spec.height, spec.seeds[0] % 255), seed=spec.seeds[0])
    return Produced(data=picture(*_size(images["image"]), 7))


def _size(data: bytes) -> tuple[int, int]:
    from backend.imaging.sniff import sniff

    size = sniff(data).size
    return size.width, size.height


def picture(width: int, height: int, shade: int) -> bytes:
    """Return a PNG with a see-through corner, whose colour tells pictures apart."""
    pixels = np.full((height, width, 4), (shade, 120, 255 - shade, 255), dtype=np.uint8)
    pixels[: max(1, height // 8), : max(1, width // 8), 3] = 0
    return encode(pixels, "png")
