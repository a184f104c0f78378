"""The engines of vendors. Apart, so that child processes, which only compute, load no network stack."""

from backend.providers.huggingface import HuggingFace
from backend.providers.openai import OpenAI
from backend.providers.stability import Stability
from backend.providers.wavespeed import WaveSpeed

VENDORS = (OpenAI, Stability)
"""In the order of the alphabet; each takes the key and the address that the settings have for it."""
EXTENDABLE = (HuggingFace, WaveSpeed)
"""Those whose models are data: each also takes an operator's file of models, and more hosts for its pictures."""
