"""What one vendor is to the server: its name, ways and refusals; and the world that they share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar, cast
from uuid import uuid4

from tests.fakes.provider_server.recorder import Recorder

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    Endpoint = Callable[[Request], Awaitable[Response]]

Stage = Literal["begin", "poll", "fetch", "other"]
"""What a request is for: it begins something that costs, asks what became of it, gets its picture, or none of these."""
Kept = TypeVar("Kept")
PICTURES = "/pictures"


class Refuses(Protocol):
    """Returns a vendor's error for a status, in the vendor's shape."""

    def __call__(self, status: int, said: str = "", headers: Mapping[str, str] | None = None) -> Response:
        """Return the answer."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One address of a vendor's, below its name."""

    method: str
    path: str
    endpoint: Endpoint
    stage: Stage = "begin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """A vendor, served at `/NAME`. What it remembers between requests lies in the world."""

    name: str
    key: str
    ways: tuple[Way, ...]
    refused: Refuses
    waiting: Callable[[Request], Response] | None = None
    """Returns its answer to a poll of work that is not ready; None where nothing is ever pending."""
    base: str = ""
    """What stands after `/NAME` in the address that the studio is given."""

    settings: tuple[str, ...] = ()
    """The lines that point a studio at it, where they are not the usual two."""

    def environment(self, url: str) -> tuple[str, ...]:
        """Return the lines that point a studio at it."""
        if self.settings:
            return tuple(line.format(url=url) for line in self.settings)
        about = f"IMAGE_STUDIO_PROVIDERS__{self.name.upper()}__"
        return f"{about}API_KEY={self.key}", f"{about}BASE_URL={url}/{self.name}{self.base}"


@dataclass(slots=True)
class Clock:
    """The time in the vendors' world, in seconds: it stands still until somebody moves it."""

    now: float = 1_795_000_000.0

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


@dataclass(slots=True)
class World:
    """What the vendors of one server share: the record, the clock, and the pictures that lie at addresses."""

    record: Recorder = field(default_factory=Recorder)
    clock: Clock = field(default_factory=Clock)
    pictures: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    kept: dict[type, object] = field(default_factory=dict)

    def of(self, kind: type[Kept]) -> Kept:
        """Return what a vendor remembers here: one object of its class, made when it is first asked for."""
        if kind not in self.kept:
            self.kept[kind] = kind()
        return cast("Kept", self.kept[kind])

    def hang(self, request: Request, data: bytes, kind: str = "image/png") -> str:
        """Return the address at which a picture lies from now on."""
        name = uuid4().hex
        self.pictures[name] = (data, kind)
        return f"{str(request.base_url).rstrip('/')}{PICTURES}/{name}"


def world_of(request: Request) -> World:
    """Return the world that a request came into."""
    return cast("World", request.app.state.world)


def vendor_of(request: Request) -> Vendor:
    """Return the vendor that was asked."""
    return cast("Vendor", request.state.vendor)
