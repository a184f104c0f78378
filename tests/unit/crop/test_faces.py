"""Faces: what is looked at, what the network's numbers mean, and that one face is found once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from backend.imaging.crop import faces
from backend.imaging.crop.faces import FaceFinder, decoded, distinct, overlap, views
from backend.imaging.types import Box, Size


def row(left, top, right, bottom, score) -> list[float]:
    return [left, top, right, bottom, score]


def rows(*found) -> np.ndarray:
    return np.array(found, np.float32).reshape(-1, 5)


@pytest.mark.parametrize(
    "size", [Size(960, 960), Size(1600, 900), Size(900, 1600), Size(3000, 500), Size(400, 4000), Size(310, 320)]
)
def test_closer_looks_cover_the_whole_picture(size):
    seen = np.zeros((size.height, size.width), bool)
    for view in views(size)[1:]:
        seen[view.top : view.bottom, view.left : view.right] = True
    assert seen.all() or len(views(size)) == 1
    assert views(size)[0] == Box(0, 0, size.width, size.height)


def test_small_pictures_are_looked_at_once():
    assert len(views(Size(120, 90))) == 1


def test_a_box_stands_around_its_own_cell():
    boxes, scores = np.zeros((48 * 48, 16), np.float32), np.full(48 * 48, -50, np.float32)
    boxes[48 * 10 + 20, :4] = (3, -2, 40, 60)
    scores[48 * 10 + 20] = 4
    (found,) = decoded(boxes, scores)
    assert found[:4] == pytest.approx((82 + 3 - 20, 42 - 2 - 30, 82 + 3 + 20, 42 - 2 + 30))
    assert found[4] == pytest.approx(0.982, abs=0.001)


def test_what_the_network_is_not_sure_of_is_no_face():
    assert len(decoded(np.zeros((48 * 48, 16), np.float32), np.zeros(48 * 48, np.float32))) == 0


def test_one_face_seen_in_several_looks_is_one_face_between_them():
    found = distinct(rows(row(0, 0, 100, 100, 0.9), row(10, 0, 110, 100, 0.9), row(400, 0, 500, 100, 0.7)))
    assert [one[:4].tolist() for one in found] == [[5, 0, 105, 100], [400, 0, 500, 100]]


def test_a_part_of_a_face_within_its_box_is_the_same_face():
    assert overlap(rows(row(0, 0, 100, 100, 1))[0], rows(row(20, 20, 50, 50, 1)))[0] == 1
    assert len(distinct(rows(row(0, 0, 100, 100, 0.9), row(60, 10, 95, 90, 0.8)))) == 1


def test_faces_side_by_side_are_two():
    assert len(distinct(rows(row(0, 0, 100, 100, 0.9), row(90, 0, 190, 100, 0.8)))) == 2


def test_nothing_found_is_no_face():
    assert distinct(rows()) == []


class MeanNet:
    """Answers with boxes that tell what it was fed: the same for the same look, whoever asks."""

    def readNetFromTFLite(self, weights):  # noqa: N802 - as OpenCV names it
        return MeanNet()

    def getUnconnectedOutLayersNames(self):  # noqa: N802 - as above
        return ("boxes", "scores")

    def setInput(self, fed):  # noqa: N802 - as above
        self._fed = fed

    def forward(self, names):
        boxes, scores = np.zeros((1, 48 * 48, 16), np.float32), np.full((1, 48 * 48, 1), -50, np.float32)
        cell = int(abs(float(self._fed.sum())) * 7) % (48 * 48)
        boxes[0, cell, 2:4], scores[0, cell] = 40 + 20 * float(self._fed.mean()), 3 + float(self._fed.std())
        return boxes, scores


@pytest.fixture
def finder(monkeypatch):
    monkeypatch.setattr(faces.cv2, "dnn", MeanNet())
    return FaceFinder(b"weights")


@pytest.fixture
def picture():
    return np.random.default_rng(3).integers(0, 256, (480, 640, 3), np.uint8)


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_two_threads_find_what_one_finds(finder, picture, threads):
    alone = finder.find(picture)
    assert len(alone) > 1
    with ThreadPoolExecutor(threads) as pool:
        assert all(finder.find(picture, pool) == alone for _ in range(20))


@pytest.mark.parametrize("threads", [1, 2])
def test_a_thread_of_the_pool_itself_may_look(finder, picture, threads):
    with ThreadPoolExecutor(threads) as pool:
        asked = pool.submit(finder.find, picture, pool)
        assert asked.result(timeout=20) == finder.find(picture)


def test_what_goes_wrong_beside_is_told(finder, picture, monkeypatch):
    finder.find(picture)

    def broken(self, names):
        raise ValueError

    monkeypatch.setattr(MeanNet, "forward", broken)
    with ThreadPoolExecutor(2) as pool, pytest.raises(ValueError):  # noqa: PT011 - as raised above
        finder.find(picture, pool)
