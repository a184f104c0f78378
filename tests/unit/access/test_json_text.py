"""JSON that would choke a parser, or what comes after it, is found piece by piece."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.errors import MalformedBody
from backend.routers.edge.json_text import DEEPEST, MOST, JsonText, check_json
from backend.routers.problems import Carried

plain = st.text(st.characters(exclude_categories=["Cs"]))
leaf = st.none() | st.booleans() | st.integers(-(10**40), 10**40) | st.floats(allow_nan=False, allow_infinity=False)
document = st.recursive(leaf | plain, lambda inner: st.lists(inner) | st.dictionaries(plain, inner), max_leaves=30)


def refused(pieces: list[bytes]) -> bool:
    text = JsonText()
    try:
        for number, piece in enumerate(pieces):
            text.feed(piece, last=number == len(pieces) - 1)
    except Carried as carried:
        return isinstance(carried.error, MalformedBody)
    return False


def cut(whole: bytes, places: list[int]) -> list[bytes]:
    edges = sorted({0, len(whole), *(place % (len(whole) + 1) for place in places)})
    return [*(whole[a:b] for a, b in itertools.pairwise(edges)), b""]


@given(document, st.booleans(), st.lists(st.integers(0, 10_000)))
def test_what_json_can_say_passes_however_it_is_cut(value, ascii_only, places):
    whole = json.dumps(value, ensure_ascii=ascii_only).encode()
    assert not refused(cut(whole, places))


WILD = [
    b"NaN",
    b"[Infinity]",
    b'{"a": -Infinity}',
    b"[1e999]",
    b"[-1e999, 2]",
    b"1" * 65,
    b"[" + b"9" * 5000 + b"]",
    b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1),
    b'{"a":' * (DEEPEST + 1),
    rb'["\ud800"]',
    rb'["\uDC00 x"]',
    rb'{"\ud83d\u0041": 1}',
    b'["\xff"]',
    b'["\xed\xa0\x80"]',
    b'["\xc3"]',
    '{"a": 1}'.encode("utf-16"),
    '{"a": 1}'.encode("utf-32-le"),
    b'{"a": "\x00"}',
]


@pytest.mark.parametrize("whole", WILD)
@settings(max_examples=25)
@given(places=st.lists(st.integers(0, 10_000), max_size=8))
def test_what_nobody_should_parse_is_refused_however_it_is_cut(whole, places):
    assert refused(cut(whole, places))


@pytest.mark.parametrize(
    "whole",
    [
        b"",
        b"[" * DEEPEST + b"]" * DEEPEST,
        rb'["\ud83d\ude00", "\\ud800", "\" NaN ["]',
        b'{"a": 1, "a": 2}',
        b'\xef\xbb\xbf{"a": 1}',
        b"[1.5e300, -0.0, 1E-400]",
        b'["' + b"A" * 1_000_000 + b'"]',
        b"[" + b"1," * (MOST - 2) + b"1]",
    ],
)
def test_what_is_unusual_but_harmless_passes(whole):
    check_json(whole)


def test_more_values_than_anybody_needs_are_refused():
    with pytest.raises(Carried):
        check_json(b"[" + b"{}," * MOST + b"{}]")


@given(st.binary(max_size=200))
def test_nothing_makes_it_fail_otherwise(whole):
    refused([whole])
    refused([whole, b""])


@pytest.mark.parametrize("long", [b"A" * 200_000, rb"\n" * 100_000, b" " * 200_000])
def test_long_texts_are_looked_at_in_windows(long):
    assert not refused([b'["' + long + b'"]'])
    assert refused([b'["' + long + rb'\udc00"]'])
