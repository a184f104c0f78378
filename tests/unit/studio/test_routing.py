"""Routing: who comes first, who is passed over, and the words for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import AbovePriceCap, InvalidRequest, NoProvider
from backend.imaging.progress import Tell, untold
from backend.imaging.types import Size
from backend.jobs.breakers import Ailment
from backend.providers.base import Finished
from backend.services.image_studio.market import key_of, survey
from backend.services.image_studio.preferences import load_quality_table
from backend.services.image_studio.pricing import PriceBook
from backend.services.image_studio.routing import Need, Ranking, rank
from backend.services.image_studio.shapes import USUAL_AREA, cut, in_steps, of_shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import House

    from backend.providers.base import Offer, Pending
    from backend.schemas.specs import Spec

TABLE = load_quality_table()
NEED = Need(operation="create", size=Size(1024, 1024))


def models(ranking: Ranking) -> list[str]:
    return [entry.offer.model for entry in ranking.ranked]


@pytest.mark.parametrize(
    ("quality", "order"),
    [
        ("draft", ["wavespeed-ai/qwen-image", "core", "ultra", "compose"]),
        ("standard", ["core", "wavespeed-ai/qwen-image", "ultra", "compose"]),
        ("premium", ["ultra", "wavespeed-ai/qwen-image", "core", "compose"]),
    ],
)
def test_auto_follows_the_quality_table_then_what_is_ready_then_this_machine(
    house: House, quality: str, order: list[str]
) -> None:
    ranking = rank(replace(NEED, quality=quality), house.market(), TABLE)  # pyright: ignore[reportArgumentType] - the cases are words
    assert models(ranking) == order


def test_what_is_done_to_a_picture_stays_on_this_machine_where_it_can_be_done_here(house: House) -> None:
    changing = replace(NEED, input_size=Size(1024, 1024))
    assert models(rank(changing, house.market(), TABLE))[0] == "core", "a preference of the quality's goes before"
    unasked = replace(changing, quality="draft", engines=("stability/ultra",), engines_of="the persona")
    assert models(rank(unasked, house.market(), TABLE))[0] == "ultra", "so does a persona's"
    plain = TABLE.model_copy(update={"prefer": {}})
    assert models(rank(changing, house.market(), plain))[0] == "compose"
    assert models(rank(NEED, house.market(), plain))[-1] == "compose"


def test_the_preferred_one_says_why(house: House) -> None:
    assert rank(NEED, house.market(), TABLE).ranked[0].reason == (
        "Preferred for standard quality: good pictures at a moderate price; 3 credits; Qwen Image costs 1 credit less; "
        "exact size"
    )


def test_whoever_costs_more_than_allowed_is_passed_over_with_the_price(house: House) -> None:
    ranking = rank(replace(NEED, parts=4, most=8000), house.market(), TABLE)
    assert models(ranking) == ["wavespeed-ai/qwen-image", "compose"]
    assert ("core", "costs 3 credits a picture, more than the request allows") in [
        (p.offer.model, p.why) for p in ranking.passed
    ]


def test_where_only_the_cap_is_in_the_way_the_refusal_says_what_is_missing(house: House) -> None:
    with pytest.raises(AbovePriceCap, match="costs 12 credits at least, and the request allows 10 credits") as refusal:
        rank(replace(NEED, provider="stability", model="core", parts=4, most=10_000), house.market(), TABLE)
    assert (refusal.value.needed, refusal.value.allowed) == (12.0, 10.0)


@pytest.mark.parametrize(("health", "asked"), [("failing", "auto"), ("failing", "stability"), ("paused", "auto")])
def test_an_engine_that_is_left_alone_is_passed_over_with_the_reason(house: House, health: str, asked: str) -> None:
    ailment = Ailment(health=health, seconds=9, detail="It failed again and again.")  # pyright: ignore[reportArgumentType] - the cases are words
    market = replace(house.market(), ailing={"stability": ailment})
    if asked != "auto":
        with pytest.raises(NoProvider, match="It failed again and again"):
            rank(replace(NEED, provider=asked), market, TABLE)
        return
    ranking = rank(NEED, market, TABLE)
    assert models(ranking) == ["wavespeed-ai/qwen-image", "compose"]
    assert {p.why for p in ranking.passed} == {"It failed again and again."}


def test_one_that_only_asked_for_a_pause_still_serves_who_asks_for_it_by_name(house: House) -> None:
    paused = Ailment(health="paused", seconds=9, detail="It asked for a pause.")
    market = replace(house.market(), ailing={"stability": paused})
    assert models(rank(replace(NEED, provider="stability"), market, TABLE))[0] == "core"


def test_a_template_may_wish_for_an_engine_but_not_insist(house: House) -> None:
    wish = replace(NEED, prefer="local")
    assert rank(wish, house.market(), TABLE).ranked[0].reason.startswith("Recommended by the template; free")
    assert models(rank(wish, house.market(missing={"compose": "broken"}), TABLE))[0] == "core"


def test_what_is_not_ready_is_passed_over_with_its_reason(house: House) -> None:
    ranking = rank(NEED, house.market(missing={"core": "No key."}), TABLE)
    assert "core" not in models(ranking)
    assert [(p.offer.model, p.why) for p in ranking.passed] == [("core", "No key.")]


def test_a_name_narrows_whatever_its_case_and_owner(house: House) -> None:
    assert models(rank(replace(NEED, provider="local"), house.market(), TABLE)) == ["compose"]
    assert models(rank(replace(NEED, model="Qwen-Image"), house.market(), TABLE)) == ["wavespeed-ai/qwen-image"]


@pytest.mark.parametrize(
    ("need", "pointer", "known"),
    [
        (replace(NEED, provider="midas"), "/provider", "local, stability, wavespeed"),
        (replace(NEED, provider="stability", model="compose"), "/model", "core, ultra"),
        (Need(operation="remove_background", provider="stability"), "/provider", "known: local"),
    ],
)
def test_an_unknown_name_is_refused_with_the_known_ones(house: House, need: Need, pointer: str, known: str) -> None:
    with pytest.raises(InvalidRequest, match=known) as refusal:
        rank(need, house.market(), TABLE)
    assert refusal.value.errors[0].pointer == pointer


def test_a_retired_name_is_served_by_its_successor_and_told(house: House, offers: dict[str, Offer]) -> None:
    successor = replace(offers["core"], provider="gemini", model="gemini-nano-banana-2.1", price_key="stability.core")
    ranking = rank(replace(NEED, model="imagen-3.0-generate-001"), house.market(successor), TABLE)
    assert models(ranking) == ["gemini-nano-banana-2.1"]
    assert "retired" in ranking.note


def test_a_shape_that_would_lose_most_of_the_picture_is_passed_over(house: House) -> None:
    ranking = rank(replace(NEED, size=Size(1128, 191)), house.market(), TABLE)
    assert models(ranking) == ["compose"]
    assert ranking.ranked[0].reason.startswith("Only engine that fits; free; exact size")
    assert any("would lose 59%" in p.why for p in ranking.passed)


def test_who_asks_for_an_engine_by_name_gets_every_shape_from_it_and_is_told_what_is_lost(house: House) -> None:
    ranking = rank(replace(NEED, size=Size(1128, 191), provider="stability"), house.market(), TABLE)
    assert "made at 1536x640, then cut, which leaves 41% of it, to 1128x191" in ranking.ranked[0].reason


def test_a_near_shape_is_made_and_fitted(house: House, offers: dict[str, Offer]) -> None:
    ranking = rank(replace(NEED, size=Size(1080, 1350)), house.market(offers["core"]), TABLE)
    assert ranking.ranked[0].reason.endswith("made at 896x1152, then fitted to 1080x1350")


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({"max_side": 1000}, "at most 1000 pixels a side"),
        ({"min_side": 1100}, "at least 1100 pixels a side"),
        ({"max_pixels": 1_000_000}, "at most 1.0 megapixels"),
        ({"formats": ("webp",)}, "does not write png"),
        ({"local": False}, "no price"),
    ],
)
def test_limits_are_reasons(house: House, offers: dict[str, Offer], limits: dict[str, object], why: str) -> None:
    market = house.market(replace(offers["design"], **limits))  # pyright: ignore[reportArgumentType] - the cases are words
    with pytest.raises(NoProvider) as refusal:
        rank(NEED, market, TABLE)
    assert why in refusal.value.tried["local/compose"]


def test_without_any_offer_nobody_is_tried(house: House, offers: dict[str, Offer]) -> None:
    with pytest.raises(NoProvider, match="no engine offers it") as refusal:
        rank(Need(operation="relight"), house.market(offers["core"]), TABLE)
    assert refusal.value.tried == {}


class Engine:
    """A provider as the market reads it."""

    name = "acme"
    label = "Acme"

    def __init__(self, *offers: Offer) -> None:
        self.offers = offers

    def missing(self, offer: Offer) -> str | None:
        return None if offer.operation == "create" else "No weights."

    async def start(
        self, offer: Offer, spec: Spec, images: Mapping[str, bytes], tell: Tell = untold
    ) -> Finished | Pending:
        return Finished(images=())

    async def resume(self, ticket: str) -> Finished | Pending:
        return Finished(images=())

    async def cancel(self, ticket: str) -> None:
        """Forget nothing, for nothing was begun."""


def test_a_survey_asks_every_engine_what_it_lacks(offers: dict[str, Offer]) -> None:
    market = survey([Engine(offers["design"], offers["cutout"])], PriceBook.of(()))
    assert market.labels == {"acme": "Acme"}
    assert market.missing == {key_of(offers["cutout"]): "No weights."}


@given(wide=st.integers(1, 100), high=st.integers(1, 100))
def test_a_shape_becomes_about_a_megapixel_of_that_shape(wide: int, high: int) -> None:
    size = of_shape(f"{wide}:{high}")
    assert abs(size.ratio / (wide / high) - 1) < 0.05
    assert USUAL_AREA * 0.7 < size.pixels < USUAL_AREA * 1.3


@given(width=st.integers(64, 4096), height=st.integers(64, 4096))
def test_whole_blocks_stay_within_the_limits(width: int, height: int) -> None:
    size = in_steps(Size(width, height))
    assert size.width % 8 == size.height % 8 == 0
    assert abs(size.width - width) <= 4
    assert 64 <= size.height <= 4096


@given(a=st.integers(1, 5000), b=st.integers(1, 5000), c=st.integers(1, 5000), d=st.integers(1, 5000))
def test_a_cut_is_a_share_and_the_same_both_ways(a: int, b: int, c: int, d: int) -> None:
    assert 0 <= cut(Size(a, b), Size(c, d)) < 1
    assert cut(Size(a, b), Size(c, d)) == pytest.approx(cut(Size(c, d), Size(a, b)))
