"""Stability AI's v2beta API: pictures, edits, enlargements, controls, tickets and the balance.

Source: https://platform.stability.ai/docs/api-reference (read 2026-11-22, as its OpenAPI document). What that does not
say is taken from requests that others describe: the words of 401 and 402, and that 401 quotes a part of the key.
"""

from __future__ import annotations

import base64
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, Response

from tests.fakes.provider_server import stability_pictures as pictures
from tests.fakes.provider_server.stability_contract import Sent, contract, troubles
from tests.fakes.provider_server.vendor import Vendor, Way, world_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

KEY, OTHER_KEY = "sk-fake-key-to-stable-images", "sk-fake-key-of-another"
FORBIDDEN, SHOWN, FAMOUS, FOREIGN = "forbidden-by-policy", "filtered-by-policy", "famous-person", "auf-deutsch"
"""Words that are refused, that make something that is blurred, that mean a face nobody may show, and no English."""
POLLS = 2
"""How often a ticket is asked for until it is ready."""
ERRORS: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", "some-field: is required"),
    401: ("unauthorized", "authorization: invalid or missing header value"),
    402: ("payment_required", "You lack sufficient credits to make this request."),
    403: ("content_moderation", "Your request was flagged by our content moderation system."),
    404: ("generation_not_found", "id: the generation either does not exist or has expired."),
    413: ("payload_too_large", "body: payloads cannot be larger than 10MiB in size"),
    422: ("invalid_language", "English is the only supported language for this service."),
    429: ("rate_limit_exceeded", "You have exceeded the rate limit of 150 requests within a 10 second period."),
    500: ("internal_error", "An unexpected server error has occurred, please try again later."),
}
FACE = "Our system detected the likeness of a public figure in your image."
MISDEEDS = {FORBIDDEN: (403, "", ""), FAMOUS: (422, FACE, "public_figure"), FOREIGN: (422, "", "")}


@dataclass(slots=True)
class Ticket:
    """Work that was taken in."""

    key: str
    begun: float
    data: bytes
    kind: str
    ended: str
    seed: str
    polls: int = 0
    asked: float = float("-inf")


@dataclass(slots=True)
class Account:
    """What the vendor remembers: credits, tickets, and when requests came."""

    credits: float = 1000.0
    charged: list[float] = field(default_factory=list)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    came: deque[float] = field(default_factory=deque)
    shut_until: float = float("-inf")
    strict_polls: bool = False
    """True if polls within 10 seconds are refused, which needs somebody who moves the clock."""


def refused(status: int, said: str = "", headers: Mapping[str, str] | None = None, name: str = "") -> Response:
    """Return an error as Stability AI words them."""
    own, words = ERRORS.get(status, ("error", "something went wrong"))
    request = uuid4().hex
    known = "rate_limit_exceeded" if status == 429 else request
    body = {"id": known, "name": name or own, "errors": [said or words]}
    return JSONResponse(body, status, headers={"x-request-id": request, **(headers or {})})


async def begin(request: Request) -> Response:
    """Make a picture of a form, or give a ticket for it."""
    account, path = world_of(request).of(Account), request.url.path.removeprefix("/stability")
    body = await request.body()
    if wrong := _at_the_door(request, account, body):
        return wrong
    sent = await _form(request)
    if isinstance(sent, Response):
        return sent
    if found := troubles(path, sent):
        return refused(400, found[0])
    words = " ".join(sent.fields.values())
    if misdeed := next((told for word, told in MISDEEDS.items() if word in words), None):
        return refused(misdeed[0], misdeed[1], name=misdeed[2])
    return _answered(request, account, path, sent)


def _at_the_door(request: Request, account: Account, body: bytes) -> Response | None:
    now, rate = world_of(request).clock.now, contract()["rate"]
    if request.headers.get("authorization") not in {f"Bearer {KEY}", f"Bearer {OTHER_KEY}"}:
        quoted = request.headers.get("authorization", "").removeprefix("Bearer ")
        return refused(401, f"authorization: invalid or missing header value: {quoted[:7]}***********{quoted[-4:]}")
    while account.came and account.came[0] <= now - rate["seconds"]:
        account.came.popleft()
    if now < account.shut_until or len(account.came) >= rate["requests"]:
        account.shut_until = max(account.shut_until, now + rate["pause"]) if account.came else account.shut_until
        return refused(429)
    account.came.append(now)
    if len(body) > contract()["most_bytes"]:
        return refused(413)
    return None


async def _form(request: Request) -> Sent | Response:
    """Return the parts of a multipart form, each of which comes once."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data; boundary="):
        return refused(400, "content-type: must be multipart/form-data")
    fields: dict[str, str] = {}
    files: dict[str, bytes] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if name in {*fields, *files}:
                return refused(400, f"{name}: came twice")
            if isinstance(value, UploadFile):
                files[name] = await value.read()
            else:
                fields[name] = value
    return Sent(fields=fields, files=files)


def _answered(request: Request, account: Account, path: str, sent: Sent) -> Response:
    row, accept = contract()["paths"][path], request.headers.get("accept", "image/*")
    if not row.get("later") and accept not in {"image/*", "application/json"}:
        return refused(400, "accept: must be one of image/*, application/json")
    price = row["credits"]
    price = price[sent.fields.get("model", "sd3.5-large")] if isinstance(price, dict) else price
    if account.credits < price:
        return refused(402)
    account.credits -= price
    account.charged.append(price)
    image, kind = pictures.made(path, row, sent), sent.fields.get("output_format", "png")
    is_shown = any(SHOWN in value for value in sent.fields.values())
    data = pictures.encoded(pictures.blurred(image) if is_shown else image, kind)
    ended = "CONTENT_FILTERED" if is_shown else "SUCCESS"
    seed = sent.fields.get("seed", "0").partition(".")[0]
    done = Ticket(
        key=request.headers["authorization"],
        begun=world_of(request).clock.now,
        data=data,
        kind=kind,
        ended=ended,
        seed=seed if seed != "0" else "343940597",
    )
    if not row.get("later"):
        return _shown(done, accept)
    name = uuid4().hex + uuid4().hex
    account.tickets[name] = done
    return JSONResponse({"id": name}, headers={"x-request-id": uuid4().hex})


def _shown(done: Ticket, accept: str) -> Response:
    """Return a picture: as bytes with its facts in the headers, or all of it in JSON."""
    headers = {"x-request-id": uuid4().hex}
    if accept != "application/json":
        told = {"finish-reason": done.ended, "seed": done.seed}
        return Response(done.data, media_type=f"image/{done.kind}", headers={**headers, **told})
    body = {
        "image": base64.b64encode(done.data).decode(),
        "finish_reason": done.ended,
        "seed": int(done.seed),
    }
    return JSONResponse(body, headers={**headers, "content-type": f"application/json; type=image/{done.kind}"})


async def result(request: Request) -> Response:
    """Tell what became of a ticket."""
    account, now = world_of(request).of(Account), world_of(request).clock.now
    if wrong := _at_the_door(request, account, b""):
        return wrong
    accept = request.headers.get("accept", "*/*")
    if accept not in {"*/*", "image/*", "application/json"}:
        return refused(400, "accept: must be one of */*, application/json")
    name = request.path_params["id"]
    ticket = account.tickets.get(name)
    is_theirs = ticket is not None and ticket.key == request.headers["authorization"]
    if ticket is None or not is_theirs or now - ticket.begun >= contract()["kept_seconds"]:
        return refused(404)
    if account.strict_polls and now - ticket.asked < contract()["poll_seconds"]:
        return refused(429)
    ticket.polls, ticket.asked = ticket.polls + 1, now
    if ticket.polls < POLLS:
        waiting = {"id": name, "status": "in-progress"}
        return JSONResponse(waiting, 202, headers={"x-request-id": uuid4().hex})
    return _shown(ticket, accept)


async def balance(request: Request) -> Response:
    """Tell how many credits are left, in the manner of the older API."""
    if request.headers.get("authorization") not in {f"Bearer {KEY}", f"Bearer {OTHER_KEY}"}:
        body = {"id": uuid4().hex, "name": "unauthorized", "message": "missing authorization header"}
        return JSONResponse(body, 401)
    return JSONResponse({"credits": world_of(request).of(Account).credits})


VENDOR = Vendor(
    name="stability",
    key=KEY,
    ways=(
        *(Way(method="POST", path=path, endpoint=begin) for path in contract()["paths"]),
        Way(method="GET", path="/v2beta/results/{id}", endpoint=result, stage="poll"),
        Way(method="GET", path="/v2beta/stable-image/upscale/creative/result/{id}", endpoint=result, stage="poll"),
        Way(method="GET", path="/v1/user/balance", endpoint=balance, stage="other"),
    ),
    refused=refused,
)
