"""WaveSpeed: many makers' models behind one queue."""

from backend.providers.wavespeed.engine import WaveSpeed

__all__ = ["WaveSpeed"]
