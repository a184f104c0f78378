"""Serve the fake vendors until Ctrl-C: `python -m tests.fakes.provider_server [PORT]`."""

from __future__ import annotations

import asyncio
import sys

from tests.fakes.provider_server.faults import FAULTS
from tests.fakes.provider_server.server import serving

PORT = 8600


async def served(port: int) -> None:
    """Tell how a studio is pointed at it, and stay."""
    async with serving(port) as found:
        lines = [
            f"The fake vendors are at {found.url}. A studio that is started with these lines uses them:\n",
            *(f"export {line}" for line in found.environment()),
            f"\nPut [scenario:NAME] into a prompt to let something go wrong. NAME is one of:\n  {', '.join(FAULTS)}",
            f"\nWhat came in: {found.url}/fake/requests\n",
        ]
        sys.stdout.write("\n".join(lines))
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    try:
        asyncio.run(served(int(sys.argv[1]) if len(sys.argv) > 1 else PORT))
    except KeyboardInterrupt:
        sys.stdout.write("The fake vendors are gone.\n")
