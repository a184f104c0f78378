"""The documentation says what the code does: generated pages are current, and every page can be found."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from scripts.docs import api, problems, settings
from scripts.docs.pages import API, all_pages
from scripts.lint.source import ROOT

pytestmark = pytest.mark.slow


def test_every_generated_page_is_current():
    pages = {path: text for path, text in all_pages().items() if (ROOT / path).read_text(encoding="utf-8") != text}
    assert pages == {}, "run `make docs`"


def test_the_description_of_the_api_is_what_the_app_says(tmp_path):
    written = tmp_path / "openapi.json"
    subprocess.run([sys.executable, "-m", "scripts.openapi", written], cwd=ROOT, check=True)
    assert API.read_text(encoding="utf-8") == written.read_text(encoding="utf-8"), "run `make docs`"


@pytest.mark.parametrize("kind", problems.problem_types(), ids=lambda kind: kind.slug)
def test_a_problem_says_what_happened_and_what_to_do(kind):
    happened, advice = problems.page(kind).split("## What to do")
    assert happened.strip().endswith(".")
    assert advice.split("## In the answer")[0].strip().endswith(".")


def test_no_two_problems_share_a_slug():
    slugs = [kind.slug for kind in problems.problem_types()]
    assert len(slugs) == len(set(slugs))


def test_no_page_of_a_problem_outlives_its_class():
    pages = {path.stem for path in (ROOT / "docs/problems").glob("*.md")} - {"index"}
    assert pages == {kind.slug for kind in problems.problem_types()}


def test_every_setting_says_what_it_is_for():
    rows = [line for line in settings.page().splitlines() if line.startswith("| `")]
    assert rows
    assert [row for row in rows if row.endswith(("|  |", "| . |"))] == []


def test_the_settings_page_names_no_folder_of_the_machine_it_was_made_on():
    assert str(Path.home()) + "/" not in settings.page()


def test_the_reference_names_every_operation_field_and_answer():
    page = api.page(
        {
            "info": {"version": "1"},
            "paths": {
                "/make/{n}": {
                    "post": {
                        "tags": ["making"],
                        "description": "Make it.",
                        "parameters": [{"name": "n", "in": "path", "required": True, "schema": {"type": "integer"}}],
                        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/x/Body"}}}},
                        "responses": {"202": {"description": "Accepted"}},
                    }
                }
            },
            "components": {"schemas": {"Body": Body.model_json_schema()}},
        }
    )
    assert "### `POST /make/{n}`\n\nMake it." in page
    assert "| `n` (required) | path | integer |" in page
    assert "Body: [Body](#body) as `application/json`." in page
    assert "Answers: 202 Accepted." in page
    assert "| `sides` | list of integer | required |" in page


class Body(BaseModel):
    """What to make."""

    sides: list[int]


def nav_pages(entry):
    match entry:
        case str():
            yield entry
        case list():
            for part in entry:
                yield from nav_pages(part)
        case dict():
            yield from nav_pages(list(entry.values()))


def test_every_page_is_in_the_navigation_or_in_a_list_that_is():
    nav = set(nav_pages(yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]))
    docs = ROOT / "docs"
    pages = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}
    listed = {page for page in pages if page.startswith(("problems/", "decisions/"))} - nav
    assert pages - listed == nav
    for page in listed:
        folder, name = page.split("/")
        assert f"({name})" in (docs / folder / "index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", sorted((ROOT / "docs/decisions").glob("0*.md")), ids=lambda page: page.stem)
def test_a_decision_is_one_page_with_the_line_to_quote(page):
    text = page.read_text(encoding="utf-8")
    number, _, title = text.splitlines()[0].removeprefix("# ").partition(". ")
    assert (int(page.name[:4]), bool(title)) == (int(number), True)
    parts = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert parts == ["Context", "Decision", "Consequences", "Alternatives", "Enforced by"]
    assert "\n## Decision\n\n> " in text
    assert len(text.split()) < 400
