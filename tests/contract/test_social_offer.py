"""The local engine makes files for networks, all of a picture in one call, in a child of a real workbench."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from backend.errors import CannotFit, RequestRefused, StudioError
from backend.imaging.codec import decode
from backend.imaging.types import Box, Size
from backend.providers.base import Finished, MakesSeries, Produced
from backend.providers.local.rooms import Means
from backend.providers.local.social import EXPORT, remembered, words
from backend.providers.local.social.remembered import Remembered
from backend.providers.local.social.sources import fitted, margins_of
from backend.providers.local.social.words import place_of, with_words
from backend.schemas.base import AssetId
from backend.schemas.social_request import SocialRequest
from backend.schemas.specs import ExportSpec, SocialSpec
from backend.services.image_studio.format_shelf import FormatShelf
from backend.services.image_studio.market import survey
from backend.services.image_studio.preferences import load_quality_table
from backend.services.image_studio.pricing import PriceBook
from backend.services.image_studio.social_optimizer_service import SocialOptimizerService
from tests.unit.imaging import pictures as made
from tests.unit.local import pictures


@pytest.fixture
def picture() -> bytes:
    from PIL import Image

    ball = Image.fromarray(pictures.ball().pixels).resize((144, 120), Image.Resampling.LANCZOS)
    return made.file_of(ball, "JPEG", quality=92)


def wanted(width: int, height: int, **fields) -> ExportSpec:
    fields = {"encodings": ("jpg",), "name": "file"} | fields
    return ExportSpec(
        platform="x", platform_name="X", format_id=f"f{width}", format="F", width=width, height=height, **fields
    )


def spec_of(*exports: ExportSpec, **fields) -> SocialSpec:
    return SocialSpec(image=AssetId("a"), exports=exports, **fields)


async def handed(provider, spec: SocialSpec, picture: bytes, ordinals: tuple[int, ...] | None = None) -> dict:
    assert isinstance(provider, MakesSeries)
    asked = tuple(range(spec.parts)) if ordinals is None else ordinals
    async with aclosing(provider.series(EXPORT, spec, {"image": picture}, asked)) as parts:
        return {one.ordinal: one.outcome async for one in parts}


async def test_every_part_is_handed_over_once_and_only_those_that_are_asked_for(provider, picture):
    spec = spec_of(wanted(60, 60), wanted(40, 80), wanted(80, 20))
    found = await handed(provider, spec, picture, (2, 0))
    assert {ordinal: decode(one.data).size for ordinal, one in found.items()} == {0: Size(60, 60), 2: Size(80, 20)}
    assert all(one.seen.data == one.data and one.seen.thumbhash for one in found.values())


async def test_a_picture_is_searched_for_faces_once(provider, picture, monkeypatch):
    """What the first order found is used by the next, as it stands there; another picture is looked at anew."""
    memory = Remembered(most=1)
    monkeypatch.setattr(remembered, "FACES", memory)
    key, face = AssetId("a"), Box(0, 0, 40, 40)
    first = await handed(provider, spec_of(wanted(60, 60)), picture)
    assert first[0].facts["faces"] == []
    assert memory.of(key) == ()
    memory.keep(key, (face,))
    second = await handed(provider, spec_of(wanted(144, 120)), picture)
    assert second[0].facts["faces"] == [[0, 0, 40, 40]]
    memory.keep(AssetId("b"), ())
    assert memory.of(key) is None


class Reading:
    """A workbench whose models take their time, and that counts how often they are asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.go = asyncio.Event()

    async def run_model(self, *_) -> SimpleNamespace:
        self.asked += 1
        await self.go.wait()
        return SimpleNamespace(text=(Box(1, 2, 3, 4),))


async def test_words_are_looked_for_once_however_many_ask_and_whoever_gives_up(monkeypatch, tmp_path):
    monkeypatch.setattr(remembered, "WORDS", Remembered())
    monkeypatch.setattr(words.models, "is_installed", lambda *_: True)
    means, spec = Means(workbench=Reading(), models_dir=tmp_path), spec_of(wanted(60, 60))
    words.look_ahead(means, spec, b"picture")
    hasty = asyncio.create_task(words.words_in(means, spec, b"picture"))
    await asyncio.sleep(0)
    hasty.cancel()
    patient = asyncio.create_task(words.words_in(means, spec, b"picture"))
    await asyncio.sleep(0)
    means.workbench.go.set()
    assert await patient == (Box(1, 2, 3, 4),)
    assert await words.words_in(means, spec, b"picture") == (Box(1, 2, 3, 4),)
    assert means.workbench.asked == 1


async def test_a_part_alone_is_the_file_that_it_is_among_others(provider, picture):
    spec = spec_of(wanted(60, 60), wanted(40, 80))
    together = await handed(provider, spec, picture)
    alone = await provider.start(EXPORT, spec.part(1), {"image": picture})
    assert isinstance(alone, Finished)
    assert alone.images[0].data == together[1].data


async def test_a_picture_that_is_continued_keeps_all_of_itself(provider, picture):
    spec = spec_of(wanted(120, 50), wanted(48, 96), wanted(240, 100), mode="extend")
    found = await handed(provider, spec, picture)
    assert [decode(found[n].data).size for n in range(3)] == [Size(120, 50), Size(48, 96), Size(240, 100)]
    assert {str(one.facts["crop"]) for one in found.values()} == {
        str({"left": 0, "top": 0, "width": 144, "height": 120})
    }
    assert "continued" in found[0].facts["reasons"][0]["says"]


async def test_a_window_of_ones_own_wins_over_continuing(provider, picture):
    box = {"left": 8, "top": 10, "width": 60, "height": 30}
    found = await handed(provider, spec_of(wanted(120, 60, box=box), mode="extend"), picture)
    assert found[0].facts["crop"] == box


async def test_a_limit_that_can_not_be_met_is_told_and_the_others_come(provider, picture):
    found = await handed(provider, spec_of(wanted(120, 100, most_bytes=90), wanted(60, 60)), picture)
    assert isinstance(found[0], CannotFit)
    assert decode(found[1].data).size == Size(60, 60)


async def test_broken_pictures_and_missing_ones_are_refused(provider, picture):
    with pytest.raises(StudioError):
        await handed(provider, spec_of(wanted(60, 60)), picture[:200])
    with pytest.raises(RequestRefused, match="needs the picture"):
        await provider.start(EXPORT, spec_of(wanted(60, 60)), {})


async def test_the_service_makes_files_within_a_call(provider, picture):
    socials = SocialOptimizerService(
        formats=FormatShelf.load(), quality=load_quality_table(), today=lambda: date(2026, 11, 23)
    )
    request = SocialRequest.model_validate(
        {
            "image_asset_id": "a",
            "platforms": ["display"],
            "format_names": {"display": ["320 x 50", "300 x 250"]},
            "output_format": "auto",
        }
    )
    market = replace(survey([provider], PriceBook.of(())), offers=(EXPORT,))
    banner, box = await socials.optimize_image({"image": picture}, request, provider, market)
    assert (decode(banner.data).size, decode(box.data).size) == (Size(320, 50), Size(300, 250))
    assert {"crop", "checks", "upscaled"} <= banner.facts.keys()


def test_a_picture_is_scaled_into_the_frame_and_never_up_and_margins_make_the_shape():
    assert fitted(Size(4000, 3000), Size(1080, 1920)) == Size(1080, 810)
    assert fitted(Size(100, 50), Size(1080, 1920)) == Size(100, 50)
    assert margins_of(Size(1080, 810), Size(1080, 1920)) == (0, 0, 555, 555)
    assert margins_of(Size(100, 50), Size(100, 100)) == (0, 0, 25, 25)
    assert margins_of(Size(50, 50), Size(90, 50)) == (20, 20, 0, 0)


def test_words_of_the_picture_are_found_again_where_the_file_shows_them():
    spec = spec_of(wanted(50, 50), wanted(50, 100, box={"left": 0, "top": 0, "width": 50, "height": 100}), mode="fit")
    size, words = Size(100, 100), (Box(10, 20, 30, 40), Box(60, 60, 80, 70))
    one = Produced(data=b"", facts={"text": [[1, 2, 3, 4]], "crop": {"left": 0, "top": 0, "width": 100, "height": 100}})
    assert with_words(spec, 0, one, (size, words)).facts["text"] == [[1, 2, 3, 4], [5, 10, 15, 20], [30, 30, 40, 35]]
    part = replace(one, facts={"text": [], "crop": {"left": 0, "top": 0, "width": 50, "height": 100}})
    assert with_words(spec, 1, part, (size, words)).facts["text"] == [[10, 20, 30, 40]]
    assert with_words(spec, 1, part, (size, None)).facts["text"] is None
    assert place_of(Size(100, 50), Size(50, 50)) == Box(0, 12, 50, 37)
