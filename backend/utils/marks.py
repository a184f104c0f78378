"""Marks of where pictures come from: put on what is kept, taken over from what came with some, told to what follows."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final, cast, get_args

from backend import __version__
from backend.imaging.provenance.signing import marked
from backend.imaging.provenance.types import Ingredient, Report, SourceType, Statement

if TYPE_CHECKING:
    from backend.db.models import Asset
    from backend.imaging.provenance.types import Relation
    from backend.imaging.types import Inspected
    from backend.schemas.base import Facts
    from backend.utils.credentials import Signing

ORIGINAL: Final = "original-marks.json"
"""The file beside an upload that holds what it said of itself when it came."""
TYPE: Final = "digital_source_type"
_TRAINED: Final = frozenset(("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"))


class Marks:
    """Puts marks on finished files, in threads beside the event loop."""

    def __init__(self, signing: Signing) -> None:
        self._signing = signing

    async def put(self, seen: Inspected, said: Statement) -> bytes:
        """Return a picture's file with what is said of it, signed; its pixels are not coded anew."""
        return await asyncio.to_thread(marked, seen.data, seen.mime, said, self._signing.now())


def facts_of(said: Statement) -> Facts:
    """Return what the library remembers of a picture's origin."""
    return {TYPE: said.source_type} if said.source_type else {}


def origin_of(row: Asset, role: str) -> Ingredient:
    """Return what is known of an asset that something is made of. Its name is not told: files travel."""
    known = cast("dict[str, object]", row.facts.get("provenance") or {})  # written by `facts_of` or `told_of`
    return Ingredient(
        title=role.replace("_", " "),
        mime=row.mime_type,
        digest=row.content_key.rpartition("/")[2],
        source_type=_known(known.get(TYPE)),
    )


def told_of(seen: Inspected) -> Facts:
    """Return what the library remembers of a file that came with marks."""
    marks = _marks(seen)
    told = {
        TYPE: believed(marks),
        "said": marks.source_type,
        "state": marks.state,
        "signed_by": marks.signer,
        "generator": marks.generator,
    }
    return {name: value for name, value in told.items() if value}


def original_of(seen: Inspected) -> bytes:
    """Return what a file said of itself, with the digest of its picture, as JSON: always the same for the same file."""
    told = {**asdict(_marks(seen)), "picture_sha256": hashlib.sha256(seen.data).hexdigest()}
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()


def with_original(said: Statement, seen: Inspected) -> Statement:
    """Return what is said of a picture whose engine had put marks on it: they are named, and what they admit holds."""
    original = _original(seen, "the engine's own file", relation="inputTo")
    admitted = original.source_type if original.source_type in _TRAINED else None
    kind = said.source_type if said.source_type in _TRAINED else admitted or said.source_type
    return replace(said, source_type=kind, ingredients=(*said.ingredients, original))


def taken_over(seen: Inspected) -> Statement:
    """Return what is said of an upload in the file that is kept of it: the original is its ingredient."""
    marks, original = _marks(seen), _original(seen, "original", relation="parentOf")
    return Statement(
        title="upload",
        operation="upload",
        actions=("c2pa.edited.metadata",),
        source_type=original.source_type,
        engine="image-studio",
        model="intake",
        version=__version__,
        made_by=marks.engine or marks.generator,
        prompt=marks.prompt,
        seed=marks.seed,
        ingredients=(original,),
    )


def _original(seen: Inspected, title: str, *, relation: Relation) -> Ingredient:
    marks = _marks(seen)
    return Ingredient(
        title=title,
        mime=marks.mime,
        digest=hashlib.sha256(seen.data).hexdigest(),
        relation=relation,
        source_type=believed(marks),
        told=_in_words(marks),
    )


def believed(marks: Report) -> SourceType | None:
    """Return the kind of source that a stranger's marks are believed for: signed and intact, or against its interest.

    Anybody can write into a file that it is a photograph; nobody gains by writing that it is not.
    """
    kind = _known(marks.source_type)
    return kind if marks.state == "intact" or kind in _TRAINED else None


def _known(kind: object) -> SourceType | None:
    return next((one for one in get_args(SourceType) if one == kind), None)


def _marks(seen: Inspected) -> Report:
    assert seen.marks is not None, "only files that came with marks have them taken over"
    return seen.marks


def _in_words(marks: Report) -> str:
    by = f"signed by {marks.signer}, {marks.state}" if marks.signer else "not signed"
    return f"{by}; {marks.generator or 'generator unknown'}; said {marks.source_type or 'nothing'}"
