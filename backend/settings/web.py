"""Settings of the way to the studio: its addresses, the proxies before it, its connections."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, IPvAnyNetwork, StringConstraints
from pydantic_settings import NoDecode

_SEGMENTS = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*", re.ASCII)
_OURS = frozenset({"api", "assets", "mcp", "problems", "v1"})
"""First parts of the studio's own paths: below one of these nobody could tell which is meant."""


def path_below(given: str) -> str:
    """Return a path such as `/studio`, without a slash at its end; empty for the root.

    Raises:
        ValueError: it is none, or begins like one of the studio's own.
    """
    path = "/" + given.strip("/") if given.strip("/") else ""
    if not _SEGMENTS.fullmatch(path):
        raise ValueError(f"{given!r} is no path of letters, digits and -._~ such as /studio")
    if path and path.split("/")[1] in _OURS:
        raise ValueError(f"{path} begins like the studio's own paths; choose another one, such as /studio")
    return path


def _split(given: object) -> object:
    return [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given


Host = Annotated[
    str, StringConstraints(pattern=r"^(\*\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$"), AfterValidator(str.lower)
]
"""A name without a port; `*.` before it means all names below it."""
Origin = Annotated[str, StringConstraints(pattern=r"^(\*|https?://[a-z0-9.-]+(:\d+)?|https?://\[[0-9a-f:]+\](:\d+)?)$")]
Base = Annotated[
    str,
    StringConstraints(pattern=r"^https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~-]+)*/?$"),
    AfterValidator(lambda url: url.rstrip("/")),
]


class WebSettings(BaseModel):
    """How people and programs reach the studio. Lists are written with commas."""

    base_path: Annotated[str, AfterValidator(path_below)] = ""
    """The path below which the studio lives, such as `/studio`; that of the public URL by default."""
    trusted_proxies: Annotated[tuple[IPvAnyNetwork, ...], NoDecode, BeforeValidator(_split)] = ()
    """Networks of proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed; nobody's by default."""
    hosts: Annotated[tuple[Host, ...], NoDecode, BeforeValidator(_split)] = ()
    """Names the studio answers to, besides that of the public URL, `localhost` and addresses; any name by default."""
    asset_base: Base | None = None
    """Where browsers get the frontend's files from, such as `https://cdn.example.org`; the studio by default."""
    cors_origins: Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_split)] = ()
    """Origins whose pages may call the API with a key, such as `https://example.org`; `*` for all."""
    keep_alive_s: Annotated[int, Field(ge=1, le=3600)] = 75
    """How long an idle connection stays open: longer than a proxy keeps it, or the proxy meets closed ones."""
    stop_s: Annotated[int, Field(ge=0, le=3600)] = 3
    """How long open answers may take when the server stops; jobs go on at the next start."""
    backlog: Annotated[int, Field(ge=1, le=65535)] = 2048
    """How many connections may wait to be taken."""
