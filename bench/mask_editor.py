"""How the mask editor draws on a large picture, in a real browser before a real server.

    python -m bench.mask_editor [--side 4096] [--strokes 50]

opens the built page with a picture of so many pixels squared and draws strokes over it by mouse. It prints how long the
page's own pointer handlers take, how long frames are, and how much memory all the steps take that can be undone. It
changes the mask as a whole and takes that back, and prints how long each takes and how long the page stood still for
it; then it undoes every stroke. Over 4 ms (p95 of the handlers) or 40 MB it exits with 1. Frames and waiting are
printed, not judged: without a graphics card, and beside other work, they say more of the machine than of the page.
"""

from __future__ import annotations

import argparse
import io
import sys
from statistics import quantiles
from time import perf_counter
from typing import TYPE_CHECKING, Literal, cast

import numpy as np
from PIL import Image

from bench.browser import browsing
from bench.studio import running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import CDPSession, Page

HANDLER_MS = 4.0
MOST_BYTES = 40_000_000
STEPS = 16
"""Of a slider, by keys: pixels of the picture."""

MOVES = 40
"""Of the mouse, in a stroke."""

WORKING: tuple[tuple[Literal["group", "progressbar"], str], ...] = (
    ("group", "Grow, shrink, feather"),
    ("progressbar", "Changing the mask"),
)
"""What is there while a change of the mask is on its way."""

LISTEN = """
window.__handlers = [];
const add = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, listener, options) {
  if (!/^pointer(down|move|up)$/.test(type) || typeof listener !== 'function' || !(this instanceof Element)) {
    return add.call(this, type, listener, options);
  }
  return add.call(this, type, function (event) {
    const start = performance.now();
    listener.call(this, event);
    if (event.buttons || type !== 'pointermove') window.__handlers.push(performance.now() - start);
  }, options);
};
window.__tasks = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.__tasks.push(duration);
}).observe({ type: 'longtask' });
window.__frames = [];
let before = performance.now();
requestAnimationFrame(function tick(now) {
  window.__frames.push(now - before);
  before = now;
  requestAnimationFrame(tick);
});
"""
"""Times the pointer listeners of single elements (React's own sit on the root and would count twice)."""


def picture(side: int) -> bytes:
    """Return a soft, colourful JPEG of so many pixels squared."""
    small = np.random.default_rng(6).integers(0, 255, (16, 16, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(small).resize((side, side), Image.Resampling.BICUBIC).save(file, "JPEG", quality=85)
    return file.getvalue()


def in_use(browser: CDPSession) -> float:
    """Return the bytes that the page's scripts hold, buffers too, after everything unneeded is let go."""
    browser.send("HeapProfiler.collectGarbage")  # pyright: ignore[reportUnknownMemberType] - CDP answers what it likes
    usage = cast("dict[str, float]", browser.send("Runtime.getHeapUsage"))  # pyright: ignore[reportUnknownMemberType] - as above
    return usage["usedSize"] + usage.get("backingStorageSize", 0.0)


def draw(page: Page, strokes: int) -> None:
    """Draw waves over the whole picture, every one across those before it."""
    area = page.get_by_role("application", name="Mark by keys").bounding_box()
    assert area is not None
    for stroke in range(strokes):
        for move in range(MOVES):
            share = move / (MOVES - 1)
            x = 0.2 + 0.6 * (share if stroke % 2 else (stroke * 0.37) % 1)
            y = 0.2 + 0.6 * ((stroke * 0.61) % 1 if stroke % 2 else share)
            page.mouse.move(area["x"] + area["width"] * x, area["y"] + area["height"] * y)
            if move == 0:
                page.mouse.down()
        page.mouse.up()


def measured(page: Page, strokes: int) -> tuple[list[float], list[float], float]:
    """Return the handlers' times and the frames' in milliseconds, and the bytes that the steps take."""
    browser = page.context.new_cdp_session(page)
    before = in_use(browser)
    page.evaluate("window.__handlers.length = window.__frames.length = 0")
    draw(page, strokes)
    handlers, frames = page.evaluate("[window.__handlers, window.__frames]")
    return handlers, frames, in_use(browser) - before


def undone(page: Page, strokes: int) -> None:
    """Take every stroke back."""
    undo = page.get_by_role("button", name="Undo", exact=True)
    for _ in range(strokes):
        undo.click()
    assert undo.is_disabled(), "something is left to undo"


def edged(page: Page, sliders: Sequence[str]) -> None:
    """Try an edge by keys, and take it."""
    page.keyboard.press("f")
    for name in sliders:
        page.get_by_role("slider", name=name).focus()
        for _ in range(STEPS):
            page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")


def resting(page: Page) -> None:
    """Wait until nothing is tried and nothing works on the mask, and what came of it is shown."""
    frame = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
    page.evaluate(frame)
    for role, name in WORKING:
        page.get_by_role(role, name=name).wait_for(state="detached")
    page.evaluate(frame)


def changed(page: Page, change: Callable[[], None]) -> tuple[float, float]:
    """Return the seconds until a change was seen, and the longest that the page stood still, in milliseconds."""
    page.evaluate("window.__tasks.length = 0")
    start = perf_counter()
    change()
    resting(page)
    return perf_counter() - start, cast("float", page.evaluate("Math.max(0, ...window.__tasks)"))


def changes(page: Page) -> Iterator[tuple[str, float, float]]:
    """Change the mask as a whole in all ways, and take each back."""
    ways: dict[str, Callable[[], None]] = {
        "grow": lambda: edged(page, ["Grow or shrink"]),
        "feather": lambda: edged(page, ["Feather"]),
        "grow and feather": lambda: edged(page, ["Grow or shrink", "Feather"]),
        "invert": lambda: page.keyboard.press("i"),
        "clear": lambda: page.keyboard.press("Shift+Delete"),
    }
    for name, change in ways.items():
        yield name, *changed(page, change)
        yield f"{name}, undone", *changed(page, lambda: page.keyboard.press("Control+z"))


def p95(values: list[float]) -> float:
    """Return what 19 of 20 values stay below."""
    return quantiles(values, n=20)[-1]


def visit(page: Page, side: int) -> None:
    """Open a picture with the mask editor over it."""
    page.goto("/edit?op=erase")
    field = page.get_by_label("Upload a picture", exact=True).and_(page.locator("input"))
    field.set_input_files({"name": "large.jpg", "mimeType": "image/jpeg", "buffer": picture(side)})
    page.get_by_role("application", name="Mark by keys").wait_for()
    page.wait_for_load_state("networkidle")


def main() -> None:
    """Start a studio, draw, print and judge."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None)
    parser.add_argument("--side", type=int, default=4096)
    parser.add_argument("--strokes", type=int, default=50)
    args = parser.parse_args()
    with running() as studio, browsing(studio) as context:
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.add_init_script(LISTEN)
        visit(page, args.side)
        handlers, frames, taken = measured(page, args.strokes)
        for name, seconds, still in changes(page):
            print(f"{name:24} {seconds:5.1f} s, the page stood still for {still:.0f} ms at most")
        undone(page, args.strokes)
    print(f"{args.strokes} strokes of {MOVES} moves at {args.side} x {args.side} pixels")
    print(f"handlers: p95 {p95(handlers):.2f} ms of {len(handlers)} (at most {HANDLER_MS})")
    print(f"frames:   p95 {p95(frames):.1f} ms of {len(frames)}")
    print(f"steps:    {taken / 1e6:.1f} MB to undo them all (at most {MOST_BYTES / 1e6:.0f})")
    sys.exit(p95(handlers) > HANDLER_MS or taken > MOST_BYTES)


if __name__ == "__main__":
    main()
