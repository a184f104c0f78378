"""The small pictures of the page keep up with what there is to choose."""

from __future__ import annotations

from backend.providers.local.compose import FAMILIES
from backend.providers.local.style.vocabulary import vocabulary
from backend.services.image_studio.templates import TemplateManager
from scripts.thumbnails import HEAVIEST, PAINTED, SCENES, STYLES, TEMPLATES

MOST = 350_000
"""Bytes of all of them."""


def test_every_template_and_every_style_has_its_picture() -> None:
    assert {file.stem for file in TEMPLATES.iterdir()} == {template.id for template in TemplateManager.load().list()}
    assert {file.stem for file in STYLES.iterdir()} == set(FAMILIES)
    assert {file.stem for file in PAINTED.iterdir()} == set(vocabulary().styles)


def test_each_style_is_shown_by_a_scene_of_its_own() -> None:
    assert sorted(scene.family for scene in SCENES) == sorted(FAMILIES)


def test_the_pictures_are_light() -> None:
    sizes = [file.stat().st_size for folder in (TEMPLATES, STYLES, PAINTED) for file in folder.iterdir()]
    assert max(sizes) <= HEAVIEST
    assert sum(sizes) <= MOST
