"""Hugging Face: one key for whoever runs a model."""

from backend.providers.huggingface.engine import HuggingFace

__all__ = ["HuggingFace"]
