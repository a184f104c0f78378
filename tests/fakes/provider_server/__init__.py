"""One server that speaks as the vendors do: written from their documents, and strict where they are.

It serves real pictures, plays faults on demand and records what it got. Nothing here imports the studio's adapters.
"""

from tests.fakes.provider_server.server import Fake, serving

__all__ = ["Fake", "serving"]
