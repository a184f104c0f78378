"""A studio whose only engine is a stub: `python -m bench.stub_server --port P [--seconds S] [--mode ticket] …`."""

from __future__ import annotations

import argparse
from pathlib import Path

import uvicorn

from backend.app import create_app
from tests.fakes.stub_provider import StubProvider, prices


def main() -> None:
    """Serve until stopped; the data folder comes from the environment as always."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, required=True)
    asked.add_argument("--seconds", type=float, default=1.0)
    asked.add_argument("--mode", choices=("sync", "ticket"), default="sync")
    asked.add_argument("--price", type=float, default=1.0)
    asked.add_argument("--log", type=Path)
    args = asked.parse_args()
    stub = StubProvider(seconds=args.seconds, mode=args.mode, log=args.log)
    app = create_app(url=f"http://127.0.0.1:{args.port}", providers=[stub], prices=prices(args.price))
    uvicorn.run(app, host="127.0.0.1", port=args.port, log_level="warning", timeout_graceful_shutdown=3)


if __name__ == "__main__":
    main()
