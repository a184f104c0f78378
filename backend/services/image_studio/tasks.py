"""What each operation means to the job runner: its promise is checked and the new asset gets its name."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from backend.jobs.work import Label
from backend.schemas.specs import CreateSpec
from backend.services.image_studio.plans import Made, Plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.jobs.work import Finish, Task
    from backend.services.image_studio.create_service import CreateStudioService
    from backend.services.image_studio.edit_service import EditStudioService
    from backend.services.image_studio.plans import Choice

MODULE = "image_studio"
_EXTENSIONS = {"jpeg": "jpg"}
_LONGEST = 48


def studio_tasks(creation: CreateStudioService, edits: EditStudioService) -> Mapping[str, Task]:
    """Return the table that the runner works by."""

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

    def background_removed(finish: Finish) -> Label:
        plan = Plan.model_validate(finish.plan)
        made = _made(finish)
        facts = edits.finish(plan, _choice(plan, finish), finish.before["image"], made)
        return Label(
            filename=f"cut-out.{made.format}", title="Cut out", source_module=MODULE, tags=("cut out",), facts=facts
        )

    return {"create": created, "remove_background": background_removed}


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
