"""A studio with the engines that its settings name: `python -m bench.vendor_server --port P`.

`POST /bench/forget` has it take all engines for well again, so that one fault tells nothing about the next.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import uvicorn
from starlette.responses import Response
from starlette.routing import Route

from backend.app import create_app

if TYPE_CHECKING:
    from starlette.requests import Request


async def forget(request: Request) -> Response:
    """Take every engine for well."""
    container = request.state.container
    for name in container.providers:
        container.studio.breakers.forget(name)
    return Response(status_code=204)


def main() -> None:
    """Serve until stopped; settings come from the environment as always."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, required=True)
    port: int = asked.parse_args().port
    app = create_app(url=f"http://127.0.0.1:{port}")
    app.router.routes.insert(0, Route("/bench/forget", forget, methods=["POST"]))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=3)


if __name__ == "__main__":
    main()
