"""Marks are put on finished files: pixels stay, readers find them, and every change of the file shows."""

import io
import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from backend.imaging.provenance.reading import marks_in, report
from backend.imaging.provenance.signing import marked
from backend.imaging.provenance.splice import packet_in
from backend.imaging.provenance.types import Ingredient
from backend.imaging.provenance.xmp import cut, packet, said_in
from backend.imaging.sniff import sniff
from tests.unit.provenance.files import KINDS, LARGEST, NOBODY, SIGNING, decoded, file_of, pixels, statement

KIB = 1024
JPEG, MIME = file_of("jpeg")
SIGNED = marked(JPEG, MIME, statement(), SIGNING.now())
PNG_SIGNED = marked(*file_of("png"), statement(), SIGNING.now())


@pytest.mark.parametrize("clear", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_a_marked_file_shows_the_same_pixels_and_verifies(kind, clear):
    if kind == "jpeg" and clear:
        kind = "png"
    data, mime = file_of(kind, clear=clear)
    made = marked(data, mime, statement(), SIGNING.now())
    assert np.array_equal(decoded(made), decoded(data))
    assert sniff(made).size == sniff(data).size
    found = report(made, SIGNING.anchors)
    assert (found.state, found.own, found.trusted, found.problems) == ("intact", True, False, ())
    assert (found.source_type, found.engine) == ("algorithmicMedia", "local/compose")
    assert (found.prompt, found.seed, found.generator) == ("a fox in the snow", 7, "Image Studio 1.2.3")
    assert found.actions == ("c2pa.created",)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "lossless webp"])
def test_the_most_that_is_said_takes_five_kibibytes(kind):
    data, mime = file_of(kind)
    assert len(marked(data, mime, LARGEST, SIGNING.now())) - len(data) <= 5 * KIB


@pytest.mark.parametrize("kind", KINDS)
def test_an_ordinary_mark_takes_about_four_kibibytes(kind):
    data, mime = file_of(kind)
    parent = Ingredient(title="image", mime=mime, digest="b" * 64, source_type="algorithmicMedia")
    said = statement(actions=("c2pa.edited",), ingredients=(parent,))
    assert len(marked(data, mime, said, SIGNING.now())) - len(data) <= 4_200


def test_a_long_alternative_text_stays_below_what_is_left_free():
    made = marked(JPEG, MIME, statement(alt_text="狐" * 5000), SIGNING.now())
    assert len(made) - len(JPEG) <= 8_000


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif"])
def test_other_programs_find_the_packet(kind):
    data, mime = file_of(kind)
    info = Image.open(io.BytesIO(marked(data, mime, statement(), SIGNING.now()))).info
    text = info.get("xmp") or info["XML:com.adobe.xmp"].encode()
    assert b'e:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"' in text


def test_an_animation_keeps_its_frames():
    frames, out = [pixels(), pixels(size=(60, 40)).rotate(90)], io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=80, loop=0)
    made = marked(out.getvalue(), "image/gif", statement(), SIGNING.now())
    assert Image.open(io.BytesIO(made)).n_frames == 2
    assert report(made, SIGNING.anchors).state == "intact"


@given(at=st.integers(SIGNED.index(b"\xff\xda") + 14, len(SIGNED) - 3), by=st.integers(1, 255))
@settings(max_examples=25, deadline=None)
def test_any_byte_of_the_picture_that_changes_shows(at, by):
    changed = bytearray(SIGNED)
    changed[at] ^= by
    assert report(bytes(changed), SIGNING.anchors).state == "changed"


def test_a_word_of_the_prompt_that_changes_shows():
    changed = SIGNED.replace(b"a fox in", b"a cat in")
    found = report(changed, SIGNING.anchors)
    assert (found.state, found.prompt, found.own) == ("changed", "a cat in the snow", True)


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_byte_of_a_pngs_pixels_that_changes_shows(data):
    changed = bytearray(PNG_SIGNED)
    start = changed.index(b"IDAT")
    at = data.draw(st.integers(start + 4, start + 3 + int.from_bytes(changed[start - 4 : start], "big")))
    changed[at] ^= data.draw(st.integers(1, 255))
    assert report(bytes(changed), SIGNING.anchors).state == "changed"


def test_what_stands_before_a_pngs_manifest_is_signed_too():
    wider = bytearray(PNG_SIGNED)
    wider[16:20] = (int.from_bytes(wider[16:20], "big") + 1).to_bytes(4, "big")
    wider[29:33] = zlib.crc32(wider[12:29]).to_bytes(4, "big")
    assert report(bytes(wider), SIGNING.anchors).state == "changed"


def test_bytes_behind_the_end_show():
    assert report(SIGNED + b"more", SIGNING.anchors).state == "changed"


def test_a_file_that_says_nothing_has_no_marks():
    assert report(JPEG, SIGNING.anchors).state == "none"
    assert marks_in(JPEG) is None


def test_what_nobody_signed_is_called_unsigned():
    found = report(JPEG[:2] + b"\xff\xfe\x04\x00" + packet(statement()).ljust(1022) + JPEG[2:], NOBODY)
    assert (found.state, found.source_type) == ("unsigned", "algorithmicMedia")


def test_a_signature_of_a_stranger_is_intact_and_not_ours():
    found = report(SIGNED, NOBODY)
    assert (found.state, found.own, found.trusted) == ("intact", False, False)


def test_ingredients_are_named():
    parent = Ingredient(title="image", mime="image/png", digest="c" * 64)
    light = Ingredient(title="lighting image", mime="image/png", digest="d" * 64, relation="inputTo")
    said = statement(actions=("c2pa.edited",), ingredients=(parent, light))
    found = report(marked(JPEG, MIME, said, SIGNING.now()), SIGNING.anchors)
    assert found.ingredients == ("image", "lighting image")
    assert found.actions == ("c2pa.opened", "c2pa.edited")


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_several_threads_sign_at_once(kind):
    data, mime = file_of(kind)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda seed: marked(data, mime, statement(seed=seed), SIGNING.now()), range(8)))
    assert [report(one, SIGNING.anchors).seed for one in made] == list(range(8))


@given(prompt=st.text(min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_words_are_read_back_as_far_as_xml_holds_them(prompt):
    text = packet(statement(prompt=prompt, alt_text=prompt))
    said = said_in(text)
    whole = "".join(letter for letter in prompt if letter.isprintable())
    if whole == prompt and prompt == prompt.strip():
        assert said.prompt == prompt
    assert said.source_type == "algorithmicMedia"


@given(text=st.text(max_size=50), most=st.integers(4, 60))
def test_what_is_cut_fits_and_is_whole_letters(text, most):
    short = cut(text, most)
    assert len(short.encode("utf-8", "replace")) <= most
    short.encode("utf-8", "replace").decode()


@given(data=st.binary(max_size=400))
def test_any_bytes_hold_a_packet_or_none(data):
    said_in(packet_in(b"<x:xmpmeta" + data + b"</x:xmpmeta>"))
