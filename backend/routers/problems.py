"""Errors as answers: `application/problem+json` of RFC 9457, for whatever went wrong."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from backend.errors import (
    DatabaseBusy,
    DatabaseUnavailable,
    FieldError,
    IdentityUnavailable,
    InvalidRequest,
    MalformedBody,
    NotFound,
    ProviderRateLimited,
    QuotaExceeded,
    SignInRequired,
    StudioError,
    TokenInvalid,
    TooLarge,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.types import Scope

log = structlog.get_logger()

Problem = dict[str, Any]
"""A problem of RFC 9457. Any: each problem type has members of its own."""
SAFE_TO_REPEAT = (DatabaseBusy, IdentityUnavailable, ProviderRateLimited, QuotaExceeded)
"""Refused before anything could cost money; clients that repeat by themselves may."""
WHOLE_FORM = frozenset({"missing", "value_error", "assertion_error"})
"""What can be wrong with a JSON object as a whole; anything else said of it means that it is none."""
MOST_ERRORS = 50
LONGEST = 300


class Carried(HTTPException):
    """Takes an error of ours through code that lets HTTPException pass and swallows all others."""

    def __init__(self, error: StudioError) -> None:
        super().__init__(error.status)
        self.error = error


def install(app: FastAPI) -> None:
    """Answer every error of the app as a problem."""
    app.add_exception_handler(StudioError, _on_studio_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(Exception, _on_anything_else)


def answer(error: StudioError, scope: Scope) -> Response:
    """Return the answer for an error of ours."""
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("request.failed", slug=error.slug, status=error.status, detail=str(error))
    problem = error.problem()
    if theirs := problem.pop("request_id", None):
        problem["provider_request_id"] = theirs
    return _response(problem, scope, headers=_headers(error))


def retold(problem: Problem, scope: Scope, members: Problem) -> Response:
    """Return the answer for a problem that was stored with a job, with members of the present answer."""
    headers = _patience(problem["status"], safe=False)
    return _response({**problem, **members}, scope, headers=headers)


def _response(problem: Problem, scope: Scope, *, headers: Mapping[str, str]) -> Response:
    request_id = scope.get("state", {}).get("request_id", "")
    body: Problem = {"errors": [], **problem, "type": _page(problem["type"], scope), "request_id": request_id}
    if scope["path"].startswith("/v1/"):
        body["error"] = _as_openai(body)
    return Response(
        json.dumps(body).encode(),
        status_code=problem["status"],
        media_type="application/problem+json",
        headers={"X-Request-Id": request_id, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
        | dict(headers),
    )


def _page(kind: str, scope: Scope) -> str:
    """Return the address of the page about a type of problem, below the studio's base path."""
    return scope.get("root_path", "") + kind if kind.startswith("/") else kind


def _headers(error: StudioError) -> dict[str, str]:
    found: dict[str, str] = {}
    if isinstance(error, SignInRequired):
        wrong = ', error="invalid_token"' if isinstance(error, TokenInvalid) else ""
        found["WWW-Authenticate"] = f'Bearer realm="image-studio"{wrong}'
    if isinstance(error, QuotaExceeded | ProviderRateLimited | IdentityUnavailable):
        found["Retry-After"] = str(error.retry_after)
    return found | _patience(error.status, safe=_is_safe(error))


def _is_safe(error: StudioError) -> bool:
    if isinstance(error, DatabaseUnavailable):
        return not error.outcome_open
    return isinstance(error, SAFE_TO_REPEAT)


def _patience(status: int, *, safe: bool) -> dict[str, str]:
    """Return what keeps a client from paying twice: some repeat 408, 409, 429 and 5xx by themselves, without a key.

    Source: https://github.com/openai/openai-python/blob/main/src/openai/_base_client.py (read 2026-11-22), where the
    answer's `x-should-retry` has the last word.
    """
    repeated = status in {408, 409, 429} or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return {"x-should-retry": "false"} if repeated and not safe else {}


def _as_openai(problem: Problem) -> Problem:
    kinds = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}
    status = problem["status"]
    kind = kinds.get(status, "invalid_request_error" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "server_error")
    pointed = problem["errors"][0]["pointer"].lstrip("/") if problem["errors"] else None
    return {"message": problem.get("detail", problem["title"]), "type": kind, "param": pointed, "code": problem["code"]}


async def _on_studio_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, StudioError)
    return answer(error, request.scope)


async def _on_invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found: Sequence[Problem] = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return answer(MalformedBody(detail="The body is not well-formed JSON."), request.scope)
    if any(one["loc"] == ("body",) and one["type"] not in WHOLE_FORM for one in found):
        said = "The body is not what this address takes: send a JSON object as application/json."
        return answer(MalformedBody(detail=said), request.scope)
    errors = tuple(_field_error(one) for one in found[:MOST_ERRORS])
    first = f"{errors[0].pointer.lstrip('/')}: {errors[0].detail}".removeprefix(": ")
    more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
    return answer(InvalidRequest(detail=first + more, errors=errors), request.scope)


def _field_error(found: Problem) -> FieldError:
    """Return what is wrong with one field, without what was sent: that may be secret, huge or no JSON at all."""
    where, *path = found["loc"]
    pointer = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
    said = str(found["msg"]).removeprefix("Value error, ")
    origin = "" if where == "body" else f"{where}: "
    return FieldError(pointer=pointer[:LONGEST], detail=(origin + said)[:LONGEST])


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    match error:
        case Carried():
            return answer(error.error, request.scope)
        case HTTPException(status_code=400):
            return answer(MalformedBody(detail=error.detail), request.scope)
        case HTTPException(status_code=404):
            return answer(NotFound(detail="There is nothing at this address."), request.scope)
        case HTTPException(status_code=413):
            return answer(TooLarge(detail="The body is larger than the studio takes."), request.scope)
        case _:
            return _plain(error.status_code, request.scope, error.headers or {})


async def _on_anything_else(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw with the request id and no word of ours: the log has the rest."""
    request_id = request.scope.get("state", {}).get("request_id", "")
    log.error("request.broke", request_id=request_id, path=request.scope["path"], exc_info=error)
    return _plain(HTTPStatus.INTERNAL_SERVER_ERROR, request.scope, {})


def _plain(status: int, scope: Scope, headers: Mapping[str, str]) -> Response:
    title = HTTPStatus(status).phrase
    problem = {"type": "about:blank", "title": title, "status": int(status), "detail": title + "."}
    code = title.lower().replace(" ", "-")
    return _response({**problem, "code": code}, scope, headers={**headers, **_patience(status, safe=False)})
