"""From pixels to files: in a format, at a quality, within a number of bytes, or at a likeness to the pixels.

`encoders` write, `likeness` compares, `searching` finds a quality in few tries, `goals` puts them together, `palette`
makes small PNGs, `moving` reads and writes animations. Runs wherever it is called: in the children, for work.
"""

from backend.imaging.encoding.encoders import Effort, Encoding, encoded, mime_of, takes_alpha
from backend.imaging.encoding.goals import AtLeast, AtMost, Encoded, Fixed, Goal, best_of, to_bytes, to_ssim
from backend.imaging.encoding.likeness import Likeness, decoded, ssim

__all__ = [
    "AtLeast",
    "AtMost",
    "Effort",
    "Encoded",
    "Encoding",
    "Fixed",
    "Goal",
    "Likeness",
    "best_of",
    "decoded",
    "encoded",
    "mime_of",
    "ssim",
    "takes_alpha",
    "to_bytes",
    "to_ssim",
]
