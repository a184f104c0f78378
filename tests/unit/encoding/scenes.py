"""Pictures that are coded like photographs and like graphics, made in code from a seed."""

import cv2
import numpy as np


def photograph(width=192, height=160, seed=1):
    """Soft shapes, texture and a little grain, as cameras see them."""
    random = np.random.default_rng(seed)
    layers = np.zeros((height, width, 3), np.float32)
    for size, weight in ((4, 90), (16, 45), (64, 18)):
        rough = random.normal(0, 1, (size, size, 3)).astype(np.float32)
        layers += weight * cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC)
    grain = random.normal(0, 2.5, (height, width, 1)).astype(np.float32)
    return np.clip(128 + layers + grain, 0, 255).astype(np.uint8)


def graphic(width=192, height=160):
    """Flat colours with sharp borders: some twenty of them."""
    pixels = np.full((height, width, 3), (250, 248, 240), np.uint8)
    for number in range(20):
        left, top = (number * 37) % (width - 30), (number * 53) % (height - 24)
        pixels[top : top + 24, left : left + 30] = ((number * 91) % 256, (number * 57) % 256, (number * 23) % 256)
    return pixels


def cut_out(pixels):
    """A soft disc of the picture on transparency."""
    height, width = pixels.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    away = np.hypot((x - width / 2) / (width / 2), (y - height / 2) / (height / 2))
    return np.dstack((pixels, np.clip((1 - away) * 1020, 0, 255).astype(np.uint8)))
