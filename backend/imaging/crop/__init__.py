"""Cropping: which part of a picture each format shows. Pixels in, boxes out."""
