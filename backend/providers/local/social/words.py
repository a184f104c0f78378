"""Where words are in a picture that is exported: found once for all its files, and known again for a while."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import structlog

from backend.imaging.measuring import boxes_in
from backend.imaging.types import Box, Size
from backend.providers.local import models
from backend.providers.local.finding import WORDS, found
from backend.providers.local.social import remembered
from backend.schemas.specs.social import Window

if TYPE_CHECKING:
    from pydantic import JsonValue

    from backend.providers.base import Produced
    from backend.providers.local.rooms import Means
    from backend.schemas.specs import SocialSpec

    Words = tuple[Box, ...]

log = structlog.get_logger()

_under_way: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, asyncio.Task[Words]]] = WeakKeyDictionary()
_ahead: set[asyncio.Task[Words | None]] = set()


async def words_in(means: Means, spec: SocialSpec, image: bytes) -> Words | None:
    """Return where words are in a picture, in its pixels; None where what finds them is not installed.

    Whoever gives up waiting doesn't end the search: the next to ask has what it found.

    Raises:
        MachineTrouble: the weights are damaged, or it took more than it may.
    """
    if spec.layers is not None or not models.is_installed(WORDS, means.models_dir):
        return None
    picture = remembered.name_of(spec.image, image)
    words = remembered.WORDS.of(picture)
    if words is not None:
        return words
    under_way = _under_way.setdefault(asyncio.get_running_loop(), {})
    if picture not in under_way:
        task = under_way[picture] = asyncio.create_task(_looked(means, picture, image))
        task.add_done_callback(lambda _: under_way.pop(picture))
    return await asyncio.shield(under_way[picture])


async def _looked(means: Means, picture: str, image: bytes) -> Words:
    seen = await means.workbench.run_model(found, image, None, models.path_of(WORDS, means.models_dir))
    words = seen.text or ()
    remembered.WORDS.keep(picture, words)
    return words


def look_ahead(means: Means, spec: SocialSpec, image: bytes) -> None:
    """Begin to look for words, for somebody who is going to ask; what goes wrong is told again to whoever does."""
    task = asyncio.create_task(words_in(means, spec, image))
    _ahead.add(task)
    task.add_done_callback(_seen)


def _seen(task: asyncio.Task[Words | None]) -> None:
    _ahead.discard(task)
    if not task.cancelled() and (error := task.exception()):
        log.info("words.not_found", error=type(error).__name__)


def with_words(spec: SocialSpec, ordinal: int, one: Produced, seen: tuple[Size, Words | None]) -> Produced:
    """Return a file with where words are in it: the picture's own, and those laid over it; None where nobody looked.

    `seen` are the picture's size, and where its words are.
    """
    size, words = seen
    if words is None:
        return replace(one, facts={**one.facts, "text": None})
    export, laid, crop = spec.exports[ordinal], one.facts["text"], one.facts["crop"]
    assert isinstance(laid, list), "the child says what it laid"
    assert isinstance(crop, dict), "and what the file shows"
    shown, target = Window.model_validate(crop), Size(export.width, export.height)
    is_whole = spec.mode in {"fit", "extend"} and export.box is None
    place = place_of(size, target) if is_whole else Box(0, 0, target.width, target.height)
    part = Box(shown.left, shown.top, shown.left + shown.width, shown.top + shown.height)
    moved = boxes_in(part, place.size, words)
    own: list[JsonValue] = [
        [box.left + place.left, box.top + place.top, box.right + place.left, box.bottom + place.top] for box in moved
    ]
    return replace(one, facts={**one.facts, "text": [*laid, *own]})


def place_of(own: Size, target: Size) -> Box:
    """Return where in a file a picture lies that is kept whole: as large as it fits, in the middle."""
    scale = min(target.width / own.width, target.height / own.height)
    width, height = max(1, round(own.width * scale)), max(1, round(own.height * scale))
    left, top = (target.width - width) // 2, (target.height - height) // 2
    return Box(left, top, left + width, top + height)
