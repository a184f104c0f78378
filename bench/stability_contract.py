"""Whether Stability AI still takes what we send: our table of its API against its own description of that.

    python -m bench.stability_contract --spec FILE

FILE is the vendor's OpenAPI document, JSON or YAML, as somebody has downloaded it. Each difference is printed in a line
and the exit status is 1 if there are any; differences that are known and harmless stand in the table as `known`.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from tests.fakes.provider_server.stability_contract import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

Tree = dict[str, Any]
OURS: Final = "/v2beta/stable-image/"
_FORM: Final = "multipart/form-data"
_RULES: Final = re.compile(r"Validation Rules|Supported dimensions|Image Dimensions")
_EXAMPLES: Final = re.compile(r"\(e\.g\.[^)]*\)")
_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")


def drift(table: Tree, document: Tree) -> list[str]:
    """Return where a description differs from our table, a line each; and known differences that are gone."""
    known = dict.fromkeys(table.get("known", {}))
    found = [line for path, row in table["paths"].items() for line in _of_path(table, document, path, row)]
    found += [f"{path}: is new" for path, way in document["paths"].items() if _is_new(table, path, way)]
    new = [line for line in found if line not in known]
    return new + [f"{line} (no longer so: take it from `known`)" for line in known if line not in found]


def _is_new(table: Tree, path: str, way: Tree) -> bool:
    return path.startswith(OURS) and "post" in way and path not in table["paths"]


def _of_path(table: Tree, document: Tree, path: str, row: Tree) -> Iterator[str]:
    post = document["paths"].get(path, {}).get("post")
    if post is None:
        yield f"{path}: is gone"
        return
    form = merged(document, post["requestBody"]["content"].get(_FORM, {}).get("schema", {}))
    own = {**row["fields"], **row.get("files", {})}
    yield from (f"{path}: {name}: is new" for name in form["properties"] if name not in own)
    yield from (f"{path}: {name}: is gone" for name in own if name not in form["properties"])
    yield from (f"{path}: {name}: is required" for name in form["required"] if name not in row["required"])
    yield from (f"{path}: {name}: is no longer required" for name in row["required"] if name not in form["required"])
    for name, told in form["properties"].items():
        if name in own:
            rule = table["files"][own[name]] if name in row.get("files", {}) else table["kinds"][own[name]]
            yield from (
                f"{path}: {name}: {line}" for line in _of_field(rule, told, is_file=name in row.get("files", {}))
            )
    known = {str(status) for status in table["statuses"]}
    yield from (f"{path}: answers with {status}" for status in post["responses"] if status not in known)
    if bool(row.get("later")) != _is_later(document, post):
        yield f"{path}: answers {'at once' if row.get('later') else 'with a ticket'}"


def _is_later(document: Tree, post: Tree) -> bool:
    content = post["responses"].get("200", {}).get("content", {})
    told = merged(document, content.get("application/json", {}).get("schema", {}))
    return set(told["properties"]) == {"id"}


def _of_field(rule: Tree, told: Tree, *, is_file: bool) -> Iterator[str]:
    if is_file:
        yield from _of_file(rule, told)
    elif "words" in rule:
        words = [str(word).lower() if isinstance(word, bool) else word for word in told.get("enum", ())]
        if set(words) != set(rule["words"]):
            yield f"takes {sorted(words)} and not {sorted(rule['words'])}"
    elif "length" in rule:
        yield from _limits(rule["length"], told, "minLength", "maxLength")
    else:
        yield from _limits(rule.get("number") or rule["whole"], told, "minimum", "maximum")


def _limits(own: list[float | None], told: Tree, least: str, most: str) -> Iterator[str]:
    theirs = [told.get(least), told.get(most)]
    if (own[0] or 0, own[1]) != (theirs[0] or 0, theirs[1]):
        yield f"ranges over {theirs} and not {own}"


def _of_file(rule: Tree, told: Tree) -> Iterator[str]:
    """Compare a file's limits with the numbers in the words about it, for only there they stand."""
    if told.get("format") != "binary":
        yield "is no file"
        return
    text = _RULES.split(_EXAMPLES.sub("", told.get("description", "")), maxsplit=1)[1:]
    theirs = {float(number.replace(",", "")) for number in _NUMBER.findall("".join(text))}
    limits: list[float | None] = [*rule.get("side", []), *rule.get("pixels", []), rule.get("ratio")]
    own: set[float] = {float(limit) for limit in limits if limit is not None}
    own.update([1.0] if "ratio" in rule else [])
    if theirs != own:
        yield f"has limits of {sorted(theirs)} and not {sorted(own)}"


def merged(document: Tree, schema: Tree) -> Tree:
    """Return an object's properties and what of them is required, whichever of several forms it has."""
    schema = _found(document, schema)
    properties: Tree = {name: _found(document, told) for name, told in schema.get("properties", {}).items()}
    required: set[str] = set(schema.get("required", ()))
    every = [merged(document, one) for one in schema.get("allOf", ())]
    either = [merged(document, one) for one in (*schema.get("oneOf", ()), *schema.get("anyOf", ()))]
    for one in (*every, *either):
        for name, told in one["properties"].items():
            properties[name] = _both(properties.get(name, told), told)
    required.update(*(one["required"] for one in every))
    if either:
        required.update(name for name in either[0]["required"] if all(name in one["required"] for one in either))
    return {"properties": properties, "required": required}


def _both(first: Tree, second: Tree) -> Tree:
    """Return a property that two forms have: with the words of both, and otherwise the second's."""
    words = list(dict.fromkeys([*first.get("enum", ()), *second.get("enum", ())]))
    return {**first, **second, **({"enum": words} if words else {})}


def _found(document: Tree, schema: Tree) -> Tree:
    """Return a schema, or the one that it refers to with whatever stands beside that; one made of several as one."""
    while "$ref" in schema:
        target: Any = document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        schema = {**target, **{name: value for name, value in schema.items() if name != "$ref"}}
    for one in schema.get("allOf", ()) if "properties" not in schema else ():
        found = _found(document, one)
        schema = {**schema, **({} if "properties" in found else found)}
    return schema


def main() -> int:
    """Print the differences and return the exit status."""
    parser = argparse.ArgumentParser(description="Hold our table of Stability AI's API against its own.")
    parser.add_argument("--spec", type=Path, required=True, help="the vendor's OpenAPI document")
    document: Tree = yaml.load(parser.parse_args().spec.read_text("utf-8"), Loader=yaml.CSafeLoader)  # safe, and quick
    found = drift(contract(), document)
    print("\n".join(found) or f"as described: {len(contract()['paths'])} addresses, no difference")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
