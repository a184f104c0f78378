"""The room of designed graphics, through its door."""

from __future__ import annotations

import io
import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from backend.errors import InvalidRequest
from backend.providers.local.compose import FAMILIES, Brief, compose, lay_out

pytestmark = pytest.mark.slow

SMALL = (200, 200)
SHAPES = [(240, 240), (144, 256), (300, 157), (376, 64), (64, 64)]
ODD = [
    "",
    "   ",
    '""',
    '"" “” «»',
    '"🎉"',
    '"🎉 Party 🎈 time"',
    '"\u202eabc\u202c"',
    "\x00\x01\x02\ud800",
    '"tab\there\nand there"',
    '"افتتاح المتجر الجديد" "الجمعة الساعة السابعة"',
    '"Open שלום 12 now"',
    '"日本語のポスター"',
    '"' + "word " * 2000 + '"',
    '"' + "x" * 9990 + '"',
    "'" * 500,
    '"' * 501,
    '"a" "b" "c" "d" "e"',
    '"!!!"',
    '"Ǆ ﬀ ẞ ß \u0131 İ"',
    '"&<>\'" "</svg><script>"',
    "e\u0301" * 3000,
]


def brief(prompt: str = "", size: tuple[int, int] = SMALL, seed: int = 0, style: str | None = None) -> Brief:
    return Brief(prompt=prompt, width=size[0], height=size[1], seed=seed, style=style)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("size", SHAPES)
def test_every_family_fills_every_shape_exactly_and_reads(family: str, size: tuple[int, int]) -> None:
    made = compose(brief('"Grow slowly, grow well" "The autumn report"', size, seed=3, style=family))

    assert opened(made.png).size == size
    assert made.facts["family"] == family
    assert made.facts["headline"] == "Grow slowly, grow well"
    contrast = made.facts["contrast"]
    assert isinstance(contrast, float)
    assert contrast >= 4.5


@pytest.mark.parametrize("family", FAMILIES)
def test_the_same_brief_gives_the_same_bytes(family: str) -> None:
    asked = brief('"Jazz after dark" "Every Friday"', (160, 160), seed=11, style=family)

    assert compose(asked) == compose(asked)


@pytest.mark.parametrize("size", [(1128, 191), (1080, 1920), (64, 4096), (4096, 64)])
def test_sizes_at_the_edges_are_exact(size: tuple[int, int]) -> None:
    assert opened(compose(brief('"Summer sale"', size, style="swiss")).png).size == size


@pytest.mark.parametrize("size", [(63, 100), (100, 4097), (0, 0), (-5, 100)])
def test_sizes_outside_the_range_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(InvalidRequest):
        compose(brief("sea", size))


@pytest.mark.parametrize("prompt", ODD)
@pytest.mark.parametrize("seed", [0, 7])
def test_odd_prompts_still_make_a_picture(prompt: str, seed: int) -> None:
    assert opened(compose(brief(prompt, (200, 130), seed)).png).size == (200, 130)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    prompt=st.text(max_size=200),
    headline=st.text(max_size=60),
    seed=st.integers(min_value=0, max_value=2**32),
    width=st.integers(64, 260),
    height=st.integers(64, 260),
)
def test_any_prompt_any_seed_any_size(prompt: str, headline: str, seed: int, width: int, height: int) -> None:
    made = compose(brief(f'{prompt} "{headline}"', (width, height), seed))

    assert opened(made.png).size == (width, height)
    assert made.facts.get("contrast", 21.0) >= 4.5


def test_consecutive_seeds_walk_through_six_families_and_change_colours_and_kinds() -> None:
    made = [compose(brief("summer by the sea", (96, 96), seed)).facts for seed in range(8)]

    assert len({facts["family"] for facts in made}) >= 6
    assert len({facts["palette"] for facts in made}) >= 3
    pinned = [compose(brief("summer by the sea", (96, 96), seed, "paper")).facts for seed in range(4)]
    assert len({facts["kind"] for facts in pinned}) >= 3
    assert len({facts["palette"] for facts in pinned}) >= 3


@pytest.mark.parametrize("palette", [("#ff5a1f",), ("#0a66c2", "#f5b700"), ("#00a878", "#1d1d2b", "#f6f1e7")])
def test_a_given_palette_wins(palette: tuple[str, ...]) -> None:
    made = compose(Brief(prompt="red bakery", width=128, height=128, seed=1, palette=palette, style="bauhaus"))

    assert made.facts["palette"] == "brand"
    colours = made.facts["colours"]
    assert isinstance(colours, list)
    assert set(palette) <= set(colours)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "palette", [("#808080",), ("#777777", "#888888"), ("#ffffff",), ("#000000", "#ff0000"), ("#ffff00",)]
)
def test_difficult_palettes_still_read(family: str, palette: tuple[str, ...]) -> None:
    asked = Brief(prompt='"Open now" "Ten to six"', width=160, height=120, seed=5, palette=palette, style=family)

    assert float(str(compose(asked).facts["contrast"])) >= 4.5


@pytest.mark.parametrize("palette", [("red",), ("#12",), ("#gggggg",), tuple(f"#00000{i}" for i in range(7))])
def test_colours_that_are_none_are_refused(palette: tuple[str, ...]) -> None:
    with pytest.raises(InvalidRequest):
        compose(Brief(prompt="sea", width=100, height=100, seed=1, palette=palette))


def test_layers_lay_out_the_same_picture_again_and_at_another_size() -> None:
    made = compose(brief('"Take the long way" “Open daily”', (200, 200), seed=4, style="paper"))

    assert lay_out(made.layers, 200, 200).png == made.png
    again = lay_out(made.layers, 300, 100)
    assert opened(again.png).size == (300, 100)
    assert again.layers == made.layers


def test_layers_of_strangers_are_refused() -> None:
    good = compose(brief("sea", (64, 64))).layers

    for bad in (
        {},
        {"family": "paper"},
        {**good, "family": "oil"},
        {**good, "voice": "shout"},
        {**good, "colours": []},
    ):
        with pytest.raises(InvalidRequest):
            lay_out(bad, 100, 100)


def test_limits_that_were_met_are_stated() -> None:
    facts = compose(brief('"' + "long words " * 40 + '" "🎉 yes"', (200, 200), style="swiss")).facts

    assert facts["shortened"] == {"headline": 140}
    assert len(str(facts["headline"])) <= 140
    assert "left_out" in facts


def test_strips_say_that_they_leave_out_the_kicker() -> None:
    prompt = '"One" "Two" "Three"'

    assert compose(brief(prompt, (400, 80), style="swiss")).facts["no_room_for"] == "kicker"
    assert "no_room_for" not in compose(brief(prompt, (200, 200), style="swiss")).facts


def test_briefs_and_compositions_travel_between_processes() -> None:
    asked = brief('"Hello"', (80, 80))
    made = compose(pickle.loads(pickle.dumps(asked)))

    assert pickle.loads(pickle.dumps(made)) == made


def test_the_vector_file_carries_the_words_as_its_title_only() -> None:
    made = compose(brief('"Fish & <chips>"', (200, 200), style="swiss"))

    assert "<title>Fish &amp; &lt;chips&gt;</title>" in made.svg
    assert "<text" not in made.svg
