"""The XMP packet that says how a picture was made, for programs that read no C2PA: written, and read from any file.

Source: https://iptc.org/std/photometadata/specification/IPTC-PhotoMetadata (2025.1, read 2026-11-23)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from backend.imaging.provenance.types import VOCABULARY

if TYPE_CHECKING:
    from backend.imaging.provenance.types import Statement

STUDIO: Final = "urn:image-studio:xmp:1"
"""The namespace of what the studio says and no standard has a name for."""
LONGEST_PROMPT: Final = 480
SHORT_PROMPT: Final = 90
LONGEST_ALT: Final = 2_000
LONGEST_NAME: Final = 48
LONGEST_READ: Final = 500
"""Bytes, of text as UTF-8 and as XML writes it; what is longer is cut off at a letter."""
_HEAD: Final = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
    ' xmlns:c="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
    f' xmlns:s="{STUDIO}"'
)
_TAIL: Final = "</rdf:Description></rdf:RDF></x:xmpmeta>"
_WRAP: Final = ('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>', '<?xpacket end="r"?>')
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_READ: Final = {
    "source_type": "DigitalSourceType",
    "engine": "AISystemUsed",
    "prompt": "AIPromptInformation",
    "generator": "CreatorTool",
    "seed": "seed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a packet of anybody's says of how the picture was made; None where it is silent."""

    source_type: str | None = None
    engine: str | None = None
    prompt: str | None = None
    generator: str | None = None
    seed: int | None = None

    def __bool__(self) -> bool:
        return bool(self.source_type or self.engine or self.prompt)


def packet(said: Statement) -> bytes:
    """Return the packet of a statement, as UTF-8. A long prompt is shortened; the library keeps the whole."""
    facts = {
        "xmp:CreatorTool": f"Image Studio {said.version}",
        "e:DigitalSourceType": f"{VOCABULARY}{said.source_type}" if said.source_type else None,
        "e:AISystemUsed": cut(said.made_by or f"{said.engine}/{said.model}", LONGEST_NAME),
        "e:AISystemVersionUsed": said.version if said.engine == "local" else None,
        "s:operation": said.operation,
        "s:seed": None if said.seed is None else str(said.seed),
    }
    attributes = "".join(
        f' {name}="{escape(" ".join(_clean(value).split()))}"' for name, value in facts.items() if value
    )
    texts = _alternatives("c:AltTextAccessibility", _coded(said.alt_text or "", LONGEST_ALT))
    prompt = _coded(said.prompt or "", LONGEST_PROMPT if len(said.ingredients) < 2 else SHORT_PROMPT)  # noqa: PLR2004 - several take its room
    texts += f"<e:AIPromptInformation>{prompt}</e:AIPromptInformation>" if prompt else ""
    return f"{_WRAP[0]}{_HEAD}{attributes}>{texts}{_TAIL}{_WRAP[1]}".encode()


def said_in(data: bytes) -> Said:
    """Return what an XMP packet says. No parser of XML touches it: names are looked for, and texts are cut short."""
    text = data.decode("utf-8", "replace")
    found = {name: _value(text, local) for name, local in _READ.items()}
    source, seed = found.pop("source_type"), found.pop("seed")
    return Said(
        source_type=source.rsplit("/", 1)[-1] if source else None,
        seed=int(seed) if seed and seed.isdecimal() and len(seed) <= len(str(2**32)) else None,
        **found,
    )


def cut(text: str, most: int) -> str:
    """Return a text that takes at most `most` bytes, shortened at a letter."""
    coded = text.encode("utf-8", "replace")
    return text if len(coded) <= most else coded[: most - 3].decode("utf-8", "ignore").rstrip() + "…"


def _alternatives(name: str, text: str) -> str:
    if not text:
        return ""
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></{name}>'


def _coded(text: str, most: int) -> str:
    """Return a text as XML holds it, in at most `most` bytes."""
    whole = escape(_clean(text), quote=False)
    if len(whole.encode()) <= most:
        return whole
    kept = cut(whole, most)
    return re.sub(r"&[a-z]*…$", "…", kept)


def _clean(text: str) -> str:
    """Return a text without what XML can't hold."""
    return _CONTROL.sub(" ", text.encode("utf-8", "replace").decode())


def _value(text: str, local: str) -> str | None:
    """Return what a property says, be it an attribute or an element of plain text."""
    found = re.search(rf":{local}\s*=\s*([\"'])([^\"'<]{{1,6000}})\1", text)
    said = found[2] if found else None
    if said is None and (element := re.search(rf":{local}>\s*([^<]{{1,6000}})<", text)):
        said = element[1]
    return cut(unescape(said).strip(), LONGEST_READ) or None if said else None
