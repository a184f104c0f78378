"""What a file of anybody's says of its origin, and how far it is to be believed.

Hostile bytes are parsed here: it belongs into a child with limits, except for files of the person's own machine.
"""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any, Final

from backend.imaging.provenance.signing import OFFLINE
from backend.imaging.provenance.splice import packet_in
from backend.imaging.provenance.types import VOCABULARY, Anchors, Report, State
from backend.imaging.provenance.xmp import LONGEST_READ, Said, cut, said_in
from backend.imaging.sniff import sniff

Json = dict[str, Any]  # Any: what a stranger's manifest says; each field is checked where it is read

_MOST_LISTED: Final = 40
_CHANGED: Final = ("mismatch", "missing", "inaccessible", "multipleManifests")
"""Endings of the codes that say: these bytes are not those that were signed.

Source: https://spec.c2pa.org/specifications/specifications/2.4/specs/C2PA_Specification.html#_returning_validation_results
(read 2026-11-23)
"""
_WORDS: Final = (b"c2pa", b"DigitalSourceType", b"AISystemUsed", b"AIPromptInformation")
"""One of which stands in every file that has marks."""
_TRUSTED: Final = "signingCredential.trusted"
_UNTRUSTED: Final = "signingCredential.untrusted"


def report(data: bytes, anchors: Anchors) -> Report:
    """Return what a picture says of itself.

    Raises:
        RequestRefused: it is no picture of a kind that the studio knows.
    """
    mime = sniff(data).mime
    said = said_in(packet_in(data))
    store = _read(data, mime, anchors.trusted)
    if store is None:
        state: State = "unsigned" if said else "none"
        return _with_xmp(Report(state=state, mime=mime), said)
    if isinstance(store, str):
        return _with_xmp(Report(state="unreadable", mime=mime, problems=(cut(store, LONGEST_READ),)), said)
    own = bool(anchors.own) and _is_trusted(_read(data, mime, anchors.own))
    return _with_xmp(replace(_told(store, mime), own=own), said)


def marks_in(data: bytes) -> Report | None:
    """Return what a picture says of itself, believing nobody yet; None where it says nothing of where it is from."""
    if not any(word in data for word in _WORDS):
        return None
    found = report(data, Anchors())
    return None if found.state == "none" else found


def _read(data: bytes, mime: str, anchors: str) -> Json | str | None:
    """Return the manifests as JSON, what kept them from being read, or None where there are none."""
    import c2pa  # noqa: PLC0415 - a large library, and most files have no marks

    settings: Json = {"verify": {"verify_trust": True, **OFFLINE}}
    if anchors:
        settings["trust"] = {"trust_anchors": anchors}
    with c2pa.Context(c2pa.Settings.from_json(json.dumps(settings))) as context:
        try:
            reader = c2pa.Reader.try_create(mime, io.BytesIO(data), context=context)
        except c2pa.C2paError as error:
            return str(error)
        if reader is None:
            return None
        with reader:
            found: Json = json.loads(reader.json())
            return found


def _is_trusted(store: Json | str | None) -> bool:
    return isinstance(store, dict) and _TRUSTED in _codes(store, "success")


def _told(store: Json, mime: str) -> Report:
    active = _dict(_dict(store.get("manifests")).get(str(store.get("active_manifest"))))
    signature = _dict(active.get("signature_info"))
    problems = tuple(code for code in _codes(store, "failure") if code != _UNTRUSTED)
    actions = _actions(active)
    sources = [_text(action.get("digitalSourceType")) for action in actions]
    agents = [_text(_dict(action.get("softwareAgent")).get("name")) for action in actions]
    ingredients = [_text(_dict(one).get("title")) for one in _list(active.get("ingredients"))]
    generators = [_dict(one) for one in _list(active.get("claim_generator_info"))]
    return Report(
        state=_state(store, problems),
        mime=mime,
        signer=_name(signature),
        signed_at=_text(signature.get("time")),
        trusted=_is_trusted(store),
        problems=problems,
        generator=_generator(generators),
        title=_text(active.get("title")),
        source_type=next((one.removeprefix(VOCABULARY) for one in reversed(sources) if one), None),
        engine=next((one for one in agents if one), None),
        actions=tuple(name for action in actions if (name := _text(action.get("action")))),
        ingredients=tuple(one for one in ingredients if one),
    )


def _state(store: Json, problems: tuple[str, ...]) -> State:
    if store.get("validation_state") in {"Valid", "Trusted"}:
        return "intact"
    return "changed" if any(code.endswith(_CHANGED) for code in problems) else "unreadable"


def _codes(store: Json, kind: str) -> tuple[str, ...]:
    active = _dict(_dict(store.get("validation_results")).get("activeManifest"))
    codes = [_text(_dict(one).get("code")) for one in _list(active.get(kind))]
    return tuple(dict.fromkeys(code for code in codes if code))


def _actions(manifest: Json) -> list[Json]:
    """Return the actions of all assertions of them, in order."""
    assertions = [_dict(one) for one in _list(manifest.get("assertions"))]
    wanted = [one for one in assertions if str(one.get("label")).startswith("c2pa.actions")]
    return [_dict(action) for one in wanted for action in _list(_dict(one.get("data")).get("actions"))][:_MOST_LISTED]


def _name(signature: Json) -> str | None:
    issuer, common = _text(signature.get("issuer")), _text(signature.get("common_name"))
    return f"{issuer} ({common})" if issuer and common and issuer != common else issuer or common


def _generator(infos: list[Json]) -> str | None:
    first = infos[0] if infos else {}
    return " ".join(part for part in (_text(first.get("name")), _text(first.get("version"))) if part) or None


def _with_xmp(found: Report, said: Said) -> Report:
    """Return a report filled up with what the XMP packet says; what was signed as C2PA stands before it."""
    return replace(
        found,
        source_type=found.source_type or said.source_type,
        engine=found.engine or said.engine,
        generator=found.generator or said.generator,
        prompt=said.prompt,
        seed=said.seed,
    )


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}  # pyright: ignore[reportUnknownVariableType] - see `Json`


def _list(value: object) -> list[object]:
    return value[:_MOST_LISTED] if isinstance(value, list) else []  # pyright: ignore[reportUnknownVariableType] - see `Json`


def _text(value: object) -> str | None:
    return cut(value, LONGEST_READ) if isinstance(value, str) and value else None
