"""How the library's page bears 10 000 pictures: `python -m bench.library_page [--assets 10000]`.

A studio is started on a folder of its own, twelve pictures are uploaded and written into its database over and over, a
hundred minutes apart. Then Debian's Chromium opens the built page at 1440 x 900, scrolls through it in 180 steps, and
jumps to around 70 % ten times. Exit status 1 where there are 500 elements or more, a task of the page takes more than
50 ms while scrolling, or a jump takes more than 100 ms until pictures stand there. Tasks are counted in processor time
of the page's main thread, from the browser's trace: on a loaded machine any task is long by the clock.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
from PIL import Image

from bench.browser import browsing
from bench.studio import Studio, real

if TYPE_CHECKING:
    from playwright.sync_api import Page

NODES, LONG_MS, JUMP_MS = 500, 50, 100
STEPS, JUMPS = 180, 10
SHAPES = ((1200, 800), (800, 1000), (1080, 1080), (1600, 900), (720, 1280), (1000, 1500))
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

SCROLL = """async ({ steps }) => {
  const area = document.querySelector('[data-scroller]');
  const frames = [];
  let nodes = 0;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  let last = await frame();
  for (let step = 0; step < steps; step++) {
    area.scrollBy(0, 120);
    const now = await frame();
    frames.push(now - last);
    last = now;
    nodes = Math.max(nodes, document.querySelectorAll('*').length);
  }
  return { nodes, frames };
}"""
JUMP = """async ({ share }) => {
  const area = document.querySelector('[data-scroller]');
  area.scrollTo(0, 0);
  await new Promise((done) => setTimeout(done, 400));
  const standing = (what) => [...area.querySelectorAll(what)].some((tile) => {
    const { top, bottom } = tile.getBoundingClientRect();
    return top < innerHeight * 0.6 && bottom > innerHeight * 0.4;
  });
  const until = (what) => new Promise((done) => {
    const look = () => (standing(what) ? done(performance.now()) : requestAnimationFrame(look));
    requestAnimationFrame(look);
  });
  const begun = performance.now();
  area.scrollTo(0, area.scrollHeight * share);
  const placed = (await until('li')) - begun;
  const known = (await until('li img')) - begun;
  return { placed, known };
}"""


def fill(studio: Studio, count: int) -> None:
    """Upload twelve pictures and write them into the database again and again."""
    studio.start()
    with httpx2.Client(base_url=studio.url, headers=studio.headers(), timeout=60) as client:
        for number in range(12):
            picture = io.BytesIO()
            shape = SHAPES[number % len(SHAPES)]
            Image.linear_gradient("L").resize(shape).convert("RGB").rotate(number * 30).save(picture, "JPEG")
            sent = {"file": (f"{number}.jpg", picture.getvalue(), "image/jpeg")}
            client.post("/api/content-assets/upload", files=sent).raise_for_status()
    studio.stop()
    with sqlite3.connect(studio.data / "studio.db") as db:
        names = [row[1] for row in db.execute("PRAGMA table_info(assets)")]
        rows = db.execute("SELECT * FROM assets").fetchall()
        at = {name: index for index, name in enumerate(names)}
        many = [_again(rows[number % len(rows)], at, number) for number in range(count - len(rows))]
        db.executemany(f"INSERT INTO assets VALUES ({','.join('?' * len(names))})", many)


def _again(row: tuple[object, ...], at: dict[str, int], number: int) -> list[object]:
    made = (NOON - timedelta(minutes=100 * number)).replace(tzinfo=None)
    copy = list(row)
    copy[at["id"]], copy[at["title"]] = uuid.uuid4().hex, f"Picture {number}"
    copy[at["created_at"]] = made.isoformat(sep=" ", timespec="microseconds")
    return copy


def tasks_of(trace: bytes) -> list[float]:
    """Return the processor milliseconds of each task of the page's main thread."""
    events = json.loads(trace)["traceEvents"]
    named = [event for event in events if event.get("name") == "thread_name"]
    main = {(each["pid"], each["tid"]) for each in named if each["args"]["name"] == "CrRendererMain"}
    tasks = [each for each in events if each.get("name", "").endswith("RunTask") and (each["pid"], each["tid"]) in main]
    return sorted(each["tdur"] / 1000 for each in tasks if "tdur" in each)


def look(page: Page) -> bool:
    """Scroll and jump; print the figures; return whether they hold."""
    page.wait_for_selector("li button img")
    page.wait_for_timeout(3000)
    browser = page.context.browser
    assert browser
    browser.start_tracing(
        page=page, categories=["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
    )
    seen = page.evaluate(SCROLL, {"steps": STEPS})
    tasks = tasks_of(browser.stop_tracing())
    long = [task for task in tasks if task > LONG_MS]
    jumps = [page.evaluate(JUMP, {"share": 0.7 - step / 50}) for step in range(JUMPS)]
    placed, known = (statistics.median(jump[kind] for jump in jumps) for kind in ("placed", "known"))
    frames = sorted(seen["frames"])
    print(f"elements  {seen['nodes']} (under {NODES})")
    print(f"frames    p50 {frames[len(frames) // 2]:.0f} ms, p95 {frames[int(len(frames) * 0.95)]:.0f} ms")
    print(f"tasks     {len(tasks)}, the longest {tasks[-1]:.0f} ms of processor, {len(long)} over {LONG_MS} ms")
    print(f"jump      {placed:.0f} ms until tiles stand (at most {JUMP_MS}), {known:.0f} until pictures are known")
    return seen["nodes"] < NODES and not long and placed <= JUMP_MS


def main() -> None:
    """Fill a library, look through it, and tell."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--assets", type=int, default=10_000)
    count = asked.parse_args().assets
    with tempfile.TemporaryDirectory() as folder:
        studio = real(Path(folder) / "data")
        fill(studio, count)
        studio.start()
        try:
            with browsing(studio) as context:
                page = context.new_page()
                page.goto("/library")
                holds = look(page)
        finally:
            studio.stop()
    load = os.getloadavg()[0]
    print(f"load      {load:.1f} on {os.cpu_count()} cores")
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
