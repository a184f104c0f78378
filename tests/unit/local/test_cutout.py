"""The real model on pictures whose true alpha is known."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from backend.errors import MachineTrouble, RequestRefused
from backend.providers.local import cutout
from tests.unit.local import pictures, weights

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.local.pictures import Known

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def net() -> Path:
    return weights.real("u2netp")


@pytest.fixture(scope="module", params=pictures.ALL)
def known(request: pytest.FixtureRequest) -> Known:
    return pictures.ALL[request.param]()


def alpha_of(pixels: np.ndarray) -> np.ndarray:
    return pixels[..., 3] / 255


def test_the_subject_is_found_to_the_pixel(known: Known, net: Path):
    alpha = alpha_of(cutout.subject(known.pixels, net))

    found, true = alpha > 0.5, known.alpha > 0.5
    assert np.sum(found & true) / np.sum(found | true) > 0.99
    assert np.mean(np.abs(alpha - known.alpha)) < 0.003


def test_a_small_subject_is_found_as_sharply(net: Path):
    known = pictures.far_off()

    alpha = alpha_of(cutout.subject(known.pixels, net))

    found, true = alpha > 0.5, known.alpha > 0.5
    assert np.sum(found & true) / np.sum(found | true) > 0.98


def test_no_fringe_of_the_old_ground_is_left_along_the_edge(known: Known, net: Path):
    clean = cutout.subject(known.pixels, net)
    alpha = alpha_of(clean)
    edge = (alpha > 0.1) & (alpha < 0.95)
    subject = np.median(known.pixels[known.alpha == 1], axis=0)

    def fringe(colours: np.ndarray) -> float:
        return float(np.mean(np.abs(colours[edge] - subject).mean(axis=-1) * alpha[edge]))

    assert edge.sum() > 50
    assert fringe(clean[..., :3]) < 0.7 * fringe(known.pixels)


def test_colours_of_the_opaque_subject_are_untouched(known: Known, net: Path):
    clean = cutout.subject(known.pixels, net)

    opaque = clean[..., 3] == 255
    inside = opaque & (known.alpha == 1)
    assert inside.sum() > 0.5 * known.alpha.sum()
    assert np.mean(np.any(clean[..., :3][inside] != known.pixels[inside], axis=-1)) < 0.01


def test_alpha_that_the_picture_came_with_is_kept(net: Path):
    known = pictures.ball()
    veil = np.full((*known.pixels.shape[:2], 1), 255, np.uint8)
    veil[:, :128] = 100

    whole = cutout.subject(known.pixels, net)[..., 3]
    veiled = cutout.subject(np.concatenate((known.pixels, veil), axis=2), net)[..., 3]

    assert np.array_equal(veiled[:, 128:], whole[:, 128:])
    assert veiled[135, 100] == 100


@pytest.mark.parametrize("size", [(64, 64), (301, 97), (97, 301), (900, 620)])
def test_the_size_stays(size: tuple[int, int], net: Path):
    picture = Image.fromarray(pictures.ball().pixels).resize(size)

    assert cutout.subject(np.asarray(picture), net).shape == (size[1], size[0], 4)


@pytest.mark.parametrize("output_format", ["png", "webp"])
def test_the_file_holds_every_pixel_without_loss(output_format: str, net: Path):
    known = pictures.star()
    file = io.BytesIO()
    Image.fromarray(known.pixels).save(file, "PNG")

    cut = Image.open(io.BytesIO(cutout.cut_out(file.getvalue(), net, output_format)))

    assert (cut.format, cut.mode) == (output_format.upper(), "RGBA")
    expected = cutout.subject(known.pixels, net)
    seen = expected[..., 3] > 0
    assert np.array_equal(np.asarray(cut)[seen], expected[seen])


def test_the_same_picture_gives_the_same_bytes(net: Path):
    picture = pictures.bottle().pixels

    assert np.array_equal(cutout.subject(picture, net), cutout.subject(picture, net))


@pytest.mark.parametrize("value", [0, 128, 255])
def test_a_picture_of_nothing_is_refused(value: int, net: Path):
    with pytest.raises(RequestRefused, match="No clear subject"):
        cutout.subject(np.full((120, 160, 3), value, np.uint8), net)


def test_missing_weights_are_told(tmp_path: Path):
    with pytest.raises(MachineTrouble, match="models pull"):
        cutout.subject(pictures.ball().pixels, tmp_path / "u2netp.onnx")
