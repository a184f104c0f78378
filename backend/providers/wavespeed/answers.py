"""What the vendor's answers mean: one envelope for everything, with failures in answers of status 200 as well.

Source: https://wavespeed.ai/docs/error-codes (read 2026-11-23), https://wavespeed.ai/docs/get-result (read 2026-11-22)
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

from backend.errors import ContentRefused, ProviderFailed, ProviderRefused
from backend.providers.base import Finished, Pending, Produced
from backend.providers.redaction import redacted
from backend.providers.tickets import Ticket

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.errors import StudioError
    from backend.providers.http import Answer, Line
    from backend.schemas.base import Facts

WAY: Final = "task"
POLL_S: Final = 1.0
"""As the vendor's own package waits between two looks."""
_NUMBER: Final = re.compile(r"[\w-]{1,128}")
_ENDED: Final = frozenset({"completed", "failed", "cancelled", "timeout", "deleted"})
"""All else is on its way: the vendor's own package takes it so."""
_MODERATED: Final = 1200
_FAILURES: Final[Mapping[int, str]] = {
    1400: "misses a parameter",
    1401: "refused a parameter",
    1402: "could not read the picture",
    1403: "could not do the work",
    1405: "failed at the work",
    5000: "is in trouble",
    5003: "is out of service",
    5004: "took too long",
}
"""What a failed task's code means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One piece of work at the vendor's."""

    id: str
    status: str
    code: int = 0
    said: str = ""
    outputs: tuple[str, ...] = field(default=(), repr=False)
    indecent: bool = False
    facts: Facts = field(default_factory=dict)


def task(line: Line, answer: Answer) -> Task:
    """Return the task that an answer tells of.

    Raises:
        ProviderFailed: it tells of an error instead.
        ProviderMisbehaved: it tells nothing.
    """
    told = answer.json()
    match told:
        case {"code": int(code), "message": str(said)} if code != HTTPStatus.OK or not answer.ok:
            raise _trouble(line, replace(answer, status=code) if answer.ok else answer, said)
        case _ if not answer.ok:
            raise _trouble(line, answer, "it gave no reason")
        case {"data": {"id": str(number), "status": str(status), **more}} if _NUMBER.fullmatch(number):
            return Task(
                id=number,
                status=status,
                code=_whole(more.get("code")),
                said=str(more.get("error") or ""),
                outputs=tuple(one for one in _listed(more.get("outputs")) if isinstance(one, str)),
                indecent=any(flag is True for flag in _listed(more.get("has_nsfw_contents"))),
                facts=_timings(more.get("timings")),
            )
        case _:
            raise line.misbehaved("its answer tells of no task")


def begun(line: Line, found: Task, seed: int | None) -> Pending:
    """Return the ticket of work that was handed in: even where it is done, since its picture may have to be fetched.

    Raises:
        ContentRefused, ProviderFailed: it has failed already.
    """
    if found.status in _ENDED - {"completed"}:
        raise failure(line, found)
    ticket = Ticket(way=WAY, of=found.id, seed=seed)
    return Pending(ticket=str(ticket), after_s=0 if found.status == "completed" else POLL_S, request_id=found.id)


def path_of(ticket: Ticket, provider: str) -> str:
    """Return where a task's result is told.

    Raises:
        ProviderRefused: the ticket is for something else.
    """
    if ticket.way == WAY and _NUMBER.fullmatch(ticket.of):
        return f"/api/v3/predictions/{ticket.of}/result"
    raise ProviderRefused(detail="This ticket is for no task of WaveSpeed's.", provider=provider)


async def finished(line: Line, found: Task, ticket: Ticket) -> Finished | Pending:
    """Return the picture of a task, or that it is still at work.

    Raises:
        ContentRefused, ProviderFailed: it failed, or its picture was held back.
    """
    if found.status not in _ENDED:
        return Pending(ticket=str(ticket), after_s=POLL_S, request_id=found.id)
    if found.indecent or found.status != "completed":
        raise failure(line, found)
    if not found.outputs:
        raise line.misbehaved("its task is done and has no picture")
    picture = Produced(data=await opened(line, found.outputs[0]), seed=ticket.seed, facts=found.facts)
    return Finished(images=(picture,), request_id=found.id)


async def opened(line: Line, output: str) -> bytes:
    """Return the picture that an output names or holds: at an address, as an address of data, or as bare base64.

    Raises:
        ProviderMisbehaved: it holds none.
    """
    if output.startswith(("https://", "http://")):
        return await line.fetch(output)
    encoded = output.partition(";base64,")[2] if output.startswith("data:") else output
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise line.misbehaved("its picture is no base64") from error


def failure(line: Line, found: Task) -> StudioError:
    """Return what it means that a task ended without a picture that may be kept."""
    label, words = line.reach.label, redacted(found.said or "it gave no reason", line.reach.key)
    about = {"provider": line.reach.provider, "request_id": found.id}
    if found.indecent:
        return ContentRefused(detail=f"{label} holds the picture for indecent and keeps it back.")
    if found.code == _MODERATED:
        return ContentRefused(detail=f"{label}'s policy forbids this. {words}")
    what = _FAILURES.get(found.code, f"ended the task as {redacted(found.status)}")
    return ProviderFailed(detail=f"{label} {what}: {words}", **about)


def _trouble(line: Line, answer: Answer, said: str) -> StudioError:
    """Return what an error status means; in answers of 200 the envelope's code stands for the status."""
    if answer.status in _FAILURES or answer.status == _MODERATED:
        return failure(line, Task(id="", status="failed", code=answer.status, said=said))
    return line.trouble(answer, said)


def _listed(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _timings(value: object) -> Facts:
    match value:
        case {"inference": int(milliseconds)}:
            return {"inference_ms": milliseconds}
        case _:
            return {}
