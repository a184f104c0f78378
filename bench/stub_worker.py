"""A worker whose only engine is a stub: `python -m bench.stub_worker [--seconds S] [--mode ticket] …`."""

from __future__ import annotations

import argparse
import asyncio
import signal
from pathlib import Path

from backend.observability import configure
from backend.settings import Settings
from backend.worker import work
from tests.fakes.stub_provider import StubProvider, prices


async def run(stub: StubProvider, price: float) -> None:
    """Run jobs until told to stop."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    settings = Settings()
    configure(settings.log)
    await work(settings, stop, lambda name: print(name, flush=True), providers=[stub], prices=prices(price))


def main() -> None:
    """Work until stopped; the settings come from the environment as always."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=1.0)
    asked.add_argument("--mode", choices=("sync", "ticket"), default="sync")
    asked.add_argument("--price", type=float, default=1.0)
    asked.add_argument("--log", type=Path)
    args = asked.parse_args()
    asyncio.run(run(StubProvider(seconds=args.seconds, mode=args.mode, log=args.log), args.price))


if __name__ == "__main__":
    main()
