"""Create, edit, and what they can do: `/api/image-studio`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from backend.routers.bodies import EDIT_BODY, UPSCALE_BODY, EditBody, UpscaleBody
from backend.routers.caching import Seen, cached
from backend.routers.deps import PUBLIC, READS, WORK, CurrentUser, Health, Reader, Studio
from backend.routers.sending import Sent
from backend.routers.waiting import ACCEPTED, Wait
from backend.schemas.create import CreateAnswer, CreateRequest
from backend.schemas.edit import EditAnswer, OperationsAnswer
from backend.schemas.estimate import EstimateAnswer, EstimateRequest
from backend.schemas.health import HealthAnswer
from backend.schemas.providers_view import ProvidersAnswer
from backend.schemas.templates import TemplateRecommendAnswer, TemplatesAnswer, TemplateSearchAnswer
from backend.schemas.upscale import UpscaleAnswer
from backend.services.image_studio.answers import StudioAnswer

router = APIRouter(prefix="/api/image-studio", tags=["image studio"])

Words = Annotated[str, Query(min_length=1, max_length=200)]
Short = Annotated[str | None, Query(max_length=60)]


@router.post("/create", response_model=CreateAnswer, responses=ACCEPTED, openapi_extra=WORK)
async def create(
    user: CurrentUser, studio: Studio, wait: Wait, sent: Sent, request: CreateRequest
) -> Response | StudioAnswer:
    """Make pictures from words; answers the pictures, or the job when the caller won't wait."""
    job = await studio.create_image(user, request, sent.of(request.model_dump_json().encode()))
    return await wait.answer(job, request.response_format)


@router.post("/edit", response_model=EditAnswer, responses=ACCEPTED, openapi_extra=EDIT_BODY | WORK)
@router.post(
    "/edit/process",
    response_model=EditAnswer,
    responses=ACCEPTED,
    openapi_extra=EDIT_BODY | WORK,
    operation_id="edit_process",
)
async def edit(user: CurrentUser, studio: Studio, wait: Wait, sent: Sent, form: EditBody) -> Response | StudioAnswer:
    """Change one picture; answers the result, or the job when the caller won't wait."""
    job = await studio.edit_image(user, form.request, form.images, sent.of(form.content))
    return await wait.answer(job, form.request.response_format)


@router.get("/edit/operations", dependencies=READS)
async def operations(studio: Studio) -> OperationsAnswer:
    """Return every edit, the fields that it uses, and who would serve it now."""
    return studio.get_operations()


@router.post("/upscale", response_model=UpscaleAnswer, responses=ACCEPTED, openapi_extra=UPSCALE_BODY | WORK)
async def upscale(
    user: CurrentUser, studio: Studio, wait: Wait, sent: Sent, form: UpscaleBody
) -> Response | StudioAnswer:
    """Enlarge one picture; answers the result, or the job when the caller won't wait."""
    job = await studio.upscale_image(user, form.request, form.images, sent.of(form.content))
    return await wait.answer(job, form.request.response_format)


@router.post("/estimate-cost")
async def estimate_cost(caller: Reader, studio: Studio, request: EstimateRequest) -> EstimateAnswer:
    """Return what a request would cost and who would serve it: the very plan that would be carried out."""
    return await studio.estimate_cost(caller, request)


@router.get("/providers", dependencies=READS)
async def providers(studio: Studio) -> ProvidersAnswer:
    """Return every engine, what it can do and costs, and whether it is ready."""
    return studio.get_providers()


@router.get("/templates", response_model=TemplatesAnswer, dependencies=READS)
async def templates(studio: Studio, seen: Seen, platform: Short = None, category: Short = None) -> Response:
    """Return the templates; both filters apply together."""
    return cached(studio.get_templates(platform, category), seen)


@router.get("/templates/search", response_model=TemplateSearchAnswer, dependencies=READS)
async def search_templates(studio: Studio, seen: Seen, query: Words) -> Response:
    """Return the templates that fit some words, best match first."""
    return cached(studio.search_templates(query), seen)


@router.get("/templates/recommend", response_model=TemplateRecommendAnswer, dependencies=READS)
async def recommend_templates(studio: Studio, seen: Seen, use_case: Words, platform: Short = None) -> Response:
    """Return the templates for a use, ranked, each with its reason."""
    return cached(studio.recommend_templates(use_case, platform), seen)


@router.get("/health", openapi_extra=PUBLIC)
async def health(one: Health, response: Response) -> HealthAnswer:
    """Return whether every part works, each really tried; 503 when the studio can't work."""
    found = await one.check()
    if found.status == "unhealthy":
        response.status_code = 503
    response.headers["Cache-Control"] = "no-store"
    return found
