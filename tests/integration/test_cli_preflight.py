"""`image-studio preflight` judges files and tells build scripts by its exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.integration.test_cli import Studio
from tests.unit.social.broken import file, form_of

if TYPE_CHECKING:
    from pathlib import Path

BANNER = "display.disp_300x250"


def test_files_are_judged_and_the_exit_code_says_whether_all_are_right(tmp_path: Path):
    studio = Studio(tmp_path / "data")
    right, wrong = tmp_path / "right.jpg", tmp_path / "wrong.jpg"
    right.write_bytes(file()(form_of(BANNER)))
    wrong.write_bytes(file("webp")(form_of(BANNER)))
    asked = ("--platform", "display", "--format", "300 x 250")
    assert "right for display, 300 x 250" in studio.run("preflight", right, *asked)
    first, second = studio.json("preflight", right, wrong, *asked, status=1)
    assert (first["file"], first["ok"], second["ok"]) == (str(right), True, False)
    assert [check["rule"] for check in second["checks"] if check["ok"] is False] == ["types"]
    assert "Billboard" in studio.run("preflight", right, "--platform", "display", "--format", "Billboard", status=1)
