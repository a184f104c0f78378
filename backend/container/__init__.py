"""Who is built from what. The only place that takes the settings apart and knows every room."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

from backend.container.courtesy import breakers_of
from backend.container.engines import providers_of
from backend.container.ground import Ground, ground_of
from backend.container.identity import access_service, identity_service
from backend.container.keeping import signer_of
from backend.container.limits import rate_service, tier_lookup
from backend.container.telling import census_of
from backend.container.work import chores_of, engine_of, member_of, run_chore, runner_of
from backend.datafolder import DataFolder
from backend.jobs.recovery import Reconciler
from backend.providers.local.finding import Finder
from backend.providers.local.social.aiming import Aimer
from backend.providers.local.upscale.previewing import Previewer
from backend.services.audit_service import AuditService
from backend.services.content_asset_service import ContentAssetService
from backend.services.credit_service import CreditService
from backend.services.export_set_service import ExportSetService
from backend.services.export_zip import ExportZips
from backend.services.health_service import HealthService, Waits
from backend.services.image_studio.comparisons import load_comparisons
from backend.services.image_studio.control_service import ControlStudioService
from backend.services.image_studio.conversion_service import ConversionService
from backend.services.image_studio.create_service import CreateStudioService
from backend.services.image_studio.crop_service import CropService
from backend.services.image_studio.desk import Admission, Studios
from backend.services.image_studio.edit_service import EditStudioService
from backend.services.image_studio.format_shelf import FormatShelf
from backend.services.image_studio.preferences import load_quality_table
from backend.services.image_studio.preflight_service import PreflightService
from backend.services.image_studio.pricing import load_price_book, load_tiers
from backend.services.image_studio.prompts import load_enhancement
from backend.services.image_studio.relayout_service import RelayoutStudioService
from backend.services.image_studio.social_optimizer_service import SocialOptimizerService
from backend.services.image_studio.social_pictures import SocialPictures
from backend.services.image_studio.studio_manager import ImageStudioManager
from backend.services.image_studio.templates import TemplateManager
from backend.services.image_studio.upscale_preview_service import UpscalePreviewService
from backend.services.image_studio.upscale_service import UpscaleStudioService
from backend.services.job_service import JobService
from backend.services.persona_service import PersonaService
from backend.services.quotas import Quotas
from backend.services.recipe_service import RecipeService
from backend.services.spending_service import SpendingService
from backend.services.verify_service import VerifyService
from backend.utils.origin import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.db.session import Database
    from backend.identity import Issuer
    from backend.imaging.workbench import Workbench
    from backend.jobs.engine import JobEngine
    from backend.jobs.hub import Hub
    from backend.jobs.membership import Membership
    from backend.jobs.periodic import Periodic
    from backend.jobs.runner import JobRunner
    from backend.providers.base import Provider
    from backend.services.access_service import AccessService
    from backend.services.census_service import CensusService
    from backend.services.identity_service import IdentityService
    from backend.services.image_studio.pricing import PriceBook, Tier
    from backend.services.rate_service import RateService
    from backend.services.tiers import TierLookup
    from backend.settings import Settings
    from backend.storage import ContentStore
    from backend.utils.purse import Purse

SEEDS = 4_294_967_295


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """Everything that doors open onto."""

    settings: Settings
    folder: DataFolder
    db: Database
    store: ContentStore
    workbench: Workbench
    access: AccessService
    identity: IdentityService | None
    """None where no other issuer is set."""
    library: ContentAssetService
    credits: CreditService
    jobs: JobService
    studio: ImageStudioManager
    social_pictures: SocialPictures
    export_sets: ExportSetService
    zips: ExportZips
    personas: PersonaService
    verifier: VerifyService
    recipes: RecipeService
    health: HealthService
    census: CensusService
    engine: JobEngine
    runner: JobRunner
    hub: Hub
    member: Membership
    """This process among those that run jobs."""
    reconciler: Reconciler
    chores: tuple[Periodic, ...]
    """What is done now and then while jobs are run."""
    purse: Purse
    origin: Origin
    rates: RateService
    quotas: Quotas
    providers: Mapping[str, Provider]

    async def hang_up(self) -> None:
        """Close the lines to the engines."""
        for provider in self.providers.values():
            await provider.aclose()

    @property
    def audit(self) -> AuditService:
        """Return who tells what people did."""
        return AuditService(self.db)

    @property
    def spending(self) -> SpendingService:
        """Return who tells what was made and spent."""
        return SpendingService(self.db, self.origin, load_comparisons(), self.studio.market)

    @property
    def crops(self) -> CropService:
        """Return who says where files would be cut."""
        aimer = Aimer(workbench=self.workbench, models_dir=self.settings.models_dir)
        return CropService(self.workbench, self.library, self.studio.socials, aimer)

    @property
    def upscale_previews(self) -> UpscalePreviewService:
        """Return who shows details enlarged."""
        previewer = Previewer(workbench=self.workbench, models_dir=self.settings.models_dir)
        return UpscalePreviewService(self.workbench, self.library, previewer)

    @property
    def preflights(self) -> PreflightService:
        """Return who judges finished files."""
        finder = Finder(workbench=self.workbench, models_dir=self.settings.models_dir)
        return PreflightService(self.workbench, self.library, self.studio.formats, finder)


class Fakes(TypedDict, total=False):
    """What may be brought along instead of being made here: by tests, mostly."""

    providers: Sequence[Provider]
    prices: PriceBook
    tiers: Mapping[str, Tier]
    origin: Origin
    engine: JobEngine
    issuer: Issuer
    folder: DataFolder
    """One that is held already, so that nobody takes it while the studio opens."""


def build_container(settings: Settings, **fakes: Unpack[Fakes]) -> Container:
    """Return the studio, built and not yet running."""
    ground = ground_of(settings, fakes.get("folder") or DataFolder(settings.data_dir), fakes.get("origin") or Origin())
    engines = {one.name: one for one in fakes.get("providers") or providers_of(ground)}
    studios = _studios(engines, fakes.get("prices") or load_price_book(), ground.origin)
    durable = fakes.get("engine") or engine_of(settings)
    member = member_of(ground, durable)
    runner = runner_of(ground, studios, member)
    tiers, quotas, credit = _tiered(ground, fakes.get("tiers") or load_tiers())
    library, personas = _library(ground, quotas), _personas(ground, engines)
    reconciler = Reconciler(ground.db, durable, runner, ground.purse, ground.origin)
    access = access_service(ground.db, settings, clock=ground.origin.clock)
    admission = _admission(ground, durable, credit, library, personas)
    studio = ImageStudioManager(studios, admission)
    health = HealthService(ground.db, ground.store, member, engines, Waits(**settings.health.model_dump()))
    return Container(
        **_grounds(ground),
        access=access,
        identity=identity_service(ground.db, settings, access, issuer=fakes.get("issuer")),
        library=library,
        credits=credit,
        jobs=JobService(ground.db, ground.hub, runner, library, clock=ground.origin.clock),
        studio=studio,
        social_pictures=SocialPictures(ground.db, ground.store, ground.workbench, studios.formats),
        export_sets=ExportSetService(ground.db, ground.origin, studios.formats),
        zips=ExportZips(ground.db, ground.store, ground.workbench, studios.formats, clock=ground.origin.clock),
        personas=personas,
        verifier=VerifyService(ground.workbench, ground.signing.anchors),
        recipes=RecipeService(studios, admission, ground.hub),
        health=health,
        census=census_of(settings, ground.db, health, clock=ground.origin.clock),
        engine=durable,
        runner=runner,
        member=member,
        reconciler=reconciler,
        chores=(*chores_of(ground, reconciler, member, durable), run_chore(ground, studio, runner, member)),
        rates=rate_service(ground.db, tiers, settings),
        quotas=quotas,
        providers=engines,
    )


class _Grounds(TypedDict):
    """What doors open onto that everything else stands on."""

    settings: Settings
    folder: DataFolder
    db: Database
    store: ContentStore
    workbench: Workbench
    hub: Hub
    purse: Purse
    origin: Origin


def _grounds(ground: Ground) -> _Grounds:
    return _Grounds(
        settings=ground.settings,
        folder=ground.folder,
        db=ground.db,
        store=ground.store,
        workbench=ground.workbench,
        hub=ground.hub,
        purse=ground.purse,
        origin=ground.origin,
    )


def _library(ground: Ground, quotas: Quotas) -> ContentAssetService:
    clock = ground.origin.clock
    signer = signer_of(ground.settings, ground.folder, clock=clock)
    return ContentAssetService(ground.db, ground.tracker, ground.store, signer, quotas=quotas, clock=clock)


def _tiered(ground: Ground, tiers: Mapping[str, Tier]) -> tuple[TierLookup, Quotas, CreditService]:
    """Return who knows the workspaces' tiers, and those who hold them to it."""
    known = tier_lookup(ground.db, tiers, ground.settings)
    return known, Quotas(ground.db, known), CreditService(ground.db, ground.purse, known, ground.origin)


def _personas(ground: Ground, engines: Mapping[str, Provider]) -> PersonaService:
    offers = [offer for engine in engines.values() for offer in engine.offers]
    return PersonaService(ground.db, ground.origin, offers=offers)


def _admission(
    ground: Ground, engine: JobEngine, credit: CreditService, library: ContentAssetService, personas: PersonaService
) -> Admission:
    return Admission(
        db=ground.db,
        engine=engine,
        credits=credit,
        library=library,
        personas=personas,
        origin=ground.origin,
        deadline_s=ground.settings.jobs.deadline_s,
        keys_kept=timedelta(hours=ground.settings.upkeep.idempotency_hours),
    )


def _seed() -> int:
    return secrets.randbelow(SEEDS)


def _studios(engines: Mapping[str, Provider], prices: PriceBook, origin: Origin) -> Studios:
    templates, quality, formats = TemplateManager.load(), load_quality_table(), FormatShelf.load()
    creation = CreateStudioService(
        templates=templates,
        quality=quality,
        enhancement=load_enhancement(),
        first_seed=_seed,
    )
    edits = EditStudioService(quality=quality, first_seed=_seed)
    upscales = UpscaleStudioService(quality=quality, first_seed=_seed)
    controls = ControlStudioService(quality=quality, first_seed=_seed)
    relayouts = RelayoutStudioService(templates=templates, quality=quality)
    socials = SocialOptimizerService(formats=formats, quality=quality, today=lambda: origin.clock().date())
    return Studios(
        creation=creation,
        edits=edits,
        controls=controls,
        upscales=upscales,
        relayouts=relayouts,
        socials=socials,
        conversions=ConversionService(quality=quality),
        formats=formats,
        templates=templates,
        providers=engines,
        prices=prices,
        breakers=breakers_of(),
    )
