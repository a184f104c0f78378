"""The room that adjusts: light, colour and detail of a photograph, asked for in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest, ProviderUnavailable, RequestRefused
from backend.providers.base import Offer, Produced
from backend.providers.local import models
from backend.providers.local.adjust.asking import understood
from backend.providers.local.adjust.order import TURNING, Order
from backend.providers.local.rooms import Room
from backend.schemas.specs import GeneralEditSpec

if TYPE_CHECKING:
    from backend.providers.local.adjust.asking import Step
    from backend.providers.local.rooms import Means, Work
    from backend.schemas.base import Facts
    from backend.schemas.specs import Spec

_SUBJECTS = "u2netp"


def steps_of(spec: GeneralEditSpec) -> tuple[Step, ...]:
    """Return what the spec's words ask for; nothing is looked at but the spec.

    Raises:
        InvalidRequest: the words are not understood whole, or turn a picture that has a mask.
    """
    steps = understood(spec.prompt, spec.strength)
    if spec.mask is not None and any(step.name in TURNING for step in steps):
        detail = "Turning and straightening move the whole picture: ask for them without a mask."
        raise InvalidRequest(detail=detail, errors=(FieldError(pointer="/prompt", detail=detail),))
    return steps


def _check(spec: Spec) -> None:
    if isinstance(spec, GeneralEditSpec):
        steps_of(spec)


ADJUST = Offer(
    provider="local",
    model="adjust",
    operation="general_edit",
    label="Adjustments",
    price_key="local.adjust",
    words="vocabulary",
    source="docs/explanation/adjustments.md (read 2026-11-22)",
    max_input_pixels=24_000_000,
    seed=True,
    local=True,
    formats=("png", "jpg", "webp"),
    seconds=1.0,
    check=_check,
)


async def _make(means: Means, work: Work) -> Produced:
    spec = work.spec
    assert isinstance(spec, GeneralEditSpec), "the offer is for this operation alone"
    if "image" not in work.images:
        raise RequestRefused(detail="An adjustment needs the picture it is made to, as `image`.")
    steps = steps_of(spec)
    weights = models.path_of(_SUBJECTS, means.models_dir)
    finds = any(step.name == "background_blur" for step in steps)
    if finds and not models.is_installed(_SUBJECTS, means.models_dir):
        raise _without_weights()
    run = means.workbench.run_model if finds else means.workbench.run
    order = Order(steps=steps, seed=spec.seed, output_format=spec.output_format, weights=weights)
    data, facts = await run(adjust, work.images["image"], work.images.get("mask"), order)
    return Produced(data=data, seed=spec.seed, facts={"model": work.offer.model, **facts})


def adjust(image: bytes, mask: bytes | None, order: Order) -> tuple[bytes, Facts]:
    """Return the adjusted picture, encoded, and what was done to it; runs in a child process."""
    from backend.providers.local.adjust import applying  # noqa: PLC0415 - the server never loads what computes

    return applying.adjust(image, mask, order)


def _without_weights() -> ProviderUnavailable:
    return ProviderUnavailable(
        provider="local",
        model=_SUBJECTS,
        detail="Blurring the background needs the weights that find the subject, and they are not installed. Run"
        " `image-studio models pull`, or send a mask of the background and ask for “blur”.",
    )


ROOM = Room(offers=(ADJUST,), make=_make)
