"""Stability AI: pictures from words and from pictures, edits, enlargements, and pictures that follow others."""

from backend.providers.stability.engine import Stability

__all__ = ["Stability"]
