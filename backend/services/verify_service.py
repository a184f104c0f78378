"""Verifying: what a file says of where it comes from, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from backend.schemas.verify import VerifyAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.imaging.provenance.types import Anchors, Report
    from backend.imaging.workbench import Workbench

KINDS: Final[Mapping[str, str]] = {
    "trainedAlgorithmicMedia": "made by a trained model (generative AI)",
    "compositeWithTrainedAlgorithmicMedia": "in part made by a trained model (generative AI)",
    "algorithmicMedia": "drawn by a program, with no trained model",
    "compositeSynthetic": "put together, in part of what a program drew",
    "composite": "put together from several pictures",
    "compositeCapture": "put together from several photographs",
    "algorithmicallyEnhanced": "changed by a program without changing what it shows",
    "humanEdits": "edited by a person, without generative AI",
    "minorHumanEdits": "edited a little by a person",
    "digitalCreation": "made by a person, without generative AI",
    "dataDrivenMedia": "made of data, such as a mask is",
    "digitalCapture": "taken as a photograph",
    "computationalCapture": "taken as a photograph of several shots",
    "screenCapture": "taken from a screen",
    "virtualRecording": "recorded in a virtual world",
    "negativeFilm": "digitised from film",
    "positiveFilm": "digitised from film",
    "print": "digitised from a print",
}
"""The kinds of sources, for people."""


class VerifyService:
    """Reads marks in a child with limits; keeps nothing."""

    def __init__(self, workbench: Workbench, anchors: Anchors) -> None:
        self._workbench = workbench
        self._anchors = anchors

    async def verify(self, data: bytes) -> VerifyAnswer:
        """Return what a picture of anybody's says of itself.

        Raises:
            RequestRefused: it is no picture of a kind that the studio knows, or a broken one.
        """
        found = await self._workbench.verify(data, self._anchors)
        return VerifyAnswer(
            state=found.state,
            summary=tuple(in_words(found)),
            mime=found.mime,
            signed_by=found.signer,
            signed_at=found.signed_at,
            trusted=found.trusted,
            own=found.own,
            generator=found.generator,
            engine=found.engine,
            prompt=found.prompt,
            seed=found.seed,
            digital_source_type=found.source_type,
            actions=found.actions,
            ingredients=found.ingredients,
            problems=found.problems,
        )


def in_words(found: Report) -> Iterator[str]:
    """Yield what was found, in sentences for people."""
    signer = found.signer or "somebody whose certificate has no name"
    match found.state:
        case "none":
            yield "The file says nothing of where it comes from. That proves nothing: most files don't."
        case "unsigned":
            yield "The file says how it was made, and nobody has signed that: anybody can have written it."
        case "intact":
            yield f"Signed by {signer}, and not changed since."
        case "changed":
            yield f"Changed after it was signed by {signer}: what it says may be about another picture."
        case "unreadable":
            yield f"There is a signature that can't be made sense of: {', '.join(found.problems) or 'it is broken'}."
    if found.state in {"intact", "changed"}:
        yield _trust(found)
    yield from _said(found)


def _trust(found: Report) -> str:
    if found.trusted:
        return "The certificate leads to one that the operator of this studio trusts."
    if found.own:
        return (
            "The certificate is this studio's own. Other programs will call the signer unknown, "
            "unless it is on their list of trust."
        )
    return "The certificate is on no list of trust here, so its name is only what the signer wrote into it."


def _said(found: Report) -> Iterator[str]:
    kind = KINDS.get(found.source_type or "")
    if found.source_type:
        yield f"It says it was {kind} ({found.source_type})." if kind else f"It says it is {found.source_type}."
    if found.generator or found.engine:
        named = (found.generator, f"engine {found.engine}" if found.engine else None)
        yield f"Made with: {', '.join(name for name in named if name)}."
    if found.prompt:
        yield f"Prompt: {found.prompt}"
    if found.seed is not None:
        yield f"Seed: {found.seed}"
    if found.actions:
        yield f"What was done: {', '.join(action.removeprefix('c2pa.') for action in found.actions)}."
    if found.ingredients:
        yield f"Made from: {', '.join(found.ingredients)}."
