"""A browser for measurements: Debian's Chromium, signed in to a studio."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Generator

    from playwright.sync_api import BrowserContext

    from bench.studio import Studio

DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@contextmanager
def browsing(studio: Studio, **look: Any) -> Generator[BrowserContext]:  # noqa: ANN401 - Playwright's options, by name
    """Yield a browser that is signed in to a studio; at a desk, unless `look` says otherwise."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        options = DESK | look
        yield browser.new_context(base_url=studio.url, extra_http_headers=studio.headers(), **options)
        browser.close()
