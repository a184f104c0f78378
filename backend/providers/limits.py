"""What models that take nothing but words can't do, refused at the door instead of dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest
from backend.schemas.specs import SearchRecolorSpec, SearchReplaceSpec

if TYPE_CHECKING:
    from backend.schemas.specs import Spec


def only_words(spec: Spec) -> None:
    """Let pass what can be said in words, since these models see no mask; within one their change is kept afterwards.

    Raises:
        InvalidRequest: a thing is shown by a mask and not named.
    """
    match spec:
        case SearchReplaceSpec(search_prompt=None | ""):
            raise _refused("/search_prompt", "This engine must be told in words what to replace: it sees no mask.")
        case SearchRecolorSpec(select_prompt=None | "", mask=str()):
            raise _refused("/select_prompt", "This engine must be told in words what to recolour: it sees no mask.")
        case _:
            return


def _refused(pointer: str, detail: str) -> InvalidRequest:
    return InvalidRequest(detail=detail, errors=(FieldError(pointer=pointer, detail=detail),))
