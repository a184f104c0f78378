"""Who runs models behind the router: how each is asked, and how each answers.

Source: the `huggingface_hub` package 2.4.0, whose requests these are like (read 2026-11-23); the vendors' own documents
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from backend.errors import ProviderFailed, ProviderRefused
from backend.providers.base import Finished, Pending, Produced
from backend.providers.huggingface import answers
from backend.providers.redaction import redacted
from backend.providers.tickets import Ticket
from backend.providers.wavespeed import answers as wavespeed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from pydantic import JsonValue

    from backend.providers.http import Answer, Line

    Fields = Mapping[str, JsonValue]

_QUEUED: Final = "fal-queue"
_PREDICTED: Final = "replicate"
_POLL_S: Final = 1.0
_QUEUE: Final = "?_subdomain=queue"
_REQUEST: Final = re.compile(r"(?:https://[\w.-]+|http://[\w.:-]+)?/((?:[\w-]+(?:\.[\w-]+)*/)+requests/[\w-]{1,128})")
_NUMBER: Final = re.compile(r"[\w-]{1,128}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request: the model's name at whoever runs it, and its fields."""

    name: str
    fields: Fields
    changes: bool
    """True if it works on a picture."""


class Begun(Protocol):
    """Reads the answer to a request."""

    async def __call__(self, line: Line, answer: Answer, seed: int | None) -> Finished | Pending:
        """Return the picture, or a ticket for it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One of those who run models."""

    path: Callable[[Sent], str]
    body: Callable[[Sent], JsonValue]
    begun: Begun
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


# --- Hugging Face's own servers


async def _bytes(line: Line, answer: Answer, seed: int | None) -> Finished:
    if not answer.headers.get("content-type", "").startswith("image/"):
        raise line.misbehaved("its answer is no picture")
    return Finished(images=(Produced(data=answer.body, seed=seed),))


def _parted(sent: Sent) -> JsonValue:
    """Return what a model reads, and apart from it how it is to work."""
    return {
        "inputs": sent.fields.get("inputs"),
        "parameters": {name: value for name, value in sent.fields.items() if name != "inputs"},
    }


# --- fal: what makes pictures answers at once, what changes them goes into a queue


async def _fal(line: Line, answer: Answer, seed: int | None) -> Finished | Pending:
    told = answer.json()
    match told:
        case {"request_id": str(), "response_url": str(url)} if found := _REQUEST.fullmatch(url):
            return Pending(ticket=str(Ticket(way=_QUEUED, of=found[1], seed=seed)), after_s=_POLL_S)
        case _:
            return answers.listed(line, told, seed)


async def _fal_again(line: Line, ticket: Ticket) -> Finished | Pending:
    if not _REQUEST.fullmatch(f"/{ticket.of}"):
        raise ProviderRefused(detail="This ticket is none of fal's.", provider=line.reach.provider)
    match _good(line, await line.ask(f"/fal-ai/{ticket.of}/status{_QUEUE}")):
        case {"status": "COMPLETED"}:
            told = _good(line, await line.ask(f"/fal-ai/{ticket.of}{_QUEUE}"))
            return answers.listed(line, told, ticket.seed)
        case {"status": str(status)}:
            return Pending(ticket=str(ticket), after_s=_POLL_S, progress=0.5 if status == "IN_PROGRESS" else None)
        case _:
            raise line.misbehaved("it does not say how far it is")


# --- Replicate: waits up to a minute, then gives a number


async def _replicate(line: Line, answer: Answer, seed: int | None) -> Finished | Pending:
    return _predicted(line, answer.json(), seed)


async def _replicate_again(line: Line, ticket: Ticket) -> Finished | Pending:
    if not _NUMBER.fullmatch(ticket.of):
        raise ProviderRefused(detail="This ticket is none of Replicate's.", provider=line.reach.provider)
    return _predicted(line, _good(line, await line.ask(f"/replicate/v1/predictions/{ticket.of}")), ticket.seed)


def _predicted(line: Line, told: answers.Told, seed: int | None) -> Finished | Pending:
    match told:
        case {"status": "failed" | "canceled" | "aborted", "error": why}:
            said = str(why or "it gave no reason")
            words = redacted(said, line.reach.key)
            failed = ProviderFailed(detail=f"Replicate gave the work up: {words}", provider=line.reach.provider)
            raise answers.forbidden(line, said) or failed
        case {"output": str(url)} | {"output": [str(url), *_]}:
            return answers.lying(line, url, seed)
        case {"id": str(number)} if _NUMBER.fullmatch(number):
            return Pending(ticket=str(Ticket(way=_PREDICTED, of=number, seed=seed)), after_s=2 * _POLL_S)
        case _:
            raise line.misbehaved("its answer holds no picture")


def _versioned(sent: Sent) -> JsonValue:
    body: dict[str, JsonValue] = {"input": dict(sent.fields)}
    _, colon, version = sent.name.partition(":")
    return {**body, "version": version} if colon else body


def _predictions(sent: Sent) -> str:
    return "/replicate/v1/predictions" if ":" in sent.name else f"/replicate/v1/models/{sent.name}/predictions"


# --- Together and Nscale: as OpenAI's


async def _images(line: Line, answer: Answer, seed: int | None) -> Finished:
    match answer.json():
        case {"data": [{"b64_json": text}, *_]}:
            return answers.encoded(line, text, seed)
        case _:
            raise line.misbehaved("its answer holds no picture")


def _named(sent: Sent) -> JsonValue:
    return {**sent.fields, "model": sent.name}


# --- WaveSpeed, as it is spoken to directly


async def _wavespeed(line: Line, answer: Answer, seed: int | None) -> Pending:
    return wavespeed.begun(line, wavespeed.task(line, answer), seed)


async def _wavespeed_again(line: Line, ticket: Ticket) -> Finished | Pending:
    answer = await line.ask(f"/wavespeed{wavespeed.path_of(ticket, line.reach.provider)}")
    return await wavespeed.finished(line, wavespeed.task(line, answer), ticket)


ROUTES: Final[Mapping[str, Route]] = {
    "hf-inference": Route(
        path=lambda sent: f"/hf-inference/models/{sent.name}",
        body=_parted,
        begun=_bytes,
        headers={"accept": "image/png"},
    ),
    "fal-ai": Route(
        path=lambda sent: f"/fal-ai/{sent.name}{_QUEUE if sent.changes else ''}",
        body=lambda sent: dict(sent.fields),
        begun=_fal,
    ),
    "replicate": Route(path=_predictions, body=_versioned, begun=_replicate, headers={"prefer": "wait"}),
    "together": Route(path=lambda _: "/together/v1/images/generations", body=_named, begun=_images),
    "nscale": Route(path=lambda _: "/nscale/v1/images/generations", body=_named, begun=_images),
    "wavespeed": Route(
        path=lambda sent: f"/wavespeed/api/v3/{sent.name}", body=lambda sent: dict(sent.fields), begun=_wavespeed
    ),
}
"""By their names at Hugging Face."""
_AGAIN: Final[Mapping[str, Callable[[Line, Ticket], Awaitable[Finished | Pending]]]] = {
    answers.URL: answers.fetched,
    _QUEUED: _fal_again,
    _PREDICTED: _replicate_again,
    wavespeed.WAY: _wavespeed_again,
}


def way_of(name: str) -> Callable[[Line, Ticket], Awaitable[Finished | Pending]] | None:
    """Return how a ticket's work is asked for again; None if nobody gives such tickets."""
    return _AGAIN.get(name)


def _good(line: Line, answer: Answer) -> answers.Told:
    """Return what a success tells.

    Raises:
        StudioError: it is none.
    """
    if answer.ok:
        return answer.json()
    raise answers.trouble(line, answer)
