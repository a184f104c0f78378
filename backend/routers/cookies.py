"""The browser's session in its cookie, and the address that browsers know the studio by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.routers.deps import COOKIE, get_container

if TYPE_CHECKING:
    from fastapi import Request, Response

    from backend.schemas.account import SignedIn


def keep_session(request: Request, response: Response, signed_in: SignedIn) -> None:
    """Let the browser keep a session: no script reads it, no other site's form sends it."""
    response.set_cookie(
        COOKIE,
        signed_in.token,
        expires=signed_in.expires_at,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def forget_session(response: Response) -> None:
    """Let the browser forget its session."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")


def home_of(request: Request) -> str:
    """Return the address that browsers know the studio by, without a slash at its end."""
    asked = f"{request.url.scheme}://{request.url.netloc}"
    return get_container(request).settings.home(asked)
