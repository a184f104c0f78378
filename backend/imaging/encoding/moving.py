"""Animations: read frame by frame, and written as GIF, WebP or PNG, within bytes or as like themselves as is asked."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from backend.imaging.encoding import palette
from backend.imaging.encoding.encoders import LEAST, MOST, Encoding, on_colour
from backend.imaging.encoding.goals import AtMost, Encoded, Fixed
from backend.imaging.encoding.likeness import Likeness, decoded, matching
from backend.imaging.encoding.trials import Trials
from backend.imaging.reading import opened, reading
from backend.imaging.sniff import sniff

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from backend.imaging.encoding.goals import Goal

MOVING: Final[frozenset[Encoding]] = frozenset({"gif", "webp", "png"})
"""The types that hold animations."""
_RGBA, _OPAQUE = 4, 255
_LOOKED_AT: Final = 6
"""Frames that are compared: evenly spread over an animation, which is about as much alike throughout."""
_NEAR: Final = (0.002, 0.04)
"""How near to a goal is near enough: each try of an animation takes long."""
_USUAL_MS: Final = 100


@dataclass(frozen=True, slots=True)
class Moving:
    """An animation: frames of one size and kind, how long each is shown, in milliseconds, and how often all run.

    `loops` is 0 for ever.
    """

    frames: list[NDArray[np.uint8]]
    durations: list[int]
    loops: int = 0

    def on(self, colour: str) -> Moving:
        """Return it laid on a colour, #rrggbb."""
        frames = [np.ascontiguousarray(on_colour(frame, colour)) for frame in self.frames]
        return Moving(frames, self.durations, self.loops)

    def at(self, moment: float) -> NDArray[np.uint8]:
        """Return the frame that is shown so many milliseconds after the beginning."""
        for frame, duration in zip(self.frames, self.durations, strict=True):
            moment -= duration
            if moment < 0:
                return frame
        return self.frames[-1]

    @property
    def has_alpha(self) -> bool:
        """Say whether anything in it is see-through."""
        return self.frames[0].shape[2] == _RGBA


def moving_in(data: bytes) -> Moving | None:
    """Return the animation in a file of the library; None where its picture stands still.

    Raises:
        InvalidImage: a frame is broken.
    """
    sniffed = sniff(data)
    if sniffed.frames <= 1:
        return None
    image = opened(sniffed.format, data)
    frames: list[NDArray[np.uint8]] = []
    durations: list[int] = []
    with reading(sniffed.format):
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            frames.append(np.array(image.convert("RGBA")))
            durations.append(round(image.info.get("duration", _USUAL_MS)) or _USUAL_MS)
    if len(frames) <= 1:
        return None
    if all(bool((frame[..., 3] == _OPAQUE).all()) for frame in frames):
        for number, frame in enumerate(frames):
            frames[number] = np.ascontiguousarray(frame[..., :3])
    return Moving(frames, durations, _loops(image))


def _loops(image: Image.Image) -> int:
    """Return how often it runs: a GIF that says nothing runs once, and counts what comes after the first time."""
    said = image.info.get("loop")
    if image.format == "GIF":
        return 1 if said is None else 0 if said == 0 else said + 1
    return said or 0


def written(moving: Moving, encoding: Encoding, goal: Goal) -> Encoded:
    """Return the animation as one type of file that reaches a goal; its likeness is the least of several frames'.

    Raises:
        CannotFit: it can't be brought within the bytes, or so near to what it shows.
    """
    looks = _Looks(moving)
    trials = Trials(
        lambda quality: _WRITERS[encoding](moving, quality),
        looks.in_file,
        guess=_GUESSES[encoding],
        first=MOST if encoding == "png" else LEAST,
        near=_NEAR,
    )
    quality = _reaching(trials, encoding, goal)
    known = quality if encoding == "webp" else None
    return Encoded(data=trials.file(quality), encoding=encoding, quality=known, ssim=trials.like(quality))


def _reaching(trials: Trials, encoding: Encoding, goal: Goal) -> int:
    """Return the quality that reaches a goal; qualities mean numbers of colours where there is nothing else."""
    match goal:
        case Fixed():
            return MOST if encoding == "png" else goal.quality
        case AtMost():
            quality = trials.highest_within(goal.bytes)
            if quality is None:
                raise trials.too_large("animation", goal.bytes)
            return quality
        case _:
            quality = trials.lowest_like(goal.ssim)
            if quality is None:
                raise trials.too_unlike("animation", encoding, goal.ssim)
            return quality


class _Looks:
    """A few frames of an animation, to compare its files with."""

    def __init__(self, moving: Moving) -> None:
        self._moving = moving
        last = len(moving.frames) - 1
        looked_at = sorted({round(n * last / (_LOOKED_AT - 1)) for n in range(_LOOKED_AT)})
        self._likeness = {n: Likeness(moving.frames[n]) for n in looked_at}

    def in_file(self, data: bytes) -> float:
        """Return the least likeness among the frames that are compared; encoders merge frames that are the same."""
        after = moving_in(data) or Moving([decoded(data)], [1])
        return min(self._compared(n, after) for n in self._likeness)

    def _compared(self, number: int, after: Moving) -> float:
        own = self._moving
        found = after.at(sum(own.durations[:number]) + own.durations[number] / 2)
        return self._likeness[number].of(matching(found, has_alpha=own.has_alpha))


def _gif(moving: Moving, quality: int) -> bytes:
    """Return a GIF; quality means colours, from 16 at the least to 256 at 100."""
    colours = round(16 * 16 ** ((quality - LEAST) / (MOST - LEAST)))
    frames = [palette.gif_frame(frame, colours) for frame in moving.frames]
    loops = {} if moving.loops == 1 else {"loop": max(0, moving.loops - 1)}
    return _saved(frames, moving, "GIF", disposal=2 if moving.has_alpha else 1, **loops)


def _webp(moving: Moving, quality: int) -> bytes:
    frames = [Image.fromarray(frame) for frame in moving.frames]
    lossless = quality == MOST
    return _saved(
        frames,
        moving,
        "WEBP",
        loop=moving.loops,
        quality=quality,
        lossless=lossless,
        method=2,
        allow_mixed=not lossless,
    )


def _png(moving: Moving, _quality: int) -> bytes:
    return _saved([Image.fromarray(frame) for frame in moving.frames], moving, "PNG", loop=moving.loops)


def _saved(frames: list[Image.Image], moving: Moving, name: str, **options: bool | int) -> bytes:
    file = io.BytesIO()
    frames[0].save(file, name, save_all=True, append_images=frames[1:], duration=moving.durations, **options)
    return file.getvalue()


_WRITERS: Final[dict[Encoding, Callable[[Moving, int], bytes]]] = {"gif": _gif, "webp": _webp, "png": _png}
_GUESSES: Final[dict[Encoding, int]] = {"gif": 100, "webp": 75, "png": 100}
