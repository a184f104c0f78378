"""A small market with one engine of each kind, and the deciding services built as the house builds them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pytest

from backend.providers.base import Offer
from backend.services.image_studio.control_service import ControlStudioService
from backend.services.image_studio.conversion_service import ConversionService
from backend.services.image_studio.create_service import CreateStudioService
from backend.services.image_studio.desk import Studios
from backend.services.image_studio.edit_service import EditStudioService
from backend.services.image_studio.format_shelf import FormatShelf
from backend.services.image_studio.market import Market, key_of
from backend.services.image_studio.preferences import load_quality_table
from backend.services.image_studio.pricing import PriceBook, PriceRow
from backend.services.image_studio.prompts import load_enhancement
from backend.services.image_studio.relayout_service import RelayoutStudioService
from backend.services.image_studio.social_optimizer_service import SocialOptimizerService
from backend.services.image_studio.templates import TemplateManager
from backend.services.image_studio.upscale_service import UpscaleStudioService

TODAY = date(2026, 11, 22)
FIRST_SEED = 4_294_967_290

DESIGN = Offer(
    provider="local",
    model="compose",
    operation="create",
    label="Designed graphics",
    price_key="local.compose",
    source="docs",
    seed=True,
    palette=True,
    local=True,
    seconds=1.5,
)
CUT_OUT = replace(
    DESIGN, model="u2netp", operation="remove_background", label="U2Net-p", seed=False, formats=("png", "webp")
)
CORE = Offer(
    provider="stability",
    model="core",
    operation="create",
    label="Stable Image Core",
    price_key="stability.core",
    source="https://example.org (read 2026-11-22)",
    qualities=("standard", "draft"),
    sizes=((1024, 1024), (1344, 768), (768, 1344), (896, 1152), (1536, 640), (640, 1536)),
    seed=True,
    negative_prompt=True,
    guidance=True,
    steps=True,
    generative=True,
    seconds=6,
)
ULTRA = replace(CORE, model="ultra", label="Stable Image Ultra", price_key="stability.ultra", qualities=("premium",))
QWEN = replace(
    CORE,
    provider="wavespeed",
    model="wavespeed-ai/qwen-image",
    label="Qwen Image",
    price_key="wavespeed.qwen-image",
    qualities=("draft",),
    sizes=(),
    min_side=256,
    max_side=1536,
    negative_prompt=False,
)
PRICES = {"stability.core": 3000, "stability.ultra": 8000, "wavespeed.qwen-image": 2000}
ALL = (DESIGN, CUT_OUT, CORE, ULTRA, QWEN)


@dataclass(frozen=True)
class House:
    templates: TemplateManager
    creation: CreateStudioService
    edits: EditStudioService
    prices: PriceBook

    @property
    def relayouts(self) -> RelayoutStudioService:
        return RelayoutStudioService(templates=self.templates, quality=self.creation.preferences)

    @cached_property
    def formats(self) -> FormatShelf:
        return FormatShelf.load()

    @property
    def socials(self) -> SocialOptimizerService:
        return SocialOptimizerService(formats=self.formats, quality=self.creation.preferences, today=lambda: TODAY)

    @property
    def studios(self) -> Studios:
        return Studios(
            creation=self.creation,
            edits=self.edits,
            upscales=UpscaleStudioService(quality=self.creation.preferences, first_seed=lambda: FIRST_SEED),
            controls=ControlStudioService(quality=self.creation.preferences, first_seed=lambda: FIRST_SEED),
            relayouts=self.relayouts,
            socials=self.socials,
            conversions=ConversionService(quality=self.creation.preferences),
            formats=self.formats,
            templates=self.templates,
            providers={},
            prices=self.prices,
        )

    def market(self, *offers: Offer, missing: dict[str, str] | None = None) -> Market:
        """Return a market; `missing` says by model what is lacking."""
        offered = offers or ALL
        lacks = {
            key_of(offer): why for offer in offered for model, why in (missing or {}).items() if offer.model == model
        }
        return Market(
            offers=offered,
            prices=self.prices,
            missing=lacks,
            labels={"local": "Local engine", "stability": "Stability AI", "wavespeed": "WaveSpeed AI"},
        )


def _book() -> PriceBook:
    page = "https://example.org"
    return PriceBook.of(
        PriceRow(key=key, milli_credits=price, valid_from=TODAY, source=page, read=TODAY, confidence="high")
        for key, price in PRICES.items()
    )


@pytest.fixture(scope="session")
def house() -> House:
    templates, quality = TemplateManager.load(), load_quality_table()
    creation = CreateStudioService(
        templates=templates, quality=quality, enhancement=load_enhancement(), first_seed=lambda: FIRST_SEED
    )
    return House(templates, creation, EditStudioService(quality=quality, first_seed=lambda: FIRST_SEED), _book())


@pytest.fixture(scope="session")
def offers() -> dict[str, Offer]:
    return {"design": DESIGN, "cutout": CUT_OUT, "core": CORE, "ultra": ULTRA, "qwen": QWEN}
