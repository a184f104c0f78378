"""The issuer of other people's identities: asked over the network, and believed only as far as its signatures go."""

from backend.identity.issuer import Issuer

__all__ = ["Issuer"]
