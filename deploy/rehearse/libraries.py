"""Libraries of the system that compiled packages load: those that a slim image has, and no others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deploy.rehearse.dockerfile import Unreadable

if TYPE_CHECKING:
    from deploy.rehearse.machine import Machine

OURS = "/opt/image-studio"
GLIBC = frozenset(f"lib{name}.so" for name in ("c", "dl", "m", "pthread", "resolv", "rt", "util"))
SLIM = GLIBC | {"libgcc_s.so", "libstdc++.so", "libz.so"}
"""Of the packages libc6, libgcc-s1, libstdc++6 and zlib1g, without which there is no Debian."""
LIST = "find {folder} -name '*.so*' -type f -exec ldd {{}} + > /tmp/libraries"


def check_libraries(image: Machine) -> None:
    """Look at what the image's packages load.

    Raises:
        Unreadable: a slim image has not all of it.
    """
    image.run(["/bin/sh", "-c", LIST.format(folder=OURS)])
    if strange := foreign((image.root / "tmp/libraries").read_text()):
        raise Unreadable(f"a slim image has no {', '.join(sorted(strange))}")


def foreign(told: str) -> set[str]:
    """Return what `ldd` names that lies neither with the packages nor in a slim image."""
    found = re.findall(r"^\t(\S+) => (not found|\S+)", told, re.MULTILINE)
    names = {name for name, path in found if not path.startswith(OURS)}
    return {name for name in names if re.sub(r"\.so[.\d]*$", ".so", name) not in SLIM}
