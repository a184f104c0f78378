"""Signing in at another issuer: the way there, and the way back."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from backend.errors import IdentityRefused, IdentityUnavailable, NotFound, StudioError, TokenInvalid, TooManyAttempts
from backend.routers.cookies import home_of, keep_session
from backend.routers.deps import PUBLIC, Access, get_container
from backend.schemas.identity import SignInOptions
from backend.services.identity_service import Answer, IdentityService

router = APIRouter(prefix="/api/account", tags=["sign-in"])

ATTEMPT = "image_studio_attempt"
"""The cookie by which a browser proves that it is the one that went to sign in."""
PATH = "/api/account/oidc"
LONGEST = 4000
TO = Query(max_length=LONGEST, description="The path of the studio to come back to.")
Word = Annotated[str, Query(max_length=LONGEST)]


@router.get("/sign-in-options", openapi_extra=PUBLIC)
async def sign_in_options(request: Request, access: Access) -> SignInOptions:
    """Tell which ways to sign in there are."""
    identity = get_container(request).identity
    return SignInOptions(password=access.by_password, issuer=identity.option if identity else None)


@router.get("/oidc/start", openapi_extra=PUBLIC, status_code=303, response_class=RedirectResponse)
async def start(request: Request, to: Annotated[str, TO] = "/") -> Response:
    """Send a browser to sign in at the issuer. It comes back to `to`, signed in."""
    try:
        kept = request.cookies.get(ATTEMPT, "")
        going = await _identity(request).depart(to=to, browser=kept, home=home_of(request), address=_address(request))
    except (IdentityUnavailable, TooManyAttempts) as error:
        return _to_the_door(error, to)
    answer = _redirect(going.url)
    answer.set_cookie(
        ATTEMPT,
        going.browser,
        max_age=3600,
        path=PATH,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


@router.get("/oidc/callback", openapi_extra=PUBLIC, status_code=303, response_class=RedirectResponse)
async def callback(request: Request, state: Word = "", code: Word = "", error: Word = "", iss: Word = "") -> Response:
    """Take a browser back from the issuer: signed in, or to the sign-in page, which says what was wrong."""
    kept = request.cookies.get(ATTEMPT, "")
    back = Answer(state=state, browser=kept, code=code, error=error, sender=iss or None)
    try:
        arrival = await _identity(request).arrive(back, home=home_of(request), address=_address(request))
    except (IdentityRefused, IdentityUnavailable, TokenInvalid, TooManyAttempts) as problem:
        return _to_the_door(problem, "/")
    answer = _redirect(arrival.to)
    keep_session(request, answer, arrival.signed_in)
    return answer


def _identity(request: Request) -> IdentityService:
    identity = get_container(request).identity
    if identity is None or identity.option is None:
        raise NotFound(detail="This studio has no other issuer to sign in at.")
    return identity


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _to_the_door(problem: StudioError, to: str) -> Response:
    told = {"problem": problem.slug, "reason": getattr(problem, "reason", "")} | ({"to": to} if to != "/" else {})
    return _redirect(f"/signin?{urlencode(told)}")


def _redirect(url: str) -> Response:
    # The address that brought the browser here holds a code: no page may learn it, and nothing may keep it.
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return RedirectResponse(url, status_code=303, headers=headers)
