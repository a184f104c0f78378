"""What answers mean, whoever gave them: everybody who runs models has a shape of their own for errors and pictures."""

from __future__ import annotations

import base64
import binascii
import math
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from backend.errors import ContentRefused, ProviderRateLimited
from backend.providers.base import Finished, Pending, Produced
from backend.providers.redaction import redacted
from backend.providers.tickets import Ticket

if TYPE_CHECKING:
    from backend.errors import StudioError
    from backend.providers.base import Offer
    from backend.providers.http import Answer, Line

Told = Any
"""Whatever they send: its readers check it."""
URL: Final = "url"
_LONGEST_PAUSE_S: Final = 300
_FORBIDDEN: Final = re.compile(
    r"nsfw|content[_ ]policy|safety (?:system|checker|filter)|moderation|sensitive (?:content|information|material)",
    re.IGNORECASE,
)
"""How they name what they refuse. Source: [MEM] fal's `content_policy_violation`, Replicate's and Together's `NSFW`."""
_REFUSING: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.UNPROCESSABLE_ENTITY})


def refusal(line: Line, answer: Answer, offer: Offer) -> StudioError:
    """Return what an error of the router's, or of whoever stands behind it, means."""
    error = trouble(line, answer)
    if hasattr(error, "model"):
        error.model = offer.model  # pyright: ignore[reportAttributeAccessIssue] - those that have one are ProviderFailed
    return error


def trouble(line: Line, answer: Answer) -> StudioError:
    """Return what an error means; a model that is being loaded asks for a pause.

    Source: [MEM] `{"error", "estimated_time"}` of hf-inference, with status 503
    """
    told = answer.json()
    match told:
        case {"estimated_time": int() | float() as seconds} if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
            pause = min(_LONGEST_PAUSE_S, max(1, math.ceil(seconds)))
            detail = f"{line.reach.label} is loading the model: {redacted(words_of(told), line.reach.key)}"
            return ProviderRateLimited(detail=detail, retry_after=pause, provider=line.reach.provider)
        case _:
            words = words_of(told)
    if answer.status in _REFUSING and _FORBIDDEN.search(words):
        return ContentRefused(detail=f"Whoever runs the model forbids this. {redacted(words, line.reach.key)}")
    return line.trouble(answer, words)


def words_of(told: Told) -> str:
    """Return what an error says, in whichever of their shapes."""
    match told:
        case {"error": {"message": str(said), "type": str(kind)}}:
            return f"{said} ({kind})"
        case {"error": str(said)} | {"error": {"message": str(said)}} | {"message": str(said)} | {"detail": str(said)}:
            return said
        case {"detail": [{"msg": str(said), "type": str(kind)}, *_]}:
            return f"{said} ({kind})"
        case _:
            return "it gave no reason"


def forbidden(line: Line, said: str) -> StudioError | None:
    """Return the refusal that a failure's words mean; None if they mean none."""
    if not _FORBIDDEN.search(said):
        return None
    return ContentRefused(detail=f"Whoever runs the model forbids this. {redacted(said, line.reach.key)}")


def listed(line: Line, told: Told, seed: int | None) -> Finished | Pending:
    """Return the first of `images`, as fal tells it: mostly an address, which is fetched when it is asked for.

    Raises:
        ContentRefused: it was found indecent, and is black.
        ProviderMisbehaved: there is none.
    """
    match told:
        case {"has_nsfw_concepts": [True, *_]}:
            raise ContentRefused(detail="Whoever runs the model holds the picture for indecent and keeps it back.")
        case {"images": [{"url": str(url)}, *_]}:
            return lying(line, url, seed)
        case _:
            raise line.misbehaved("its answer holds no picture")


def lying(line: Line, url: str, seed: int | None) -> Finished | Pending:
    """Return the picture of an address that holds it, or the ticket of one where it lies."""
    if url.startswith("data:"):
        return encoded(line, url.partition(";base64,")[2], seed)
    return Pending(ticket=str(Ticket(way=URL, of=url, seed=seed)), after_s=0)


def encoded(line: Line, text: object, seed: int | None) -> Finished:
    """Return a picture in base64.

    Raises:
        ProviderMisbehaved: it is none.
    """
    try:
        data = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError) as error:
        raise line.misbehaved("its picture is no base64") from error
    if not data:
        raise line.misbehaved("its answer holds no picture")
    return Finished(images=(Produced(data=data, seed=seed),))


async def fetched(line: Line, ticket: Ticket) -> Finished:
    """Return the picture at a ticket's address.

    Raises:
        ProviderFailed: as `Line.fetch` says.
    """
    return Finished(images=(Produced(data=await line.fetch(ticket.of), seed=ticket.seed),))
