"""A design laid out again: what is asked for becomes different, everything else stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest
from backend.providers.local.compose.families import named
from backend.providers.local.compose.layers import plan_from
from backend.providers.local.compose.palettes import of_brand
from backend.providers.local.compose.words import LIMITS, quoted, texts_of

if TYPE_CHECKING:
    from backend.providers.local.compose.scene import Plan
    from backend.providers.local.compose.words import Texts
    from backend.schemas.specs import RelayoutSpec, Wording


def changed(spec: RelayoutSpec) -> Plan:
    """Return the plan of a design as a spec wants it.

    Raises:
        InvalidRequest: its layers are not those of a design, its prompt quotes nothing, or no word is left of a design
            that is made of words.
    """
    plan = plan_from(spec.layers)
    texts = _texts(plan.texts, spec)
    if named()[plan.family].needs_text and not texts:
        raise _refused("/words", f"the design {plan.family} is made of its words; leave it at least a headline")
    return replace(
        plan,
        texts=texts,
        palette=of_brand(spec.palette) if spec.palette else plan.palette,
        seed=plan.seed if spec.seed is None else spec.seed,
    )


def _texts(texts: Texts, spec: RelayoutSpec) -> Texts:
    if spec.prompt is not None:
        texts = quoted(spec.prompt)
        if not texts:
            raise _refused("/prompt", "only words in quotation marks are set; the design itself stays as it is")
    return _reworded(texts, spec.words)


def _reworded(texts: Texts, words: Wording) -> Texts:
    """Return the texts with some parts replaced; where the headline is taken away, the next part takes its place."""
    said = {name: getattr(words, name) for name in LIMITS}
    if all(part is None for part in said.values()):
        return texts
    return texts_of([getattr(texts, name) if part is None else part for name, part in said.items()])


def _refused(pointer: str, detail: str) -> InvalidRequest:
    return InvalidRequest(detail=f"{pointer[1:]}: {detail}.", errors=(FieldError(pointer=pointer, detail=detail),))
