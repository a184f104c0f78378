"""What each operation means to the job runner: its promise is checked and the new asset gets its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.jobs.work import Label
from backend.schemas.specs import CreateSpec, RelayoutSpec, SocialSpec
from backend.services.image_studio.plans import Choice, Made, Plan

if TYPE_CHECKING:
    from backend.imaging.types import Size
    from backend.jobs.work import Finish, Task
    from backend.schemas.assets import Purpose
    from backend.schemas.base import Facts
    from backend.services.image_studio.create_service import CreateStudioService
    from backend.services.image_studio.desk import Studios
    from backend.services.image_studio.relayout_service import RelayoutStudioService
    from backend.services.image_studio.social_optimizer_service import SocialOptimizerService

MODULE = "image_studio"
_EXTENSIONS = {"jpeg": "jpg"}
_LONGEST = 48

Promise = Callable[[Plan, Choice, Mapping[str, "Size"], Made], "Facts"]
"""A service's `finish`: checks one picture against the inputs' sizes and says what is remembered of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How what an operation makes is called: the file without its extension, the title, the tags."""

    filename: str
    title: str
    tags: tuple[str, ...]
    purpose: Purpose | None = None
    """What it only serves."""


EDITED: Mapping[str, Naming] = {
    "remove_background": Naming(filename="cut-out", title="Cut out", tags=("cut out",)),
    "erase": Naming(filename="erased", title="Erased", tags=("erased",)),
    "inpaint": Naming(filename="filled", title="Filled in", tags=("filled in",)),
    "outpaint": Naming(filename="extended", title="Extended", tags=("extended",)),
    "search_replace": Naming(filename="replaced", title="Replaced", tags=("replaced",)),
    "search_recolor": Naming(filename="recoloured", title="Recoloured", tags=("recoloured",)),
    "relight": Naming(filename="relit", title="Relit", tags=("relit",)),
    "general_edit": Naming(filename="adjusted", title="Adjusted", tags=("adjusted",)),
    "select": Naming(filename="mask", title="Mask", tags=("mask",), purpose="mask"),
}


ENLARGED: Mapping[str, Naming] = {
    "upscale": Naming(filename="enlarged", title="Enlarged", tags=("enlarged",)),
}


RECODED: Mapping[str, Naming] = {
    "compress": Naming(filename="smaller", title="Smaller file", tags=("compressed",)),
    "convert": Naming(filename="converted", title="Other file type", tags=("converted",)),
}


FOLLOWING: Mapping[str, Naming] = {
    "sketch": Naming(filename="from-a-sketch", title="From a sketch", tags=("from a sketch",)),
    "structure": Naming(filename="rebuilt", title="Rebuilt", tags=("rebuilt",)),
    "style": Naming(filename="styled", title="Styled", tags=("styled",)),
    "style_transfer": Naming(filename="restyled", title="Restyled", tags=("restyled",)),
}


def studio_tasks(studios: Studios) -> Mapping[str, Task]:
    """Return the table that the runner works by: one row for each operation."""
    changes: tuple[tuple[Mapping[str, Naming], Promise], ...] = (
        (EDITED, studios.edits.finish),
        (ENLARGED, studios.upscales.finish),
        (FOLLOWING, studios.controls.finish),
        (RECODED, studios.conversions.finish),
    )
    changed = {name: _changed(naming, promise) for table, promise in changes for name, naming in table.items()}
    return {
        "create": _created(studios.creation),
        "relayout": _laid_out(studios.relayouts),
        "social": _exported(studios.socials),
        **changed,
    }


def _created(creation: CreateStudioService) -> Task:
    def created(finish: Finish) -> Label:
        plan = Plan.model_validate(finish.plan)
        made = _made(finish)
        facts = creation.finish(plan, _choice(plan, finish), made)
        spec = finish.spec
        assert isinstance(spec, CreateSpec), "the table hands each operation its own specs"
        words = spec.original_prompt.strip()
        return Label(
            filename=f"{_slug(words)}-{spec.seeds[0]}.{made.format}",
            title=_shortened(words, 80),
            source_module=MODULE,
            prompt=spec.original_prompt,
            facts=facts,
        )

    return created


def _laid_out(relayouts: RelayoutStudioService) -> Task:
    def laid_out(finish: Finish) -> Label:
        plan = Plan.model_validate(finish.plan)
        made = _made(finish)
        spec = finish.spec
        assert isinstance(spec, RelayoutSpec), "the table hands each operation its own specs"
        words = spec.prompt or spec.original_prompt or spec.layers.headline or spec.layers.family
        return Label(
            filename=f"{_slug(words)}-{spec.width}x{spec.height}.{made.format}",
            title=_shortened(words, 80),
            source_module=MODULE,
            prompt=spec.prompt or spec.original_prompt,
            facts=relayouts.finish(plan, _choice(plan, finish), finish.before, made),
        )

    return laid_out


def _exported(socials: SocialOptimizerService) -> Task:
    def exported(finish: Finish) -> Label:
        spec, choice = finish.spec, finish.choice
        assert isinstance(spec, SocialSpec), "the table hands each operation its own specs"
        export, made = spec.exports[0], _made(finish)
        return Label(
            filename=f"{export.name}.{made.format}",
            title=f"{export.platform_name} {export.format}",
            source_module=MODULE,
            tags=("export", export.platform_name),
            facts=socials.finish(spec, made, provider=choice.provider, model=choice.model),
        )

    return exported


def _changed(naming: Naming, promise: Promise) -> Task:
    """Return the task of an operation that makes one picture of others."""

    def changed(finish: Finish) -> Label:
        plan = Plan.model_validate(finish.plan)
        made = _made(finish)
        words: str | None = getattr(finish.spec, "prompt", None)
        return Label(
            filename=f"{naming.filename}.{made.format}",
            title=naming.title,
            source_module=MODULE,
            prompt=words,
            tags=naming.tags,
            purpose=naming.purpose,
            facts=promise(plan, _choice(plan, finish), finish.before, made),
        )

    return changed


def _choice(plan: Plan, finish: Finish) -> Choice:
    name = (finish.choice.provider, finish.choice.model)
    return next(choice for choice in plan.choices if (choice.provider, choice.model) == name)


def _made(finish: Finish) -> Made:
    seen = finish.stored
    assert seen.size is not None, "what engines make are pictures"
    kind = seen.mime.removeprefix("image/")
    return Made(
        size=seen.size,
        format=_EXTENSIONS.get(kind, kind),
        alpha=seen.has_alpha,
        length=seen.length,
        seed=finish.produced.seed,
        facts=finish.produced.facts,
    )


def _shortened(words: str, longest: int) -> str:
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _slug(words: str) -> str:
    """Return words as a file name that is safe everywhere: letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "picture"
