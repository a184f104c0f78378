"""What is said in a file of how it was made: honestly for each operation and engine, and inherited from its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from backend.imaging.provenance.types import Ingredient, SourceType, Statement
from backend.schemas.base import Frozen
from backend.services.image_studio.tables import read_table

if TYPE_CHECKING:
    from backend.imaging.provenance.types import Relation
    from backend.jobs.work import Making
    from backend.providers.base import Offer
    from backend.schemas.specs import Spec

TRAINED: Final = frozenset[SourceType | None](("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"))
_SYNTHETIC: Final = frozenset[SourceType | None](("algorithmicMedia", "compositeSynthetic"))
_TOUCHES: Final = frozenset[SourceType | None]((None, "algorithmicallyEnhanced", "humanEdits"))
"""What leaves a picture what it was."""
_OWN: Final = frozenset[SourceType | None](("dataDrivenMedia", "algorithmicMedia"))
"""What shows nothing of the pictures it was made from."""


class Row(Frozen):
    """What an operation makes of a picture at an engine."""

    operation: str
    match: str
    generative: bool | None = None
    where: Mapping[str, str | bool] = {}
    given: tuple[str, ...] = ()
    source_type: SourceType | None = None
    actions: tuple[str, ...]

    def fits(self, offer: Offer, spec: Spec) -> bool:
        """Say whether the row is about an offer's work on a spec."""
        return (
            fnmatchcase(spec.operation, self.operation)
            and fnmatchcase(f"{offer.provider}/{offer.model}", self.match)
            and self.generative in {None, offer.generative}
            and all(getattr(spec, name, None) == value for name, value in self.where.items())
            and all(getattr(spec, name, None) is not None for name in self.given)
        )


class Origins(Frozen):
    """The table of how pictures came to be."""

    rows: tuple[Row, ...]
    unseen: frozenset[str]
    placed: frozenset[str]

    def row(self, offer: Offer, spec: Spec) -> Row:
        """Return the first row that fits; the last fits everything."""
        return next(row for row in self.rows if row.fits(offer, spec))


def load_origins() -> Origins:
    """Return the table as it stands in the data folder."""
    return Origins.model_validate(read_table("provenance"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """Says of what is made how that was done: called by the runner for each part."""

    origins: Origins
    version: str
    """The studio's own."""
    prompts: bool = True
    """Whether prompts are written into files."""

    def __call__(self, making: Making) -> Statement:
        """Return what is said of a part."""
        offer, spec = making.offer, making.spec
        row = self.origins.row(offer, spec)
        inputs = self._related(making.origins)
        seen = [one for role, one in inputs.items() if role not in self.origins.unseen]
        return Statement(
            title=spec.operation.replace("_", " "),
            operation=spec.operation,
            actions=row.actions,
            source_type=combined(row.source_type, [one.source_type for one in seen]),
            engine=offer.provider,
            model=offer.model,
            version=self.version,
            prompt=_prompt(spec) if self.prompts else None,
            seed=making.produced.seed,
            alt_text=getattr(spec, "alt_text", None),
            ingredients=tuple(inputs.values()) if row.actions[0] != "c2pa.created" else _as_inputs(inputs),
        )

    def _related(self, origins: Mapping[str, Ingredient]) -> dict[str, Ingredient]:
        """Return the inputs with what they are to the result: one at most is its parent."""
        found: dict[str, Ingredient] = {}
        for role, one in origins.items():
            relation: Relation = "inputTo" if role in self.origins.unseen else "parentOf"
            if role in self.origins.placed or (relation == "parentOf" and _has_parent(found)):
                relation = "componentOf"
            found[role] = replace(one, relation=relation)
        return found


def combined(own: SourceType | None, shown: list[SourceType | None]) -> SourceType | None:
    """Return what a picture is after a change of some kind to pictures of some kinds, the changed one first.

    What a trained model invented stays known through every later step; what code drew, too.
    """
    if own in _OWN:
        return own
    first = shown[0] if shown else None
    if own in _TOUCHES:
        kept = first if first in TRAINED | _SYNTHETIC or own is None else own
        return "compositeWithTrainedAlgorithmicMedia" if kept not in TRAINED and TRAINED & set(shown) else kept
    if TRAINED & set(shown):
        return "compositeWithTrainedAlgorithmicMedia"
    return "compositeSynthetic" if own == "composite" and _SYNTHETIC & set(shown) else own


def _has_parent(found: Mapping[str, Ingredient]) -> bool:
    return any(one.relation == "parentOf" for one in found.values())


def _as_inputs(inputs: Mapping[str, Ingredient]) -> tuple[Ingredient, ...]:
    return tuple(replace(one, relation="inputTo") for one in inputs.values())


def _prompt(spec: Spec) -> str | None:
    """Return the words that a person wrote."""
    for name in ("original_prompt", "prompt"):
        if said := getattr(spec, name, None):
            return said
    return None
