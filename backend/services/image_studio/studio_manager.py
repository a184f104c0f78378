"""The one door into work: every verb plans, then admits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from backend.db.models import Job
from backend.db.repositories.jobs import Jobs
from backend.schemas.base import JobId
from backend.schemas.recode import INPUTS as RECODED
from backend.schemas.templates import TemplateRecommendAnswer, TemplatesAnswer, TemplateSearchAnswer
from backend.schemas.upscale import INPUTS as UPSCALED
from backend.services.image_studio.catalogue import providers_of
from backend.services.image_studio.desk import earlier
from backend.services.image_studio.estimates import creation_in, estimate_of, upscale_in, upscale_quote
from backend.services.image_studio.inputs import Input, announced, announced_in, input_of, purpose_of
from backend.services.image_studio.market import survey
from backend.services.image_studio.relayout_service import design_in, design_of
from backend.services.image_studio.templates import views
from backend.tracing import current_traceparent, step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from backend.jobs.breakers import Breakers
    from backend.schemas.base import AssetId, Caller
    from backend.schemas.control import ControlOperationsAnswer, ControlRequest
    from backend.schemas.create import CreateRequest, ImproveAnswer
    from backend.schemas.edit import EditRequest, OperationsAnswer, SentPicture
    from backend.schemas.estimate import EstimateAnswer, EstimateRequest
    from backend.schemas.fields import FlatForm
    from backend.schemas.providers_view import ProvidersAnswer
    from backend.schemas.relayout import RelayoutRequest
    from backend.schemas.social import FormatsAnswer, PlatformsAnswer, PlatformSpecsAnswer
    from backend.schemas.social_request import SocialRequest
    from backend.schemas.upscale import UpscaleRequest
    from backend.services.image_studio.conversion_service import RecodeRequest
    from backend.services.image_studio.desk import Admission, Studios, Submission
    from backend.services.image_studio.format_shelf import FormatShelf
    from backend.services.image_studio.inputs import Inputs
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.operations import Deciding
    from backend.services.image_studio.plans import Plan
    from backend.services.image_studio.social_optimizer_service import SocialOptimizerService
    from backend.tracing import Step


AnyForm = TypeVar("AnyForm", bound="FlatForm")


class ImageStudioManager:
    """Plans with the services, then admits in one transaction."""

    def __init__(self, studios: Studios, admission: Admission) -> None:
        self._studios = studios
        self._admission = admission

    async def create_image(self, caller: Caller, request: CreateRequest, sent: Submission) -> JobId:
        """Admit pictures from words."""
        with _admitting("create"):
            persona = await self._admission.personas.asked_for(caller, request)
            return await self._admit(caller, self._studios.creation.plan(request, self.market(), persona), sent)

    async def edit_image(
        self, caller: Caller, request: EditRequest, images: Mapping[str, SentPicture], sent: Submission
    ) -> JobId:
        """Admit one change to one picture; `images` are the pictures that came with the request, by field."""
        with _admitting(request.operation):
            return await self._admit(caller, await self._planned(caller, self._studios.edits, request, images), sent)

    async def upscale_image(
        self, caller: Caller, request: UpscaleRequest, images: Mapping[str, SentPicture], sent: Submission
    ) -> JobId:
        """Admit a picture that is to be enlarged; `images` holds it if it came with the request."""
        with _admitting("upscale"):
            inputs = await self._inputs(caller, request, UPSCALED, images)
            plan = self._studios.upscales.plan(request, inputs["image"], self.market())
            return await self._admit(caller, plan, sent)

    async def control_image(
        self, caller: Caller, request: ControlRequest, images: Mapping[str, SentPicture], sent: Submission
    ) -> JobId:
        """Admit a picture that follows a given one; `images` are the pictures that came with the request, by field."""
        with _admitting(request.operation):
            return await self._admit(caller, await self._planned(caller, self._studios.controls, request, images), sent)

    async def relayout(self, caller: Caller, asset: AssetId, request: RelayoutRequest, sent: Submission) -> JobId:
        """Admit a designed graphic of the library that is to be laid out again."""
        with _admitting("relayout"):
            design = await design_in(self._admission.library, caller, asset)
            return await self._admit(caller, self._studios.relayouts.plan(request, design, self.market()), sent)

    async def optimize_for_social(
        self, caller: Caller, request: SocialRequest, images: Mapping[str, SentPicture], sent: Submission
    ) -> JobId:
        """Admit the files that networks want of a picture; `images` holds it if it came with the request."""
        with _admitting("social"):
            socials, market = self._studios.socials, self.market()
            fields = socials.inputs(request)
            socials.plan(request, announced(request, fields), market)
            inputs = await self._inputs(caller, request, fields, images)
            design = await design_of(self._admission.library, caller, inputs["image"].id)
            return await self._admit(caller, socials.plan(request, inputs, market, design), sent)

    async def recode_image(
        self, caller: Caller, request: RecodeRequest, images: Mapping[str, SentPicture], sent: Submission
    ) -> JobId:
        """Admit a picture that is to be a smaller file or one of another type; `images` may hold it."""
        with _admitting(request.OPERATION):
            inputs = await self._inputs(caller, request, RECODED, images)
            return await self._admit(caller, self._studios.conversions.plan(request, inputs, self.market()), sent)

    async def estimate_cost(self, caller: Caller, request: EstimateRequest) -> EstimateAnswer:
        """Return what a request costs: the same plan, without the door."""
        upscale = upscale_in(request)
        if upscale:
            image = await self._announced(caller, upscale)
            return upscale_quote(upscale, image, self._studios, self.market())
        creation = creation_in(request)
        persona = await self._admission.personas.asked_for(caller, creation) if creation else None
        return estimate_of(request, self._studios, self.market(), persona)

    async def improve_prompt(self, caller: Caller, request: CreateRequest) -> ImproveAnswer:
        """Return the prompt of a create with what could be said besides."""
        persona = await self._admission.personas.asked_for(caller, request)
        return self._studios.creation.improve(request, self.market(), persona)

    def get_templates(self, platform: str | None = None, category: str | None = None) -> TemplatesAnswer:
        """Return the templates; both filters apply together."""
        found = views(self._studios.templates.list(platform, category))
        return TemplatesAnswer(templates=found, total=len(found))

    def search_templates(self, query: str) -> TemplateSearchAnswer:
        """Return the templates that fit some words, best match first."""
        found = views(self._studios.templates.search(query))
        return TemplateSearchAnswer(templates=found, total=len(found), query=query)

    def recommend_templates(self, use_case: str, platform: str | None = None) -> TemplateRecommendAnswer:
        """Return the templates for a use, ranked, each with its reason."""
        found = self._studios.templates.recommend(use_case, platform)
        return TemplateRecommendAnswer(templates=found, total=len(found), use_case=use_case)

    @property
    def breakers(self) -> Breakers:
        """Return what is known of the engines' health."""
        return self._studios.breakers

    @property
    def socials(self) -> SocialOptimizerService:
        """Return who decides about files for networks."""
        return self._studios.socials

    @property
    def formats(self) -> FormatShelf:
        """Return the formats that files are made for and judged by."""
        return self._studios.formats

    def get_platforms(self) -> PlatformsAnswer:
        """Return the platforms that pictures can be cut for."""
        return self._studios.formats.list()

    def get_platform_formats(self, platform: str) -> FormatsAnswer:
        """Return the formats of a platform."""
        return self._studios.formats.formats(platform)

    def get_platform_specs(self, platform: str) -> PlatformSpecsAnswer:
        """Return what a platform takes, in short."""
        return self._studios.formats.specs(platform)

    def get_operations(self) -> OperationsAnswer:
        """Return the edits, and who would serve each."""
        return self._studios.edits.operations(self.market())

    def get_control_operations(self) -> ControlOperationsAnswer:
        """Return the operations that follow a picture, and who would serve each."""
        return self._studios.controls.operations(self.market())

    def get_providers(self) -> ProvidersAnswer:
        """Return the engines."""
        return providers_of(self.market())

    async def _planned(
        self, caller: Caller, studio: Deciding[AnyForm], request: AnyForm, images: Mapping[str, SentPicture]
    ) -> Plan:
        """Return the plan of an operation on pictures; what can be refused unseen is refused before any is kept."""
        fields, market = studio.inputs(request), self.market()
        studio.plan(request, announced(request, fields), market)
        return studio.plan(request, await self._inputs(caller, request, fields, images), market)

    async def _inputs(
        self, caller: Caller, request: FlatForm, fields: tuple[str, ...], images: Mapping[str, SentPicture]
    ) -> Inputs:
        """Return the pictures of a request, stored: those named by id, and those that came with it.

        Raises:
            NotFound: an id names nothing in the workspace.
            InvalidRequest: an id names no picture.
            RequestRefused: what came is no picture that the studio takes.
        """
        library = self._admission.library
        found: Inputs = {}
        for field in fields:
            asset: AssetId | None = getattr(request, f"{field}_asset_id")
            if asset is None and field in images:
                sent, purpose = images[field], purpose_of(field, request)
                asset = await library.intake(caller, sent.data, field, name=sent.name, purpose=purpose)
            if asset is not None:
                found[field] = input_of(await library.get(caller, asset), field)
        return found

    async def _announced(self, caller: Caller, request: UpscaleRequest) -> Input:
        """Return the picture of an upscale that is only to be priced: it is not stored for that."""
        if request.image_asset_id is not None:
            return input_of(await self._admission.library.get(caller, request.image_asset_id), "image")
        return announced_in(request.image_base64 or "")

    def market(self) -> Market:
        """Return what can be had at the moment, at the prices in force today."""
        today = self._admission.origin.clock().date()
        studios = self._studios
        return survey(studios.providers.values(), studios.prices.on(today), studios.breakers.ailing)

    async def _admit(self, caller: Caller, plan: Plan, sent: Submission) -> JobId:
        """Idempotency, entitlement, job, reservation and queue in one transaction; committed before it answers.

        Raises:
            IdempotencyKeyReused, JobCancelled: as `earlier` says.
            NotAllowed, QuotaExceeded, InsufficientCredits: as `CreditService.admit` says.
        """
        desk = self._admission
        job = JobId(desk.origin.new_id())
        row = self._job(caller, job, plan)
        row.parent_id = sent.claim.run if sent.claim else None
        async with desk.db.begin() as session:
            already = await earlier(desk, session, caller, job, sent)
            if already is not None:
                return already
            await Jobs(session).add(row)
            await desk.engine.enqueue(session, caller.workspace_id, job)
            await desk.credits.admit(session, caller, job, plan)
        desk.engine.stir()
        return job

    def _job(self, caller: Caller, job: JobId, plan: Plan) -> Job:
        now = self._admission.origin.clock()
        return Job(
            id=job,
            workspace_id=caller.workspace_id,
            user_id=caller.user_id,
            operation=plan.spec.operation,
            status="queued",
            spec=plan.spec.model_dump(mode="json"),
            plan=plan.model_dump(mode="json"),
            parts=plan.parts,
            attempts=0,
            progress=0.0,
            message="Waiting for its turn",
            provider=plan.first.provider,
            estimated_milli=plan.max_milli_credits,
            traceparent=current_traceparent(),
            created_at=now,
            deadline_at=now + timedelta(seconds=self._admission.deadline_s),
        )


def _admitting(operation: str) -> AbstractContextManager[Step]:
    return step("admission", f"admit {operation}", {"studio.operation": operation})
