"""What Stability AI takes, read from the table beside this: finds all that is wrong with a request."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

TABLE = Path(__file__).with_name("stability_contract.yaml")
KINDS = {"JPEG", "PNG", "WEBP"}


@cache
def contract() -> dict[str, Any]:
    """Return the table."""
    return yaml.safe_load(TABLE.read_text("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The parts of a form: texts and files by field."""

    fields: dict[str, str]
    files: dict[str, bytes]

    def gives(self, name: str) -> bool:
        """Say whether a field has a value."""
        return name in self.fields or name in self.files


def troubles(path: str, sent: Sent) -> list[str]:
    """Return what is wrong with a form, as `field: why`; nothing for one that is right."""
    row = contract()["paths"][path]
    known = {*row["fields"], *row.get("files", {})}
    return [
        *(f"{name}: is required" for name in row["required"] if not sent.gives(name)),
        *(f"{name}: is not known" for name in (*sent.fields, *sent.files) if name not in known),
        *(f"{name}: must be a file" for name in sent.fields if name in row.get("files", {})),
        *(f"{name}: must be a text" for name in sent.files if name in row["fields"]),
        *(f"{n}: {why}" for n, v in sent.fields.items() if n in row["fields"] for why in _value(row["fields"][n], v)),
        *(
            f"{n}: {why}"
            for n, v in sent.files.items()
            if n in row.get("files", {})
            for why in _file(row["files"][n], v)
        ),
        *_relations(row, sent),
    ]


def _value(kind: str, value: str) -> list[str]:
    match contract()["kinds"][kind]:
        case {"words": words}:
            return [] if value in words else [f"must be one of {', '.join(words)}"]
        case {"length": [least, most]}:
            return [] if (least or 0) <= len(value) <= most else [f"must have {least or 0} to {most} characters"]
        case {"number": [least, most]}:
            return [] if _is_number(value) and least <= float(value) <= most else [f"must lie in {least}..{most}"]
        case {"whole": [least, most]}:
            return [] if value.isdigit() and least <= int(value) <= most else [f"must be whole, {least}..{most}"]
        case other:
            raise AssertionError(other)


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return a picture's width and height; None where it is none that is taken."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size if image.format in KINDS and getattr(image, "n_frames", 1) == 1 else None
    except OSError:
        return None


def _file(kind: str, data: bytes) -> list[str]:
    rule, size = contract()["files"][kind], size_of(data)
    if size is None:
        return ["must be a still jpeg, png or webp"]
    (least, most), (fewest, pixels) = rule.get("side", (None, None)), rule.get("pixels", (None, None))
    longer, shorter, area = max(size), min(size), size[0] * size[1]
    wrong = (
        (least and shorter < least, f"every side must have at least {least} pixels"),
        (most and longer > most, f"every side must have at most {most} pixels"),
        (fewest and area < fewest, f"must have at least {fewest} pixels"),
        (pixels and area > pixels, f"must have at most {pixels} pixels"),
        ("ratio" in rule and longer > shorter * rule.get("ratio", 1), "must be between 1:2.5 and 2.5:1"),
    )
    return [why for holds, why in wrong if holds]


def _relations(row: dict[str, Any], sent: Sent) -> list[str]:
    found = [
        f"{other}: is required with {name}"
        for name, others in row.get("together", {}).items()
        for other in others
        if sent.gives(name) and not sent.gives(other)
    ]
    some = row.get("some", [])
    if some and not any(name in sent.files or sent.fields.get(name, "0") not in {"", "0"} for name in some):
        found.append(f"{some[0]}: at least one of {', '.join(some)} is required")
    for name, others in row.get("any_with", {}).items():
        if sent.gives(name) and not any(sent.gives(other) for other in others):
            found.append(f"{name}: is only possible with {' or '.join(others)}")
    mode = row.get("by_mode", {}).get(sent.fields.get("mode", "text-to-image"), {})
    found += [f"{name}: is required in this mode" for name in mode.get("needs", []) if not sent.gives(name)]
    return found + [f"{name}: is not possible in this mode" for name in mode.get("without", []) if sent.gives(name)]
