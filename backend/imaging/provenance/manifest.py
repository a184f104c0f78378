"""What a C2PA manifest of ours says: who made the picture, how, and of what.

The prompt, the seed and the alternative text stand in the XMP packet alone: the signature covers it with all other
bytes, and they are said once.

Source: https://spec.c2pa.org/specifications/specifications/2.4/specs/C2PA_Specification.html (read 2026-11-23)
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from backend.imaging.provenance.types import VOCABULARY
from backend.imaging.provenance.xmp import LONGEST_NAME, cut

if TYPE_CHECKING:
    from backend.imaging.provenance.types import Ingredient, Statement

LONGEST_TITLE: Final = 60
SHORT_TITLE: Final = 30
"""Bytes of a title: of the picture's own, of each that it was made from."""
LONGEST_TOLD: Final = 200
MOST_INGREDIENTS: Final = 3
"""An operation of today reads three pictures at most."""
OPENED, PLACED, CREATED = "c2pa.opened", "c2pa.placed", "c2pa.created"

Json = dict[str, Any]  # Any: what the signer takes is JSON


def definition(said: Statement, mime: str) -> str:
    """Return the manifest of a picture, as the signer takes it."""
    named = [(f"i{n}", one) for n, one in enumerate(said.ingredients[:MOST_INGREDIENTS])]
    manifest = {
        "claim_generator_info": [{"name": "Image Studio", "version": said.version}],
        "title": cut(said.title, LONGEST_TITLE),
        "format": mime,
        "ingredients": [_ingredient(name, one) for name, one in named],
        "assertions": [{"label": "c2pa.actions.v2", "created": True, "data": {"actions": _actions(said, named)}}],
    }
    return json.dumps(manifest, ensure_ascii=False)


def _ingredient(name: str, one: Ingredient) -> Json:
    """Return an ingredient by name and digest; its own manifest stays with it in the library."""
    told = {
        "title": cut(one.title, SHORT_TITLE),
        "format": one.mime,
        "relationship": one.relation,
        "instance_id": f"sha256:{one.digest[:32]}",
        "label": name,
    }
    return {**told, "description": cut(one.told, LONGEST_TOLD)} if one.told else told


def _actions(said: Statement, named: list[tuple[str, Ingredient]]) -> list[Json]:
    by = {"name": cut(f"{said.engine}/{said.model}", LONGEST_NAME)}
    parents = [name for name, one in named if one.relation == "parentOf"]
    parts = [name for name, one in named if one.relation == "componentOf"]
    inputs = [name for name, one in named if one.relation == "inputTo"]
    actions: list[Json] = [{"action": OPENED, "parameters": {"ingredientIds": parents}}] if parents else []
    actions += [{"action": PLACED, "parameters": {"ingredientIds": parts}}] if parts else []
    done: list[Json] = [{"action": action} for action in said.actions]
    if done:
        done[0]["softwareAgent"] = by
    if done and said.source_type:
        done[0]["digitalSourceType"] = VOCABULARY + said.source_type
    if done and inputs:
        done[0]["parameters"] = {"ingredientIds": inputs}
    # What was created from nothing begins the list; what was opened, that.
    return [*actions, *done]
