"""Signing in and out, and the people and keys of a workspace."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.responses import JSONResponse

from backend.errors import NotAllowed
from backend.routers.cookies import forget_session, home_of, keep_session
from backend.routers.deps import PUBLIC, Access, Admin, CurrentUser, Reader, get_container, token_of
from backend.schemas.account import (
    AccountView,
    KeyForm,
    KeyList,
    LinkForm,
    LoginForm,
    NewKey,
    PasswordForm,
    SignedIn,
    SignInToken,
    UserChange,
    UserForm,
    UserList,
    UserView,
)
from backend.schemas.base import KeyId, UserId
from backend.schemas.identity import SignedOut

sign_in = APIRouter(prefix="/api/auth", tags=["sign-in"])
account = APIRouter(prefix="/api/account", tags=["account"])

Id = Path(max_length=64)


@sign_in.post("/link", openapi_extra=PUBLIC)
async def redeem_link(request: Request, response: Response, access: Access, form: LinkForm) -> SignedIn:
    """Use up a sign-in link: opens a session, in the cookie and in `token`."""
    return _remembered(request, response, await access.redeem(form.token))


@sign_in.post("/login", openapi_extra=PUBLIC)
async def login(request: Request, response: Response, access: Access, form: LoginForm) -> SignedIn:
    """Sign in with an e-mail address and a password: opens a session, in the cookie and in `token`."""
    address = request.client.host if request.client else "unknown"
    return _remembered(request, response, await access.login(form, address=address))


@sign_in.post(
    "/logout",
    status_code=204,
    response_class=Response,
    response_model=None,
    responses={200: {"model": SignedOut, "description": "Signed out here; another issuer still knows the browser."}},
)
async def logout(request: Request, caller: Reader, access: Access) -> Response:
    """End the session that this is asked with. A key stays as it is.

    A session that another issuer vouched for answers 200 with `continue_at`, where that issuer offers to sign out.
    """
    issuer = await access.logout(token_of(request) or "") if caller.key_id is None else None
    identity = get_container(request).identity
    onward = await identity.farewell(issuer, home=home_of(request)) if identity else None
    answer = JSONResponse(SignedOut(continue_at=onward).model_dump()) if onward else Response(status_code=204)
    forget_session(answer)
    return answer


@sign_in.get("/session")
async def session(caller: CurrentUser, access: Access) -> AccountView:
    """Tell who is signed in, where, and as what."""
    return await access.account(caller)


@account.put("/password")
async def change_password(
    request: Request, response: Response, caller: Reader, access: Access, form: PasswordForm
) -> SignedIn:
    """Change one's own password: ends all one's sessions and opens a new one."""
    return _remembered(request, response, await access.change_password(caller, form))


@account.get("/users")
async def list_users(caller: Admin, access: Access) -> UserList:
    """List the people of the workspace."""
    return await access.people.listed(caller)


@account.post("/users", status_code=201)
async def add_user(caller: Admin, access: Access, form: UserForm) -> UserView:
    """Add a person to the workspace. They sign in by the given password, or by a link made for them."""
    return await access.people.add(caller, form)


@account.patch("/users/{user_id}")
async def change_user(caller: Admin, access: Access, user_id: Annotated[str, Id], change: UserChange) -> UserView:
    """Change a person's name, e-mail address or role, or whether they may sign in."""
    return await access.people.change(caller, UserId(user_id), change)


@account.post("/users/{user_id}/link", status_code=201)
async def make_link(caller: Admin, access: Access, user_id: Annotated[str, Id]) -> SignInToken:
    """Make a link that signs a person in once: `/signin?token=…` in the frontend."""
    if not access.by_password:
        raise NotAllowed(detail="People sign in at the issuer here; `image-studio link` prints a link.", needs="shell")
    return await access.new_link(caller, UserId(user_id))


@account.get("/keys")
async def list_keys(caller: Admin, access: Access) -> KeyList:
    """List the workspace's API keys, without their secrets."""
    return await access.keys(caller)


@account.post("/keys", status_code=201)
async def create_key(caller: Admin, access: Access, form: KeyForm) -> NewKey:
    """Make an API key that speaks for the caller. Its secret is shown this once."""
    return await access.create_key(caller, form)


@account.delete("/keys/{key_id}", status_code=204)
async def revoke_key(caller: Admin, access: Access, key_id: Annotated[str, Id]) -> None:
    """Revoke an API key for good."""
    await access.revoke_key(caller, KeyId(key_id))


def _remembered(request: Request, response: Response, signed_in: SignedIn) -> SignedIn:
    keep_session(request, response, signed_in)
    return signed_in
