"""Turning weights that come in another format into ONNX, on this machine and always to the same bytes."""

from backend.providers.local.conversion.ncnn import converted

__all__ = ["converted"]
