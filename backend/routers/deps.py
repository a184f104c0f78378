"""What endpoints ask for by type: who calls, what they may, and the studio's rooms.

They are all coroutines, though none waits: FastAPI sends every other dependency to a thread, eight for one request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie, HTTPBearer

from backend.errors import NotAllowed, SignInRequired
from backend.schemas.base import Caller, Scope
from backend.services.access_service import AccessService
from backend.services.audit_service import AuditService
from backend.services.collection_service import CollectionService
from backend.services.content_asset_service import ContentAssetService
from backend.services.credit_service import CreditService
from backend.services.export_set_service import ExportSetService
from backend.services.export_zip import ExportZips
from backend.services.health_service import HealthService
from backend.services.image_studio.crop_service import CropService
from backend.services.image_studio.guide_service import GuideService
from backend.services.image_studio.preflight_service import PreflightService
from backend.services.image_studio.social_pictures import SocialPictures
from backend.services.image_studio.studio_manager import ImageStudioManager
from backend.services.image_studio.upscale_preview_service import UpscalePreviewService
from backend.services.job_service import JobService
from backend.services.library_bulk import LibraryBulk
from backend.services.library_figures import LibraryFigures
from backend.services.persona_service import PersonaService
from backend.services.quotas import Quotas
from backend.services.recipe_service import RecipeService
from backend.services.spending_service import SpendingService
from backend.services.verify_service import VerifyService

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from backend.container import Container

COOKIE = "image_studio_session"
"""The cookie that keeps a browser signed in."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""The methods that change nothing."""

PUBLIC: dict[str, Any] = {"security": []}
"""`openapi_extra` of a route that anybody may call. Any: OpenAPI has no narrower name."""
OPEN: dict[str, Any] = {"security": [{}, {"bearer": []}, {"session": []}]}
"""`openapi_extra` of a route that decides itself: credentials are looked at where there are some. Any: as above."""

RATES = "x-rates"
"""The member of a route's OpenAPI extra that says what its requests are counted as, where that is not by method."""
WORK: dict[str, Any] = {RATES: "work"}
"""`openapi_extra` of a route that admits jobs. Any: as above."""
WATCHING: dict[str, Any] = PUBLIC | {RATES: "watching"}
"""`openapi_extra` of a public route that tells whether the server is well; no limit may stop it. Any: as above."""
PICTURES: dict[str, Any] = OPEN | {RATES: "pictures"}
"""`openapi_extra` of an open route that shows pictures. Any: as above."""

_bearer = HTTPBearer(
    scheme_name="bearer", description="A session's token, an API key, or the issuer's token.", auto_error=False
)
_session = APIKeyCookie(name=COOKIE, scheme_name="session", description="A browser's session.", auto_error=False)


def get_container(request: Request) -> Container:
    """Return the studio's rooms."""
    return cast("Container", request.state.container)  # the lifespan puts it there


def token_of(connection: HTTPConnection) -> str | None:
    """Return the session's token or the API key that a request carries: the header's, else the cookie's."""
    header = connection.headers.get("authorization")
    if header is None:
        return connection.cookies.get(COOKIE)
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


async def get_optional_user(request: Request) -> Caller | None:
    """Return who calls, if anybody signed in does."""
    return _caller(request)


def _caller(request: Request) -> Caller | None:
    return cast("Caller | None", getattr(request.state, "caller", None))  # the edge puts it there


async def get_known_user(
    request: Request, _token: Annotated[object, Security(_bearer)], _cookie: Annotated[object, Security(_session)]
) -> Caller:
    """Return who calls.

    Raises:
        SignInRequired: nobody who is signed in.
    """
    caller = _caller(request)
    if caller is None:
        raise SignInRequired(detail="Sign in, or send an API key.")
    return caller


Known = Annotated[Caller, Depends(get_known_user)]


async def get_reader(caller: Known) -> Caller:
    """Return who calls, if they may look."""
    return _allowed(caller, "read")


async def get_writer(caller: Known) -> Caller:
    """Return who calls, if they may make, change and spend."""
    return _allowed(caller, "write")


async def get_admin(caller: Known) -> Caller:
    """Return who calls, if they may manage people, keys and credits."""
    return _allowed(caller, "admin")


async def get_current_user(request: Request, caller: Known) -> Caller:
    """Return who calls, if they may do what the method says: look, or change.

    Raises:
        NotAllowed: their role, or the key's scopes, do not allow it.
    """
    return _allowed(caller, "read" if request.method in SAFE else "write")


def _allowed(caller: Caller, needs: Scope) -> Caller:
    if needs not in caller.scopes:
        raise NotAllowed(detail=f"This needs the scope `{needs}`, which the caller does not have.", needs=needs)
    return caller


async def get_access(request: Request) -> AccessService:
    """Return the room of people and keys."""
    return get_container(request).access


async def get_studio(request: Request) -> ImageStudioManager:
    """Return the door into work."""
    return get_container(request).studio


async def get_guides(request: Request) -> GuideService:
    """Return who draws guides."""
    container = get_container(request)
    return GuideService(container.workbench, container.library)


async def get_crops(request: Request) -> CropService:
    """Return who says where files would be cut."""
    return get_container(request).crops


async def get_upscale_previews(request: Request) -> UpscalePreviewService:
    """Return who shows details enlarged."""
    return get_container(request).upscale_previews


async def get_preflights(request: Request) -> PreflightService:
    """Return who judges finished files."""
    return get_container(request).preflights


async def get_library(request: Request) -> ContentAssetService:
    """Return the library."""
    return get_container(request).library


async def get_collections(request: Request) -> CollectionService:
    """Return the workspace's collections."""
    container = get_container(request)
    return CollectionService(container.db, container.origin, container.library)


async def get_figures(request: Request) -> LibraryFigures:
    """Return who tells what there is in the library."""
    container = get_container(request)
    return LibraryFigures(container.db, container.library, container.quotas)


async def get_bulk(request: Request) -> LibraryBulk:
    """Return who changes many assets at once."""
    container = get_container(request)
    return LibraryBulk(container.db, clock=container.origin.clock)


async def get_jobs(request: Request) -> JobService:
    """Return the room of jobs."""
    return get_container(request).jobs


async def get_credits(request: Request) -> CreditService:
    """Return the purse."""
    return get_container(request).credits


async def get_spending(request: Request) -> SpendingService:
    """Return who tells what was made and spent."""
    return get_container(request).spending


async def get_export_sets(request: Request) -> ExportSetService:
    """Return the workspace's export sets."""
    return get_container(request).export_sets


async def get_zips(request: Request) -> ExportZips:
    """Return who makes archives."""
    return get_container(request).zips


async def get_pictures(request: Request) -> SocialPictures:
    """Return what puts pictures into answers about exports."""
    return get_container(request).social_pictures


async def get_verifier(request: Request) -> VerifyService:
    """Return who reads the marks of files."""
    return get_container(request).verifier


async def get_personas(request: Request) -> PersonaService:
    """Return the workspace's personas."""
    return get_container(request).personas


async def get_recipes(request: Request) -> RecipeService:
    """Return the workspace's recipes."""
    return get_container(request).recipes


async def get_quotas(request: Request) -> Quotas:
    """Return what the workspaces may use."""
    return get_container(request).quotas


async def get_audit(request: Request) -> AuditService:
    """Return what was written down."""
    return get_container(request).audit


async def get_health(request: Request) -> HealthService:
    """Return the one who tries whether everything works."""
    return get_container(request).health


CurrentUser = Annotated[Caller, Depends(get_current_user)]
"""Who calls; a call that changes something needs the scope `write`."""
Reader = Annotated[Caller, Depends(get_reader)]
"""Who calls, with the scope `read`: for calls that only ask, whatever their method."""
Writer = Annotated[Caller, Depends(get_writer)]
"""Who calls, with the scope `write`."""
Admin = Annotated[Caller, Depends(get_admin)]
"""Who calls, with the scope `admin`."""
OptionalUser = Annotated[Caller | None, Depends(get_optional_user)]
"""Who calls, if anybody: for routes that are OPEN."""
READS = [Depends(get_reader)]
"""`dependencies` of a route that needs the scope `read` and not to know who calls."""
Access = Annotated[AccessService, Depends(get_access)]
Studio = Annotated[ImageStudioManager, Depends(get_studio)]
Guides = Annotated[GuideService, Depends(get_guides)]
Library = Annotated[ContentAssetService, Depends(get_library)]
Collections = Annotated[CollectionService, Depends(get_collections)]
Figures = Annotated[LibraryFigures, Depends(get_figures)]
Bulk = Annotated[LibraryBulk, Depends(get_bulk)]
Jobs = Annotated[JobService, Depends(get_jobs)]
Credits = Annotated[CreditService, Depends(get_credits)]
Spent = Annotated[SpendingService, Depends(get_spending)]
Crops = Annotated[CropService, Depends(get_crops)]
UpscalePreviews = Annotated[UpscalePreviewService, Depends(get_upscale_previews)]
Preflights = Annotated[PreflightService, Depends(get_preflights)]
ExportSets = Annotated[ExportSetService, Depends(get_export_sets)]
Zips = Annotated[ExportZips, Depends(get_zips)]
Pictures = Annotated[SocialPictures, Depends(get_pictures)]
Verifier = Annotated[VerifyService, Depends(get_verifier)]
Personas = Annotated[PersonaService, Depends(get_personas)]
Recipes = Annotated[RecipeService, Depends(get_recipes)]
Shares = Annotated[Quotas, Depends(get_quotas)]
Audit = Annotated[AuditService, Depends(get_audit)]
Health = Annotated[HealthService, Depends(get_health)]
