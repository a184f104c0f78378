"""A store that answers every request in one way: with an error of S3's, or by knowing no conditions."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

ERROR = """<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>{code}</Code><Message>It is so.</Message><Resource>/a/b</Resource></Error>"""


@contextmanager
def answering(status: int, code: str) -> Generator[str]:
    """Run a store that answers everything with an error, and give its address."""

    class Answer(BaseHTTPRequestHandler):
        def _refuse(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            body = ERROR.format(code=code).encode() if code and self.command != "HEAD" else b""
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = _refuse  # noqa: N815 - the server's own names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the server's own name
            """Say nothing."""

    with _running(Answer) as url:
        yield url


@contextmanager
def unconditional(writes: list[str]) -> Generator[str]:
    """Run a store that keeps bytes and refuses writes on a condition; what it was asked to write is noted."""
    kept: dict[str, bytes] = {}

    class Answer(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            condition = self.headers.get("if-none-match")
            writes.append("conditional" if condition else "plain")
            if condition:
                self._say(501, ERROR.format(code="NotImplemented").encode())
            else:
                kept[self.path] = body
                self._say(200, b"")

        def do_GET(self) -> None:
            found = kept.get(self.path)
            self._say(404 if found is None else 200, found or b"")

        def do_DELETE(self) -> None:
            kept.pop(self.path, None)
            self._say(204, b"")

        do_HEAD = do_GET  # noqa: N815 - the server's own name

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Last-Modified", self.date_time_string())
            self.send_header("ETag", '"a"')
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the server's own name
            """Say nothing."""

    with _running(Answer) as url:
        yield url


@contextmanager
def _running(handler: type[BaseHTTPRequestHandler]) -> Generator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
