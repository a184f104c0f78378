"""Stability AI's answers in our words: pictures, tickets, and why there is none.

Pictures are asked for as bytes: in JSON they would be a third longer and held three times in memory, and how it ended
and the seed stand in the headers as well. Either form is read, whichever comes.
Source: https://platform.stability.ai/docs/api-reference (read 2026-11-22)
"""

from __future__ import annotations

import base64
import binascii
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from backend.errors import ContentRefused, ProviderFailed, ProviderRateLimited, ProviderUnavailable
from backend.providers.base import Finished, Pending, Produced
from backend.providers.redaction import redacted

if TYPE_CHECKING:
    from backend.errors import StudioError
    from backend.providers.http import Answer, Line
    from backend.schemas.base import Facts

EVERY_S: Final = 10.0
"""How often a ticket may be asked for: oftener, the reference says, leads to errors."""
_TIMED_OUT_S: Final = 60
"""How long it answers nobody whose requests came too fast; it sends no `Retry-After` that would say so."""
_TICKET: Final = re.compile(r"[0-9A-Za-z_-]{1,128}")
_FORBIDDEN: Final = frozenset({"content_moderation", "public_figure"})
_DONE, _BLURRED = "SUCCESS", "CONTENT_FILTERED"


def finished(line: Line, answer: Answer, facts: Facts) -> Finished:
    """Return the picture of a successful answer.

    Raises:
        ContentRefused: it was blurred, since it shows what the vendor's policy forbids.
        ProviderMisbehaved: it holds no picture, or doesn't say how it ended.
    """
    ended, seed, data = _read(line, answer)
    if ended == _BLURRED:
        raise ContentRefused(detail="Stability AI's policy forbids what came of this; it sent the picture blurred.")
    if ended != _DONE:
        raise line.misbehaved(
            f"it did not say how it ended, but {redacted(ended)!r}" if ended else "it did not say how it ended"
        )
    if not data:
        raise line.misbehaved("its answer holds no picture")
    return Finished(images=(Produced(data=data, seed=_number(seed), facts=facts),), request_id=request_of(answer))


def _read(line: Line, answer: Answer) -> tuple[str, object, bytes]:
    """Return how it ended, the seed and the picture."""
    kind = answer.headers.get("content-type", "")
    if kind.startswith("image/"):
        return answer.headers.get("finish-reason", ""), answer.headers.get("seed"), answer.body
    match answer.json():
        case {"image": str(encoded), "finish_reason": str(ended), **more}:
            try:
                return ended, more.get("seed"), base64.b64decode(encoded, validate=True)
            except binascii.Error as error:
                raise line.misbehaved("its picture is no base64") from error
        case _:
            raise line.misbehaved("its answer holds no picture")


def _number(seed: object) -> int | None:
    text = str(seed)
    return int(text) if text.isascii() and text.isdigit() else None


def ticket(line: Line, answer: Answer) -> Pending:
    """Return the ticket of work that was taken in.

    Raises:
        ProviderMisbehaved: there is none.
    """
    match answer.json():
        case {"id": str(found)} if _TICKET.fullmatch(found):
            return Pending(ticket=found, after_s=EVERY_S, request_id=request_of(answer))
        case _:
            raise line.misbehaved("it took the work and gave no ticket")


def request_of(answer: Answer) -> str:
    """Return the vendor's own id of a request, for asking it about that."""
    return answer.headers.get("x-request-id", "")


def refusal(line: Line, answer: Answer) -> StudioError:
    """Return what an error means: `{"id", "name", "errors": […]}`."""
    name, said = _said(answer)
    words = redacted(said, line.reach.key)
    if name in _FORBIDDEN:
        return ContentRefused(detail=f"Stability AI refused this. {words}")
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS and "retry-after" not in answer.headers:
        detail = f"Stability AI asks for a pause: {words}"
        return ProviderRateLimited(
            detail=detail, provider=line.reach.provider, retry_after=_TIMED_OUT_S, request_id=request_of(answer)
        )
    if name == "internal_error":  # the vendor's own word, not a proxy's: failed generations are not charged
        detail = f"Stability AI is in trouble: {words}"
        return ProviderUnavailable(detail=detail, provider=line.reach.provider, request_id=request_of(answer))
    error = line.trouble(answer, said)
    if isinstance(error, ProviderFailed) and not error.request_id:
        error.request_id = request_of(answer)
    return error


def _said(answer: Answer) -> tuple[str, str]:
    """Return an error's name and words; older addresses of the vendor's say `message`."""
    match answer.json():
        case {"name": str(name), "errors": [*errors]}:
            return name, " ".join(str(error) for error in errors)
        case {"name": str(name), "message": str(message)}:
            return name, message
        case _:
            return "", "it gave no reason"
