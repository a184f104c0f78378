"""How pictures are asked for at OpenAI and at all who speak as it does: requests and answers, and what errors mean.

Source: https://developers.openai.com/api/docs/api-reference/images (read 2026-11-22)
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from typing import TYPE_CHECKING, Final, cast

from backend.errors import ContentRefused, KeyRefused, ProviderFailed
from backend.imaging.masks import see_through
from backend.imaging.sniff import measure
from backend.providers.base import Finished, Pending, Produced
from backend.providers.redaction import redacted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.errors import StudioError
    from backend.providers.base import Offer
    from backend.providers.http import Answer, Line, Part
    from backend.schemas.base import Facts

GENERATIONS: Final = "/images/generations"
EDITS: Final = "/images/edits"
_FORBIDDEN: Final = frozenset({"moderation_blocked", "content_policy_violation"})
_BROKE: Final = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
"""Sent with 429 and 400, though no pause helps. [MEM]: the documents name them, the statuses are from memory."""
_USAGE: Final = {
    ("input_tokens",): "input_tokens",
    ("output_tokens",): "output_tokens",
    ("total_tokens",): "total_tokens",
    ("input_tokens_details", "text_tokens"): "input_text_tokens",
    ("input_tokens_details", "image_tokens"): "input_image_tokens",
}
"""Where the tokens are counted that a call is billed for, and what they are called here."""


async def parts_of(fields: Mapping[str, str | int], pictures: Sequence[bytes], mask: bytes | None = None) -> list[Part]:
    """Return the parts of a form: fields, pictures, and a mask of ours as they take it, see-through where it changes.

    The mask has to be a PNG with alpha, as large as the first picture.
    """
    name = "image" if len(pictures) == 1 else "image[]"
    parts: list[Part] = [(field, (None, str(value), None)) for field, value in fields.items()]
    for number, picture in enumerate(pictures):
        mime = measure(picture).mime
        parts.append((name, (f"image-{number}.{mime.rpartition('/')[2]}", picture, mime)))
    if mask is not None:
        cleared = await asyncio.to_thread(see_through, mask)
        parts.append(("mask", ("mask.png", cleared, "image/png")))
    return parts


def outcome_of(answer: Answer, line: Line, offer: Offer) -> Finished | Pending:
    """Return what came of a call: a picture, or the address where it lies as a ticket.

    Raises:
        ContentRefused, ProviderFailed: as `refusal` says.
        ProviderMisbehaved: there is no picture in it.
    """
    if not answer.ok:
        raise refusal(answer, line, offer)
    request = answer.headers.get("x-request-id", "")
    match answer.json():
        case {"data": [{"b64_json": str(encoded)}, *_], **more}:
            try:
                data = base64.b64decode(encoded, validate=True)
            except (binascii.Error, ValueError) as error:
                raise line.misbehaved("its picture is no base64") from error
            return Finished(images=(Produced(data=data, facts=usage(more.get("usage"))),), request_id=request)
        case {"data": [{"url": str(address)}, *_]}:
            return Pending(ticket=address, after_s=0, request_id=request)
        case _:
            raise line.misbehaved("its answer holds no picture")


async def fetched(ticket: str, line: Line) -> Finished:
    """Return the picture that lies at an address.

    Raises:
        ProviderFailed: as `Line.fetch` says.
    """
    return Finished(images=(Produced(data=await line.fetch(ticket)),))


def refusal(answer: Answer, line: Line, offer: Offer) -> StudioError:
    """Return what an error means: `{"error": {"message", "type", "param", "code"}}`, or words in any other shape."""
    said, code = _said(answer)
    label = line.reach.label
    if code in _FORBIDDEN:
        return ContentRefused(detail=f"{label}'s policy forbids this. {redacted(said, line.reach.key)}")
    if code in _BROKE:
        detail = f"The account at {label} has no credits left: {redacted(said, line.reach.key)}"
        return KeyRefused(detail=detail, provider=line.reach.provider, model=offer.model)
    error = line.trouble(answer, said)
    if isinstance(error, ProviderFailed):
        error.model = offer.model
    return error


def _said(answer: Answer) -> tuple[str, str | None]:
    match answer.json():
        case {"error": {"message": str(said), **more}}:
            code = more.get("code")
            return said, code if isinstance(code, str) else None
        case {"error": str(said)} | {"detail": str(said)} | {"message": str(said)}:
            return said, None
        case _:
            return "it gave no reason", None


def usage(told: object) -> Facts:
    """Return the tokens that a call was billed for, by their names."""
    tokens: Facts = {name: number for path, name in _USAGE.items() if (number := _at(told, path)) is not None}
    return {"usage": tokens} if tokens else {}


def _at(told: object, path: tuple[str, ...]) -> int | None:
    for name in path:
        told = cast("dict[str, object]", told).get(name) if isinstance(told, dict) else None
    return told if isinstance(told, int) and not isinstance(told, bool) and told >= 0 else None
