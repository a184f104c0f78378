"""Plans as JSON: what is kept beside a picture to lay it out again, and the facts that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from backend.errors import InvalidRequest
from backend.providers.local.compose.families import named
from backend.providers.local.compose.palettes import Palette
from backend.providers.local.compose.scene import Plan
from backend.providers.local.compose.type.voices import VOICES
from backend.providers.local.compose.words import LIMITS, Texts
from backend.schemas.specs import Layers

if TYPE_CHECKING:
    from pydantic import JsonValue

    from backend.providers.local.compose.type.setting import Block
    from backend.providers.local.compose.zones import Sheet


def layers_of(plan: Plan) -> dict[str, JsonValue]:
    """Return the plan as JSON."""
    texts = plan.texts
    return {
        "family": plan.family,
        "kind": plan.kind,
        "palette": plan.palette.name,
        "colours": list(plan.palette.colours),
        "dark": plan.dark,
        "voice": plan.voice,
        "headline": texts.headline,
        "subline": texts.subline,
        "kicker": texts.kicker,
        "seed": plan.seed,
    }


def plan_of(layers: dict[str, JsonValue]) -> Plan:
    """Return the plan that was kept.

    Raises:
        InvalidRequest: it is not one of ours.
    """
    try:
        return plan_from(Layers.model_validate(layers))
    except ValidationError as wrong:
        raise InvalidRequest(detail="these are not the layers of a composition") from wrong


def plan_from(kept: Layers) -> Plan:
    """Return the plan that layers stand for.

    Raises:
        InvalidRequest: they name what does not exist.
    """
    family = named().get(kept.family)
    if family is None or kept.kind not in family.kinds or kept.voice not in VOICES or len(kept.colours) < 3:
        raise InvalidRequest(detail="these layers name a family, kind or voice that does not exist")
    ink, *accents, paper = kept.colours
    return Plan(
        family=kept.family,
        kind=kept.kind,
        palette=Palette(name=kept.palette, ink=ink, accents=tuple(accents), paper=paper),
        dark=kept.dark,
        voice=kept.voice,
        texts=Texts(headline=kept.headline, subline=kept.subline, kicker=kept.kicker),
        seed=kept.seed,
    )


def facts_of(plan: Plan, sheet: Sheet, written: tuple[Block | None, float | None]) -> dict[str, JsonValue]:
    """Return what a person may want to know about the picture; limits only where they were met."""
    texts, (block, contrast) = plan.texts, written
    facts: dict[str, Any] = {  # Any: values of several kinds, JSON all of them
        "family": plan.family,
        "kind": plan.kind,
        "palette": plan.palette.name,
        "colours": list(plan.palette.colours),
        "seed": plan.seed,
    }
    if block:
        facts |= {name: text for name in LIMITS if (text := getattr(texts, name))}
        facts |= {"voice": plan.voice, "type_size": round(block.size, 1), "contrast": contrast}
    if sheet.strip and texts.kicker:
        facts["no_room_for"] = "kicker"
    if texts.shortened:
        facts["shortened"] = {name: LIMITS[name] for name in texts.shortened}
    if texts.undrawable:
        facts["left_out"] = "characters that no font of the studio has"
    return facts
