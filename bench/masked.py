"""Whether an edit ever changes a pixel beyond its mask: random masks, every masked operation of the local engine.

    python -m bench.masked [--masks 200] [--longest 256] [--large] [--only OPERATION]

Takes real photographs, paints masks at random (blots, strokes, boxes, soft brushes; grown, shrunk, feathered), lets the
engine edit them the whole way that a job takes, and counts pixels that changed farther away from the mask than it was
grown and feathered. Operations are found in the engine's table. Extended pictures are measured likewise: what was the
picture has to be as it was, but for the pixels at a moved border over which the new side may fade in, and the size the
one that was asked for. `--large` does each operation once on 16 megapixels, too. Ends with 1 if a pixel changed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, get_args

import cv2
import numpy as np
import psutil

from backend.errors import RequestRefused
from backend.imaging.codec import decode, encode
from backend.imaging.settling import OUTPAINT_FEATHER, Margins
from backend.imaging.types import Size
from backend.imaging.workbench import Places, Workbench
from backend.jobs.work import Inputs
from backend.providers.base import Finished
from backend.providers.local import LocalProvider, models
from backend.schemas.specs import SPEC, EditSpec, Masked, OutpaintSpec
from backend.services.image_studio.edit_promise import EditPromise
from bench.photographs import photographs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.base import Offer
    from backend.schemas.specs import Spec

    Pixels = NDArray[np.uint8]

WORDS = {
    "search_recolor": ("teal", "crimson", "dark green"),
    "general_edit": ("much brighter", "sepia", "a bit warmer"),
}
"""What is asked of the operations that take words."""
LARGE = Size(4928, 3264)
MASKED = tuple(kind for kind in get_args(EditSpec) if issubclass(kind, Masked))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One edit: by whom, of which picture, within which mask."""

    offer: Offer
    picture: Pixels
    mask: Pixels
    grow: int
    feather: int
    words: str | None
    seed: int


class Desk:
    """The engine, and what a job puts around it."""

    def __init__(self, workbench: Workbench) -> None:
        self.provider = LocalProvider(workbench=workbench, models_dir=models.default_folder())
        self._promise = EditPromise(workbench)

    def offers(self) -> list[Offer]:
        """Return who edits within masks, or extends."""
        names = {kind.model_fields["operation"].default for kind in (*MASKED, OutpaintSpec)}
        found = [offer for offer in self.provider.offers if offer.operation in names]
        return [offer for offer in found if self.provider.missing(offer) is None]

    async def edited(self, case: Case) -> Pixels:
        """Return what comes of a case."""
        asked = {"operation": case.offer.operation, "image": "image", "mask": "mask", "seed": case.seed}
        asked |= {"grow": case.grow, "feather": case.feather} | ({"prompt": case.words} if case.words else {})
        images = {"image": encode(case.picture, "png"), "mask": encode(case.mask, "png")}
        return await self._done(case.offer, SPEC.validate_python(asked), images)

    async def extended(self, offer: Offer, picture: Pixels, margins: Margins, seed: int) -> Pixels:
        """Return a picture with more of itself around it."""
        asked = {"operation": offer.operation, "image": "image", "seed": seed, **asdict(margins)}
        return await self._done(offer, SPEC.validate_python(asked), {"image": encode(picture, "png")})

    async def _done(self, offer: Offer, spec: Spec, images: dict[str, bytes]) -> Pixels:
        size = decode(images["image"]).size
        inputs = Inputs(images=images, sizes=dict.fromkeys(images, size), origins={})
        ready = await self._promise.ready(spec, inputs)
        outcome = await self.provider.start(offer, ready.spec, ready.images)
        assert isinstance(outcome, Finished), "the local engine finishes at once"
        settled = await self._promise.settled(spec, ready, outcome.images[0], local=True)
        return decode(settled.data).pixels


def random_mask(size: Size, rng: np.random.Generator) -> Pixels:
    """Return a mask as people paint them: one to four blots, strokes or boxes, hard or soft, also over the borders."""
    mask = np.zeros((size.height, size.width), np.uint8)
    reach = max(4, min(size.width, size.height) // 4)
    for _ in range(int(rng.integers(1, 5))):
        x, y = int(rng.integers(0, size.width)), int(rng.integers(0, size.height))
        match int(rng.integers(0, 3)):
            case 0:
                axes = (int(rng.integers(2, reach)), int(rng.integers(2, reach)))
                cv2.ellipse(mask, (x, y), axes, float(rng.integers(0, 180)), 0, 360, 255, -1)
            case 1:
                to = (int(rng.integers(0, size.width)), int(rng.integers(0, size.height)))
                cv2.line(mask, (x, y), to, 255, int(rng.integers(1, 9)))
            case _:
                mask[y : y + int(rng.integers(1, reach)), x : x + int(rng.integers(1, reach))] = 255
    if rng.random() < 0.4:
        mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), float(rng.uniform(1, 6))), np.uint8)
    return mask


def beyond(case: Case) -> NDArray[np.bool_]:
    """Return the pixels that must not change: farther from the mask than it was grown and feathered."""
    kept = (case.mask <= 7).astype(np.uint8)  # what is nearly black counts as black
    far = np.asarray(cv2.distanceTransform(kept, cv2.DIST_L2, cv2.DIST_MASK_PRECISE))
    return far > max(case.grow, 0) + case.feather + 1e-3


def case_of(offer: Offer, picture: Pixels, rng: np.random.Generator) -> Case:
    """Return a random case; half of the pictures have alpha."""
    size = Size(picture.shape[1], picture.shape[0])
    if rng.random() < 0.5:
        picture = np.dstack((picture, rng.integers(0, 256, picture.shape[:2], np.uint8)))
    words = WORDS.get(offer.operation)
    return Case(
        offer=offer,
        picture=picture,
        mask=random_mask(size, rng),
        grow=int(rng.choice((0, 0, 3, 12, -2))),
        feather=int(rng.choice((0, 0, 2, 8, 16))),
        words=str(rng.choice(words)) if words else None,
        seed=int(rng.integers(0, 1000)),
    )


async def measured(options: argparse.Namespace) -> int:
    """Edit, print, and return how many pixels changed that must not."""
    workbench = Workbench(places=Places(workers=2, work_s=600))
    desk, wrong = Desk(workbench), 0
    try:
        for offer in desk.offers():
            if options.only not in {None, offer.operation}:
                continue
            if offer.operation == "outpaint":
                wrong += await _borders(desk, offer, options)
            else:
                wrong += await _masks(desk, offer, options)
                wrong += await _large(desk, offer) if options.large else 0
    finally:
        await workbench.aclose()
    return wrong


async def _masks(desk: Desk, offer: Offer, options: argparse.Namespace) -> int:
    rng = np.random.default_rng(20261122)
    pictures, refused = photographs(longest=options.longest), Counter[str]()
    edits = changed = wrong = 0
    begun = _cpu()
    for number in range(options.masks):
        case = case_of(offer, pictures[number % len(pictures)][1], rng)
        try:
            after = await desk.edited(case)
        except RequestRefused as refusal:
            refused[str(refusal).partition(".")[0]] += 1
            continue
        different = (after != case.picture).any(axis=2)
        wrong += int(different[beyond(case)].sum())
        changed += int(different.any())
        edits += 1
    print(
        f"{offer.operation:16}{offer.model:12}{edits:4} edits, {changed} of them changed something,"
        f" {wrong} pixels changed beyond their masks, {(_cpu() - begun) / max(edits, 1):.2f} s CPU each"
    )
    for why, count in refused.items():
        print(f"{'':28}{count:4} refused: {why}")
    return wrong


async def _large(desk: Desk, offer: Offer) -> int:
    """Return how many pixels changed beyond a mask on 16 megapixels."""
    name, picture = large()
    mask = np.zeros(picture.shape[:2], np.uint8)
    cv2.ellipse(mask, (2400, 1500), (380, 260), 0, 0, 360, 255, -1)
    words = WORDS.get(offer.operation)
    case = Case(offer=offer, picture=picture, mask=mask, grow=8, feather=16, words=words[0] if words else None, seed=1)
    begun, clock = _cpu(), time.monotonic()
    after = await desk.edited(case)
    wrong = int((after != picture).any(axis=2)[beyond(case)].sum())
    used = _cpu() - begun
    print(f"{'':28}16 MP ({name}): {wrong} beyond the mask, {used:.1f} s CPU, {time.monotonic() - clock:.1f} s in all")
    return wrong


async def _borders(desk: Desk, offer: Offer, options: argparse.Namespace) -> int:
    """Return how many pixels of extended pictures changed that were to stay; a wrong size counts as all of them."""
    rng, wrong, begun = np.random.default_rng(20261122), 0, _cpu()
    pictures = photographs(longest=options.longest)
    for number in range(options.masks):
        picture = pictures[number % len(pictures)][1]
        if rng.random() < 0.5:
            picture = np.dstack((picture, rng.integers(0, 256, picture.shape[:2], np.uint8)))
        left, right, up, down = (int(rng.choice((0, 1, 5, 24, 64))) for _ in range(4))
        margins = Margins(left=left, right=right, up=up, down=down or 1)
        wrong += lost(picture, await desk.extended(offer, picture, margins, number), margins)
    print(
        f"{offer.operation:16}{offer.model:12}{options.masks:4} edits, {wrong} pixels changed of the pictures that were"
        f" extended, every size as asked, {(_cpu() - begun) / options.masks:.2f} s CPU each"
        if not wrong
        else f"{offer.operation}: {wrong} pixels changed, or of a wrong size"
    )
    if options.large:
        name, picture = large()
        begun, margins = _cpu(), Margins(left=400, right=400, down=240)
        lately = lost(picture, await desk.extended(offer, picture, margins, 1), margins)
        wrong += lately
        print(f"{'':28}16 MP ({name}): {lately} of it changed, {_cpu() - begun:.1f} s CPU")
    return wrong


def lost(before: Pixels, after: Pixels, margins: Margins) -> int:
    """Return how many pixels of a picture are not as they were in its extension; all if the size is not as asked."""
    height, width = before.shape[:2]
    if after.shape[:2] != (margins.up + height + margins.down, margins.left + width + margins.right):
        return height * width
    inside = after[margins.up : margins.up + height, margins.left : margins.left + width]
    fade = {side: OUTPAINT_FEATHER if pixels else 0 for side, pixels in asdict(margins).items()}
    rows, columns = slice(fade["up"], height - fade["down"]), slice(fade["left"], width - fade["right"])
    return int((inside[rows, columns] != before[rows, columns]).any(axis=2).sum())


def large() -> tuple[str, Pixels]:
    """Return a photograph of 16 megapixels."""
    name, pixels = next((n, p) for n, p in photographs() if p.shape[0] * p.shape[1] > 4_000_000)
    return name, np.asarray(cv2.resize(pixels, (LARGE.width, LARGE.height), interpolation=cv2.INTER_AREA), np.uint8)


def _cpu() -> float:
    """Return the processor time of this process and all below it so far, in seconds."""
    here = psutil.Process()
    times = [one.cpu_times() for one in (here, *here.children(recursive=True))]
    return sum(one.user + one.system + one.children_user + one.children_system for one in times)


def main() -> None:
    """Measure, print, and end with 1 if a pixel changed that must not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--masks", type=int, default=200, help="masks for each operation")
    parser.add_argument("--longest", type=int, default=256, help="pixels of the pictures' longer side")
    parser.add_argument("--large", action="store_true", help="each operation once on 16 megapixels, too")
    parser.add_argument("--only", help="one operation alone")
    sys.exit(1 if asyncio.run(measured(parser.parse_args())) else 0)


if __name__ == "__main__":
    main()
