"""The command that holds our table of Stability AI's API against its description finds whatever has changed in that."""

from __future__ import annotations

import copy

import pytest

from bench.stability_contract import drift
from tests.fakes.provider_server.stability_contract import contract

PATH = "/v2beta/stable-image/edit/inpaint"


def described(table):
    """Return a description, in the manner of the vendor's, that says what our table says."""
    paths = {}
    for path, row in table["paths"].items():
        fields = {name: _field(table["kinds"][kind]) for name, kind in row["fields"].items()}
        files = {name: _file(table["files"][kind]) for name, kind in row.get("files", {}).items()}
        form = {"type": "object", "properties": {**fields, **files}, "required": list(row["required"])}
        answers = {str(status): {} for status in table["statuses"]}
        if row.get("later"):
            told = {"schema": {"properties": {"id": {"type": "string"}}}}
            answers["200"] = {"content": {"application/json": told}}
        body = {"content": {"multipart/form-data": {"schema": form}}}
        paths[path] = {"post": {"requestBody": body, "responses": answers}}
    return {"paths": paths, "components": {"schemas": {}}}


def _field(kind):
    if "words" in kind:
        return {"type": "string", "enum": list(kind["words"])}
    least, most = kind.get("length") or kind.get("number") or kind["whole"]
    names = ("minLength", "maxLength") if "length" in kind else ("minimum", "maximum")
    return {name: limit for name, limit in zip(names, (least, most), strict=True) if limit is not None}


def _file(rule):
    limits = [*rule.get("side", []), *rule.get("pixels", [])]
    said = " and ".join(f"{limit:,}" for limit in limits if limit is not None)
    shape = "; between 1:2.5 and 2.5:1" if "ratio" in rule else ""
    return {"format": "binary", "description": f"A picture.\n\nValidation Rules:\n- {said}{shape}"}


@pytest.fixture
def document():
    told = described(contract())
    told["paths"]["/v2beta/stable-image/edit/erase"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"][
        "required"
    ].append("prompt")
    return told


def form_in(document, path=PATH):
    return document["paths"][path]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]


def test_a_description_that_says_the_same_differs_nowhere(document):
    assert drift(contract(), document) == []


def test_a_form_in_pieces_is_read_as_a_whole(document):
    whole = copy.deepcopy(form_in(document))
    document["components"]["schemas"]["Words"] = {"properties": {"prompt": whole["properties"].pop("prompt")}}
    form_in(document).clear()
    form_in(document)["allOf"] = [{"$ref": "#/components/schemas/Words"}, whole]
    assert drift(contract(), document) == []


def test_a_field_in_pieces_has_the_limits_of_the_last(document):
    document["components"]["schemas"]["Grown"] = {"type": "number", "minimum": 0, "maximum": 20}
    fields = form_in(document)["properties"]
    fields["grow_mask"] = {"allOf": [{"$ref": "#/components/schemas/Grown"}, {"maximum": 100}]}
    assert drift(contract(), document) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda form: form["properties"].update(steps={"type": "number"}), "steps: is new"),
        (lambda form: form["properties"].pop("grow_mask"), "grow_mask: is gone"),
        (lambda form: form["required"].append("mask"), "mask: is required"),
        (lambda form: form["required"].remove("prompt"), "prompt: is no longer required"),
        (lambda form: form["properties"]["grow_mask"].update(maximum=20), "grow_mask: ranges over [0, 20]"),
        (lambda form: form["properties"]["prompt"].update(maxLength=500), "prompt: ranges over [1, 500]"),
        (lambda form: form["properties"]["output_format"]["enum"].append("avif"), "output_format: takes ['avif'"),
        (lambda form: form["properties"]["image"].update(description="Validation Rules: 32"), "image: has limits of"),
        (lambda form: form["properties"]["image"].update(format="uri"), "image: is no file"),
    ],
)
def test_whatever_changes_in_a_form_is_told(document, change, says):
    change(form_in(document))
    (line,) = drift(contract(), document)
    assert line.startswith(f"{PATH}: {says}")


def test_addresses_answers_and_known_differences_are_told_too(document):
    paths = document["paths"]
    paths["/v2beta/stable-image/edit/repaint"] = paths.pop(PATH)
    paths["/v2beta/stable-image/upscale/fast"]["post"]["responses"]["418"] = {}
    paths["/v2beta/stable-image/upscale/creative"]["post"]["responses"]["200"] = {}
    form_in(document, "/v2beta/stable-image/edit/erase")["required"].remove("prompt")
    assert [line.partition(": ")[2] for line in drift(contract(), document)] == [
        "answers with 418",
        "answers at once",
        "is gone",
        "is new",
        "prompt: is required (no longer so: take it from `known`)",
    ]
