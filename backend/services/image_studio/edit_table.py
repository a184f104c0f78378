"""The operations of the edit studio as a table: what each makes, needs and understands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from backend.schemas.edit import EditRequest, OperationFields
from backend.schemas.specs import (
    EditSpec,
    EraseSpec,
    GeneralEditSpec,
    InpaintSpec,
    OutpaintSpec,
    RelightSpec,
    RemoveBackgroundSpec,
    SearchRecolorSpec,
    SearchReplaceSpec,
    SelectSpec,
)
from backend.services.image_studio.operations import Operation, Required, row_of, unused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.schemas.base import Facts
    from backend.schemas.fields import FlatForm
    from backend.schemas.specs import OutputFormat

ALL_FORMATS: tuple[OutputFormat, ...] = ("png", "jpg", "webp")
FORM_NAMES = {"left": "expand_left", "right": "expand_right", "up": "expand_up", "down": "expand_down"}
"""Fields of specs that are called otherwise in the form."""
OPTION_NAMES = {"grow": "grow_mask"}
"""Fields of specs that are called otherwise among the options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditOperation(Operation[EditSpec]):
    """One row of the table. Fields of its spec that the form has not are options."""

    FORM: ClassVar[type[FlatForm]] = EditRequest
    NAMES: ClassVar[Mapping[str, str]] = FORM_NAMES

    formats: tuple[OutputFormat, ...] = ALL_FORMATS
    """What it can be written as; another wish is dropped for the first of them."""
    makes_alpha: bool = False
    """True if the result always has transparency."""

    @property
    def options(self) -> Mapping[str, str]:
        """Return the options that it understands, each with its name in the spec: all that has no field of its own."""
        taken = {*self.form.values(), *self.inputs, "operation"}
        return {OPTION_NAMES.get(name, name): name for name in self.spec.model_fields if name not in taken}

    @property
    def fields(self) -> OperationFields:
        """Return which parts of the form a person would fill in."""
        has = set(self.spec.model_fields)
        return OperationFields(
            **{name: name in has for name in ("prompt", "mask", "negative_prompt", "search_prompt", "select_prompt")},
            background="background_image" in has,
            lighting="lighting_image" in has,
            expansion="left" in has,
        )

    @property
    def option_schemas(self) -> dict[str, Facts]:
        """Return what each option takes, as JSON Schema."""
        whole = self.spec.model_json_schema()
        shared = whole.get("$defs", {})
        return {own: _plain(whole["properties"][name], shared) for own, name in self.options.items()}


def _plain(schema: Facts, shared: Mapping[str, Facts]) -> Facts:
    """Return a schema that refers to nothing outside itself."""
    match schema.get("items"):
        case {"$ref": str(name)}:
            return {**schema, "items": shared[name.rsplit("/", 1)[1]]}
        case _:
            return schema


_MASK = "white in it is what changes, and it is as large as the picture"

OPERATIONS: Mapping[str, EditOperation] = {
    "remove_background": EditOperation(
        label="Remove background",
        description="Cuts out the subject and leaves everything else transparent, as PNG or WebP of the same size.",
        spec=RemoveBackgroundSpec,
        formats=("png", "webp"),
        makes_alpha=True,
    ),
    "erase": EditOperation(
        label="Erase",
        description="Takes away what is under the mask and continues its surroundings in its place.",
        spec=EraseSpec,
        required=(Required(any_of=("mask",), why=f"Erasing needs a mask: {_MASK}"),),
    ),
    "inpaint": EditOperation(
        label="Fill in",
        description="Makes what is under the mask anew: from its surroundings, or from your words where an engine"
        " follows them.",
        spec=InpaintSpec,
        required=(Required(any_of=("mask",), why=f"Filling in needs a mask: {_MASK}"),),
    ),
    "outpaint": EditOperation(
        label="Extend",
        description="Continues the picture beyond its borders, by so many pixels at each side.",
        spec=OutpaintSpec,
        required=(Required(any_of=tuple(FORM_NAMES.values()), why="Say how many pixels to add, at one side at least"),),
    ),
    "search_replace": EditOperation(
        label="Replace",
        description="Replaces a thing that you name, or mask, by another that you describe.",
        spec=SearchReplaceSpec,
        free_words=True,
        required=(
            Required(any_of=("prompt",), why="Say what should be there instead"),
            Required(any_of=("search_prompt", "mask"), why="Say what to replace, or send a mask of it"),
        ),
    ),
    "search_recolor": EditOperation(
        label="Recolour",
        description="Gives a thing that you name, or mask, another colour; its light and texture stay.",
        spec=SearchRecolorSpec,
        required=(Required(any_of=("prompt",), why='Name the new colour, such as "teal" or "#0a7e8c"'),),
    ),
    "relight": EditOperation(
        label="Relight",
        description="Puts the subject before another background, in that one's light; or only changes the light.",
        spec=RelightSpec,
        required=(
            Required(
                any_of=("background_image", "prompt", "lighting_image", "options.light_direction"),
                why="Send a background or a picture whose light to take, say the background in words, or say where"
                " the light comes from",
            ),
        ),
    ),
    "general_edit": EditOperation(
        label="Adjust",
        description="Adjusts the picture, or what is under the mask, as your words say: light, colour, looks.",
        spec=GeneralEditSpec,
        required=(Required(any_of=("prompt",), why='Say what to change, such as "a bit warmer, more contrast"'),),
    ),
    "select": EditOperation(
        label="Select",
        description="Makes a mask: of the subject, the background, what you click on or what is in a box. White is"
        " what was selected.",
        spec=SelectSpec,
        formats=("png", "webp"),
    ),
}


def operation_of(name: str) -> EditOperation:
    """Return a row by its key.

    Raises:
        UnsupportedOperation: there is none.
    """
    return row_of(OPERATIONS, name, "edit")


def unused_of(request: EditRequest, operation: EditOperation) -> tuple[str, ...]:
    """Return the given fields and options that change nothing for an operation."""
    options = (f"options.{name}" for name in request.options if name not in operation.options)
    return *unused(request, operation), *options
