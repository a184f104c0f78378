"""A studio whose local engine has a price, so that credits are reserved: `python -m bench.priced_server --port P`."""

from __future__ import annotations

import argparse
from dataclasses import replace

import uvicorn

from backend.app import create_app
from backend.container.limits import workbench_of
from backend.providers.local import LocalProvider
from backend.settings import Settings
from tests.fakes.stub_provider import prices

CREDITS = 1.0
"""What any picture of the engine costs."""


class Priced(LocalProvider):
    """The local engine as if it were somebody else's: its prices count."""

    offers = tuple(replace(offer, local=False) for offer in LocalProvider.offers)


def main() -> None:
    """Serve until stopped; settings come from the environment as always."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, required=True)
    port: int = asked.parse_args().port
    settings = Settings()
    engine = Priced(workbench=workbench_of(settings), models_dir=settings.models_dir)
    book = prices(CREDITS, *{offer.price_key for offer in engine.offers})
    app = create_app(settings, url=f"http://127.0.0.1:{port}", providers=[engine], prices=book)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=3)


if __name__ == "__main__":
    main()
