"""Chance that repeats: a random stream is a function of words and numbers, the same on every machine."""

from __future__ import annotations

import hashlib
import random

import numpy as np

Stream = random.Random


def stream(*parts: object) -> Stream:
    """Return the stream that belongs to these parts."""
    text = "|".join(str(part) for part in parts)
    seed = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16], "big")
    return random.Random(seed)  # noqa: S311  (it draws pictures, it guards nothing)


def grid(rng: Stream, shape: tuple[int, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return uniform values 0..1 of that shape."""
    return np.random.Generator(np.random.PCG64(rng.getrandbits(64))).random(shape, dtype=np.float32)


def between(rng: Stream, low: float, high: float) -> float:
    """Return a value between the two."""
    return low + (high - low) * rng.random()
