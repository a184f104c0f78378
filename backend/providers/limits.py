"""What models that take nothing but words can't do, refused at the door instead of dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backend.errors import FieldError, InvalidRequest
from backend.schemas.specs import SearchReplaceSpec

if TYPE_CHECKING:
    from backend.schemas.specs import Spec

_DEGREES: Final = ("strength", "style_strength", "composition_fidelity", "change_strength")
"""How much of something is to be done; no vendor of a registry has a field for it."""


def only_words(spec: Spec) -> None:
    """Let pass what can be said in words.

    Raises:
        InvalidRequest: a thing to replace is shown by a mask alone, or a degree is given.
    """
    if isinstance(spec, SearchReplaceSpec) and not spec.search_prompt:
        raise _refused("/search_prompt", "This engine must be told in words what to replace: it reads no mask.")
    fields = type(spec).model_fields
    for name in _DEGREES:
        if name in fields and getattr(spec, name) != fields[name].default:
            raise _refused(f"/options/{name}", f"This engine does a thing or leaves it: it has no {name}.")


def _refused(pointer: str, detail: str) -> InvalidRequest:
    return InvalidRequest(detail=detail, errors=(FieldError(pointer=pointer, detail=detail),))
