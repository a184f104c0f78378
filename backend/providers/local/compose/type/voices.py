"""Voices: the ways in which the house speaks a headline."""

from __future__ import annotations

from dataclasses import dataclass

from backend.providers.local.compose.type.fonts import Face


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A face with its setting.

    `line` and `tracking` in em; `reach`: the largest size in √(W·H); thin voices name a `sturdy` relative.
    """

    name: str
    face: Face
    line: float
    tracking: float
    reach: float
    sturdy: str = ""


TEXT = Voice(name="text", face=Face(family="inter", weight=500), line=1.38, tracking=0, reach=0.05)
LABEL = Voice(name="label", face=Face(family="archivo", weight=620), line=1.3, tracking=0, reach=0.05)


def _voice(name: str, face: Face, setting: tuple[float, float, float], sturdy: str = "") -> Voice:
    return Voice(name=name, face=face, line=setting[0], tracking=setting[1], reach=setting[2], sturdy=sturdy)


_ARCHIVO = "archivo"
_TABLE = (
    _voice("grotesk", Face(family=_ARCHIVO, weight=800), (0.98, -0.028, 0.135)),
    _voice("grotesk-wide", Face(family=_ARCHIVO, weight=800, width=122), (1.0, -0.028, 0.115)),
    _voice("grotesk-narrow", Face(family=_ARCHIVO, weight=800, width=70), (0.94, -0.015, 0.17)),
    _voice("serif", Face(family="fraunces", weight=560), (1.03, -0.026, 0.135)),
    _voice("serif-light", Face(family="fraunces", weight=330), (1.03, -0.026, 0.14), "serif"),
    _voice("serif-italic", Face(family="fraunces-italic"), (1.08, -0.02, 0.135), "serif"),
    _voice("friendly", Face(family="bricolage"), (0.98, -0.03, 0.14)),
    _voice("instrument", Face(family="instrument"), (1.0, -0.018, 0.16), "gloock"),
    _voice("gloock", Face(family="gloock"), (1.04, -0.018, 0.13)),
    _voice("playfair", Face(family="playfair", weight=600), (1.04, -0.018, 0.13)),
    _voice("abril", Face(family="abril"), (1.06, -0.012, 0.13)),
    _voice("anton", Face(family="anton"), (1.12, 0.0, 0.16)),
    _voice("unbounded", Face(family="unbounded", weight=700), (1.1, -0.03, 0.10)),
    _voice("syne", Face(family="syne", weight=800), (1.04, -0.02, 0.115)),
)
VOICES: dict[str, Voice] = {voice.name: voice for voice in _TABLE}


def fitting(voice: Voice, *, banner: bool) -> Voice:
    """Return the voice, or its sturdy relative where thin strokes would break in a banner."""
    return VOICES[voice.sturdy] if banner and voice.sturdy else voice
