"""Files for the networks: what they are called, and how several of them are taken along."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

PLACEHOLDERS = ("name", "platform", "format", "width", "height", "ratio", "n", "date")
"""What a name pattern may hold between braces."""
LONGEST_PATTERN = 120
"""Most characters of a name pattern."""
_BRACED = re.compile(r"\{([^{}]*)\}")


def _known(pattern: str) -> str:
    unknown = [name for name in _BRACED.findall(pattern) if name not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValueError(f"a name knows no {{{unknown[0]}}}; it knows {known}")
    if set("{}") & set(_BRACED.sub("", pattern)):
        raise ValueError("a brace stands alone; placeholders read {name}")
    if set("/\\\x00") & set(pattern):
        raise ValueError("a name has no folders; archives get one for each platform")
    if not pattern.strip(" ."):
        raise ValueError("a name needs at least one letter, digit or placeholder")
    return pattern


NamePattern = Annotated[str, Field(min_length=1, max_length=LONGEST_PATTERN), AfterValidator(_known)]
"""How files are called, without the extension: words and `{name}`, `{platform}`, `{format}`, `{width}`, `{height}`,
`{ratio}`, `{n}`, `{date}`."""
