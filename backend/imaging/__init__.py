"""The room that may compute, and nothing else: bytes and pixels in, bytes and pixels out."""
