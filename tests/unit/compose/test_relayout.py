"""Designs laid out again: what is asked for changes, nothing else, and no word is lost on any sheet."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.errors import InvalidRequest
from backend.providers.local.compose.canvas import Canvas
from backend.providers.local.compose.changes import changed
from backend.providers.local.compose.families import TABLE, named
from backend.providers.local.compose.layers import layers_of
from backend.providers.local.compose.palettes import catalogue
from backend.providers.local.compose.scene import Plan, Scene
from backend.providers.local.compose.stream import stream
from backend.providers.local.compose.words import LIMITS, Texts, quoted
from backend.providers.local.compose.zones import Sheet
from backend.schemas.base import AssetId
from backend.schemas.specs import Layers, RelayoutSpec, Wording

pytestmark = pytest.mark.slow
SHEETS = ((240, 240), (144, 256), (300, 157), (376, 64))


def plan(texts: Texts, family: str = "swiss") -> Plan:
    row = named()[family]
    return Plan(
        family=family,
        kind=row.kinds[0],
        palette=catalogue()[7],
        dark=False,
        voice=row.voices[0],
        texts=texts,
        seed=5,
    )


def spec(of: Plan, **changes: object) -> RelayoutSpec:
    layers = Layers.model_validate(layers_of(of))
    return RelayoutSpec.model_validate({"image": AssetId("a"), "layers": layers, "width": 200, "height": 200} | changes)


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=50)


@settings(deadline=None)
@given(headline=WORDS, subline=WORDS)
def test_without_a_wish_the_plan_is_the_one_that_was_kept(headline: str, subline: str) -> None:
    kept = plan(quoted(f"“{headline}” “{subline}”"))
    again = changed(spec(kept))

    assert layers_of(again) == layers_of(kept)


@settings(deadline=None)
@given(headline=WORDS, subline=WORDS, kicker=WORDS)
def test_saying_the_same_words_again_changes_none(headline: str, subline: str, kicker: str) -> None:
    kept = plan(quoted(f"“{headline}” “{subline}” “{kicker}”"))
    said = Wording(**{name: getattr(kept.texts, name) for name in LIMITS})

    assert layers_of(changed(spec(kept, words=said))) == layers_of(kept)


def test_each_part_is_changed_alone_and_the_next_moves_up_where_one_goes() -> None:
    kept = plan(Texts(headline="One", subline="Two", kicker="Three"))

    assert changed(spec(kept, words=Wording(subline='"New"'))).texts == Texts(
        headline="One", subline="“New”", kicker="Three"
    )
    assert changed(spec(kept, words=Wording(headline=""))).texts == Texts(headline="Two", subline="Three")
    assert changed(spec(kept, prompt='a "Four"', words=Wording(subline="Five"))).texts == Texts(
        headline="Four", subline="Five"
    )


def test_words_that_a_design_needs_are_not_taken_away() -> None:
    nothing = Wording(headline="", subline="", kicker="")
    with pytest.raises(InvalidRequest, match="headline"):
        changed(spec(plan(Texts(headline="One"), "typestack"), words=nothing))
    assert not changed(spec(plan(Texts(headline="One")), words=nothing)).texts


@pytest.mark.parametrize("family", [row.name for row in TABLE])
def test_no_word_is_lost_on_any_sheet_and_none_leaves_it(family: str) -> None:
    texts = Texts(headline="The long way home to the sea", subline="Open daily, 9 to 18", kicker="Since 1921")
    kept = plan(texts, family)
    for width, height in SHEETS:
        sheet = Sheet(w=width, h=height)
        canvas = Canvas(width, height, kept.palette.paper)
        writing = named()[family].draw(Scene(plan=kept, sheet=sheet, canvas=canvas, rng=stream(family, 5)))

        assert writing is not None
        written = " ".join(row.line.text for row in writing.block.rows).casefold().split()
        wanted = f"{texts.headline} {texts.subline} {'' if sheet.strip else texts.kicker}".casefold().split()
        assert sorted(word for word in written if word != "·") == sorted(wanted)
        frame = writing.block.frame
        assert frame.x >= -1
        assert frame.y >= -1
        assert frame.right <= width + 1
        assert frame.bottom <= height + 1
