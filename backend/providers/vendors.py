"""The engines of vendors. Apart, so that child processes, which only compute, load no network stack."""

from backend.providers.openai import OpenAI

VENDORS = (OpenAI,)
"""In the order of the alphabet; each takes the key and the address that the settings have for it."""
