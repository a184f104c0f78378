"""The room that recolours: a thing that is named or masked, in another colour; its light and texture stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import ProviderUnavailable, RequestRefused
from backend.providers.base import Offer, Produced
from backend.providers.local import models
from backend.providers.local.recolour.words import understood
from backend.providers.local.rooms import Room
from backend.schemas.specs import SearchRecolorSpec

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from backend.providers.local.recolour.words import Wish
    from backend.providers.local.recolour.work import Recoloured
    from backend.providers.local.rooms import Means, Work
    from backend.schemas.specs import OutputFormat, Spec

_FINDER = "u2netp"


def _check(spec: Spec) -> None:
    if isinstance(spec, SearchRecolorSpec):
        understood(spec.prompt, spec.select_prompt, masked=spec.mask is not None)


RECOLOUR = Offer(
    provider="local",
    model="recolour",
    operation="search_recolor",
    label="Recolouring",
    price_key="local.recolour",
    source="docs/explanation/recolouring.md (read 2026-11-22)",
    words="vocabulary",
    local=True,
    formats=("png", "jpg", "webp"),
    seconds=2.0,
    check=_check,
)


async def _make(means: Means, work: Work) -> Produced:
    spec = work.spec
    assert isinstance(spec, SearchRecolorSpec), "the offer is for this operation alone"
    if "image" not in work.images:
        raise RequestRefused(detail="Recolouring needs the picture, as `image`.")
    wish = understood(spec.prompt, spec.select_prompt, masked="mask" in work.images)
    if "mask" in work.images:
        return await _masked(means, work, spec, wish)
    return await _worded(means, work, spec, wish)


async def _masked(means: Means, work: Work, spec: SearchRecolorSpec, wish: Wish) -> Produced:
    reach = max(0, spec.grow) + spec.feather
    image, mask = work.images["image"], work.images["mask"]
    done = await means.workbench.run(by_mask, image, wish, mask, reach, spec.output_format)
    return Produced(data=done.picture, facts={"colour": str(wish.target), "by": "mask", "not_read": [*wish.unread]})


async def _worded(means: Means, work: Work, spec: SearchRecolorSpec, wish: Wish) -> Produced:
    image = work.images["image"]
    salient = await _subject(means, image, wish)
    done = await means.workbench.run(by_words, image, wish, salient, spec.output_format)
    return Produced(
        data=done.picture,
        facts={
            "colour": str(wish.target),
            "by": "words",
            "read_as": str(wish),
            "not_read": [*wish.unread],
            "share": done.share,
        },
        files={"mask.png": done.mask},
    )


async def _subject(means: Means, image: bytes, wish: Wish) -> NDArray[np.uint8] | None:
    """Return the salient subject's mask, if the wish has a use for it and it can be found.

    Raises:
        ProviderUnavailable: the wish can't do without it, and the weights are not installed.
        RequestRefused: the wish can't do without it, and nothing stands out.
    """
    if wish.place in ("sky", "everything"):
        return None
    if models.is_installed(_FINDER, means.models_dir):
        salient = await means.workbench.run_model(subject, image, models.path_of(_FINDER, means.models_dir))
    elif wish.place:
        label = models.WEIGHTS[_FINDER].label
        raise ProviderUnavailable(
            provider="local",
            model=RECOLOUR.model,
            detail=f"Finding the {wish.place} needs the weights of {label}, which are not installed. Run"
            " `image-studio models pull`, or send a mask.",
        )
    else:
        return None
    if salient is None and wish.place:
        raise RequestRefused(
            detail=f"No clear subject was found in this picture, so there is no {wish.place} to recolour. Send a mask,"
            ' or name the colour that it has now, such as "the red car".'
        )
    return salient


def subject(data: bytes, weights: Path) -> NDArray[np.uint8] | None:
    """Return the salient subject as a mask, if there is one; runs in the child that keeps the model loaded."""
    from backend.providers.local.recolour import work  # noqa: PLC0415 - the server never loads the model's runtime

    return work.subject(data, weights)


def by_words(data: bytes, wish: Wish, salient: NDArray[np.uint8] | None, output_format: OutputFormat) -> Recoloured:
    """Return the picture with what the wish means in its colour; runs in a child process."""
    from backend.providers.local.recolour import work  # noqa: PLC0415 - the server never loads the arithmetic

    return work.by_words(data, wish, salient, output_format)


def by_mask(data: bytes, wish: Wish, mask: bytes, reach: int, output_format: OutputFormat) -> Recoloured:
    """Return the picture in the wish's colour under the mask and `reach` pixels beyond; runs in a child process."""
    from backend.providers.local.recolour import work  # noqa: PLC0415 - the server never loads the arithmetic

    return work.by_mask(data, wish, mask, reach, output_format)


ROOM = Room(offers=(RECOLOUR,), make=_make)
