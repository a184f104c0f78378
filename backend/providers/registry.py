"""Models as data: which a vendor has, what each can do, what its fields get. An operator's own file adds to ours."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self, cast

import yaml
from pydantic import Field, JsonValue, TypeAdapter, ValidationError, model_validator

from backend.errors import Misconfigured
from backend.providers.base import Offer
from backend.providers.phrases import PHRASES, Phrase
from backend.schemas.base import Frozen
from backend.schemas.specs import Quality

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from backend.schemas.specs import Spec

_DATA = Path(__file__).parents[1] / "data"

Made = Literal[
    "create",
    "general_edit",
    "search_replace",
    "search_recolor",
    "relight",
    "inpaint",
    "erase",
    "remove_background",
    "sketch",
    "structure",
    "style",
    "style_transfer",
    "upscale",
]
"""What a model of a registry may be for."""
Sides = tuple[Annotated[int, Field(ge=16, le=16_384)], Annotated[int, Field(ge=16, le=16_384)]]
Range = tuple[float, float]


class Price(Frozen):
    """What an operator's own model costs. Ours stand in the price book."""

    milli_credits: Annotated[int, Field(gt=0)]
    """Of one picture; 1000 are 1 credit, which lists at 0.01 USD."""
    read: date
    """When it was read, at the row's source."""


class ModelRow(Frozen):
    """One model doing one operation."""

    model: Annotated[str, Field(pattern=r"^[\w.-]+(/[\w.-]+)+(:[\w-]+)?$")]
    """Its name at the vendor."""
    operation: Made
    label: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(pattern=r"^https://")]
    """The page that states what follows, and when it was read."""
    price_key: str | None = None
    price: Price | None = None
    send: dict[str, Phrase]
    """The vendor's fields, and what of a request each gets."""
    always: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])
    """The vendor's fields that are the same in every request."""
    route: str | None = None
    """Who runs it, where a vendor passes requests on."""
    route_id: str | None = None
    """Its name there, where that can't be looked up."""
    qualities: tuple[Quality, ...] = ("draft", "standard", "premium")
    ratios: dict[Annotated[str, Field(pattern=r"^\d+:\d+$")], Sides] = Field(default_factory=dict[str, Sides])
    """The shapes it knows by name, and about how large each is."""
    min_side: int = 64
    max_side: int = 4096
    max_pixels: int = 16_777_216
    step: Annotated[int, Field(ge=1, le=256)] | None = None
    max_input_pixels: int | None = None
    max_input_side: int | None = None
    min_input_side: int = 1
    max_input_ratio: float | None = None
    max_input_bytes: int | None = 7_340_032
    """Pictures travel within the request: no vendor says how large that may be, and this much any takes."""
    max_prompt: int | None = None
    variants: tuple[str, ...] = ()
    generative: bool = True
    steps: Range | None = None
    guidance: Range | None = None
    most_seed: int = 4_294_967_294
    seconds: float = 15.0

    @model_validator(mode="after")
    def _sends_what_there_is(self) -> Self:
        for field, phrase in self.send.items():
            if self.operation not in PHRASES[phrase].operations:
                raise ValueError(f"{field}: an operation {self.operation} has no {phrase}")
        if "ratio" in self.send.values() and not self.ratios:
            raise ValueError("a model that is sent a ratio needs ratios")
        if twice := sorted(set(self.send) & set(self.always)):
            raise ValueError(f"{', '.join(twice)}: stands in `send` and in `always`")
        return self

    def offer(self, provider: str, check: Callable[[Spec], object]) -> Offer:
        """Return the row that the studio reads of it."""
        said = set(self.send.values())
        return Offer(
            provider=provider,
            model=self.model,
            operation=self.operation,
            label=self.label,
            price_key=self.price_key or f"{provider}.{self.model}",
            own_price=self.price.milli_credits if self.price else None,
            source=self.source,
            qualities=self.qualities,
            sizes=tuple(self.ratios.values()),
            min_side=self.min_side,
            max_side=self.max_side,
            max_pixels=self.max_pixels,
            step=self.step,
            max_input_pixels=self.max_input_pixels,
            max_input_side=self.max_input_side,
            min_input_side=self.min_input_side,
            max_input_ratio=self.max_input_ratio,
            max_input_bytes=self.max_input_bytes,
            variants=self.variants,
            words="free" if said & {"prompt", "instruction"} else "none",
            seed="seed" in said,
            negative_prompt=bool(said & {"negative_prompt", "instruction"}),
            guidance="guidance" in said,
            steps="steps" in said,
            generative=self.generative,
            seconds=self.seconds,
            check=check,
        )


_ROWS = TypeAdapter(tuple[ModelRow, ...])


def models_of(provider: str, own: Path | None = None, routes: Collection[str] = ()) -> tuple[ModelRow, ...]:
    """Return a vendor's models: those of the data folder, then those of an operator's file, which win.

    `routes` are those who run models for the vendor; each row names one of them, if there are any.

    Raises:
        Misconfigured: the file is not there, or a row of it is wrong; says which and why.
    """
    rows = _read(_DATA / f"{provider}_models.yaml")
    added = _read(own) if own else ()
    for row in (*rows, *added):
        if row.route not in (routes or (None,)):
            known = f"one of {', '.join(sorted(routes))}" if routes else "left out"
            raise Misconfigured(detail=f"{row.model}: its route is {row.route}, and has to be {known}.")
    taken = {(row.model, row.operation) for row in added}
    return *(row for row in rows if (row.model, row.operation) not in taken), *added


def _read(file: Path) -> tuple[ModelRow, ...]:
    try:
        told: object = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)  # safe_load, ten times as fast
        return _ROWS.validate_python(cast("dict[str, object]", told).get("models") if isinstance(told, dict) else None)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Misconfigured(detail=f"The models of {file} can't be read: {error}") from error
    except ValidationError as wrong:
        found = (f"row {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in wrong.errors(include_url=False))
        raise Misconfigured(detail=f"{file} is wrong. {'; '.join(found)}.") from wrong
