"""Pictures for tests: small, made in code, with something to tell apart in every corner."""

import io

import numpy as np
from PIL import Image, ImageCms


def corners(width=32, height=20):
    """Red top-left, green top-right, blue bottom-left, white bottom-right, each a quarter."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = (255, 0, 0)
    pixels[: height // 2, width // 2 :] = (0, 255, 0)
    pixels[height // 2 :, : width // 2] = (0, 0, 255)
    pixels[height // 2 :, width // 2 :] = (255, 255, 255)
    return pixels


def gradient(width=64, height=48):
    """Every channel its own slope, so that any mix-up shows."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack(
        (x * 255 // (width - 1), y * 255 // (height - 1), (x + y) * 255 // (width + height - 2)), -1
    ).astype(np.uint8)


def see_through(width=64, height=48):
    alpha = np.linspace(0, 255, width).astype(np.uint8)[None, :].repeat(height, 0)
    return np.dstack((gradient(width, height), alpha))


def file_of(image, name, **options):
    if isinstance(image, np.ndarray):
        image = Image.fromarray(image)
    target = io.BytesIO()
    image.save(target, name, **options)
    return target.getvalue()


def exif_with(orientation=1, *, gps=False):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "Owner Name"
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    return exif.tobytes()


def _s15(value):
    return round(value * 65536).to_bytes(4, "big", signed=True)


def _xyz(*values):
    return b"XYZ \0\0\0\0" + b"".join(_s15(v) for v in values)


def matrix_profile(red, green, blue, gamma):
    """An RGB profile of version 2 from its primaries (XYZ, D50) and a gamma."""
    curve = b"curv\0\0\0\0" + (1).to_bytes(4, "big") + round(gamma * 256).to_bytes(2, "big") + b"\0\0"
    text = b"desc\0\0\0\0" + (5).to_bytes(4, "big") + b"made\0" + bytes(79)
    tags = {
        b"desc": text,
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": _xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": _xyz(*red),
        b"gXYZ": _xyz(*green),
        b"bXYZ": _xyz(*blue),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    return _icc(tags, b"RGB ")


def _icc(tags, space):
    at = 128 + 4 + 12 * len(tags)
    table, body = len(tags).to_bytes(4, "big"), b""
    for name, text in tags.items():
        value = text + bytes(-len(text) % 4)
        table += name + (at + len(body)).to_bytes(4, "big") + len(value).to_bytes(4, "big")
        body += value
    head = bytes(8) + b"\x02\x10\0\0mntr" + space + b"XYZ " + bytes(12) + b"acsp" + bytes(28)
    head += b"".join(_s15(v) for v in (0.9642, 1.0, 0.8249))
    head += bytes(128 - len(head))
    whole = head + table + body
    return len(whole).to_bytes(4, "big") + whole[4:]


def display_p3():
    return matrix_profile((0.5151, 0.2412, -0.0011), (0.292, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841), 2.2)


def adobe_rgb():
    return matrix_profile((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446), 2.19921875)


def srgb():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
