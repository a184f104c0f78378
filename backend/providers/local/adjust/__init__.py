"""Adjusting photographs as they are asked to be in plain words.

`vocabulary` holds the words, `reading` and `asking` understand sentences, `applying` carries out what they ask for.
"""

from backend.providers.local.adjust.room import ROOM

__all__ = ["ROOM"]
