"""What may follow what in a recipe, what its placeholders take, and how a CSV file is read."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from backend.errors import InvalidRequest
from backend.imaging.types import Size
from backend.schemas.recipes import MOST_ITEMS, RecipeStep, RunForm
from backend.services.image_studio.inputs import Input
from backend.services.recipes.filling import columns_of, filled
from backend.services.recipes.rows import rows_of
from backend.services.recipes.steps import SOME, ask_of, check
from backend.services.recipes.verbs import Terms, after, planned
from tests.unit.studio.conftest import house  # noqa: F401 - the small market of the studio's own tests

CREATE = RecipeStep(verb="create", request={"prompt": "a fox", "width": 64, "height": 64})
CUT = RecipeStep(verb="edit", request={"operation": "remove_background"})
LARGER = RecipeStep(verb="upscale")
AGAIN = RecipeStep(verb="relayout")
SOCIAL = RecipeStep(verb="social", request={"platforms": ["instagram"]})
MASK = RecipeStep(verb="edit", request={"operation": "select"})


@pytest.fixture
def terms(house):  # noqa: F811 - the fixture
    return Terms(studios=house.studios, market=house.market())


def refused(terms: Terms, *steps: RecipeStep) -> list[str]:
    with pytest.raises(InvalidRequest) as caught:
        check(steps, terms)
    return [error.pointer for error in caught.value.errors]


def test_pictures_may_be_made_changed_enlarged_and_exported(terms):
    check((CREATE, CUT, LARGER, SOCIAL), terms)
    check((CREATE, AGAIN, SOCIAL), terms)
    check((RecipeStep(verb="compress"), SOCIAL), terms)


@pytest.mark.parametrize(
    ("steps", "pointer"),
    [
        ((CUT, CREATE), "/steps/1/verb"),
        ((CUT, AGAIN), "/steps/1/verb"),
        ((SOCIAL, LARGER), "/steps/1/verb"),
        ((MASK, CUT), "/steps/1/verb"),
        ((CREATE.model_copy(update={"request": {**CREATE.request, "num_variations": 2}}), CUT), "/steps/1/verb"),
    ],
)
def test_what_cannot_follow_is_refused_where_it_stands(terms, steps, pointer):
    assert refused(terms, *steps) == [pointer]


@pytest.mark.parametrize(
    ("verb", "request_", "pointer"),
    [
        ("edit", {"operation": "unheard_of"}, "/steps/0/request"),
        ("edit", {"operation": "erase"}, "/steps/0/request/mask_base64"),
        ("edit", {"operation": "remove_background", "image_asset_id": SOME}, "/steps/0/request/image_asset_id"),
        ("edit", {"operation": "remove_background", "image_base64": "AAAA"}, "/steps/0/request/image_base64"),
        ("edit", {"operation": "erase", "mask_base64": "AAAA"}, "/steps/0/request/mask_base64"),
        ("upscale", {"target_width": "wide"}, "/steps/0/request/target_width"),
        ("create", {"prompt": "a", "height": 64, "width": "{{width}}"}, "/steps/0/request/width"),
        ("create", {"prompt": "a", "colour": "red"}, "/steps/0/request/colour"),
    ],
)
def test_what_a_form_does_not_take_is_refused_with_its_place_in_the_recipe(terms, verb, request_, pointer):
    assert pointer in refused(terms, RecipeStep(verb=verb, request=request_))


def test_columns_are_found_wherever_words_stand_and_filled_in_there():
    step = RecipeStep(
        verb="social",
        request={"platforms": ["x"], "text": {"words": "{{ headline }} {{price}}"}, "alt_text": "{{headline}}"},
    )
    assert columns_of((step,)) == ("headline", "price")
    body = filled(step.request, {"headline": "Warm {socks}", "price": 9.5})
    assert body == {"platforms": ["x"], "text": {"words": "Warm {socks} 9.5"}, "alt_text": "Warm {socks}"}


@given(cell=st.text(max_size=50))
def test_what_a_cell_says_is_not_read_for_placeholders_again(cell):
    assert filled({"prompt": "{{a}}"}, {"a": cell, "b": "no"}) == {"prompt": cell}


def test_the_size_of_what_a_step_makes_is_known_to_the_next(terms):
    before = Input(size=Size(40, 30))
    wider = ask_of(RecipeStep(verb="create", request=CREATE.request), {}, None)
    assert after(planned(wider.form, before, terms), before).size == Size(64, 64)
    assert after(None, before) == before


CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20).map(str.strip).filter(bool)


@given(table=st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=8), separator=st.sampled_from(",;"))
def test_what_a_spreadsheet_writes_is_read_back(table, separator):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator)
    writer.writerows([["headline", "picture"], *table])
    assert [list(row.values()) for row in rows_of(file.getvalue().encode("utf-8-sig"))] == table


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "at least one row"),
        ("a,b\n", "at least one row"),
        ("a,a\n1,2\n", "two columns"),
        ("a,,b\n1,2,3\n", "no name"),
        ("a,b\n1,2,3\n", "more cells"),
        ('a\n"1\n', "can't be read"),
        ("a\n" + "1\n" * (MOST_ITEMS + 1), "at most 500"),
        ("a\n" + "x" * 2001, "2000 characters"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(text, says):
    with pytest.raises(InvalidRequest, match=says):
        rows_of(text.encode())


def test_bytes_of_another_encoding_are_refused():
    with pytest.raises(InvalidRequest, match="not UTF-8"):
        rows_of("größe\n1\n".encode("latin-1"))


@pytest.mark.parametrize("body", [{}, {"asset_ids": ["a"], "rows": [{"a": "b"}]}, {"rows": [{"a": "x\x00"}]}])
def test_a_run_goes_over_pictures_or_rows(body):
    with pytest.raises(ValidationError):
        RunForm.model_validate(body)
