"""What an operator sets about files and addresses is understood, or refused with a reason; secrets stay secret."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from pydantic import SecretStr, ValidationError
from typer.testing import CliRunner

from backend.cli import app
from backend.container.keeping import signer_of, store_of
from backend.datafolder import DataFolder
from backend.errors import AccessRefused, Misconfigured
from backend.schemas.assets import SignedQuery
from backend.settings import Settings, StorageSettings
from backend.storage import Grant

if TYPE_CHECKING:
    from pathlib import Path

    from backend.storage import Signer

CANARY = "canary-in-a-coal-mine-0123456789abcdef"
OLD, NEW = "an old secret" * 3, "a new secret" * 3
POSTGRES = "postgresql://studio@localhost/studio"
GRANT = Grant(workspace="w", asset="a", rendition="content")


def now() -> datetime:
    return datetime.now(UTC)


def signer(folder: Path, secret: str | None, **more: str) -> Signer:
    known = SecretStr(secret) if secret else None
    return signer_of(Settings(data_dir=folder, secret_key=known, **more), DataFolder(folder), clock=now)


def opens(one: Signer, signed: str) -> bool:
    query = SignedQuery.model_validate({name: value[0] for name, value in parse_qs(signed).items()})
    try:
        return one.verify("a", "content", query) == GRANT
    except AccessRefused:
        return False


def test_secrets_can_be_changed_while_addresses_are_in_use(tmp_path: Path) -> None:
    before, between, after = (signer(tmp_path, said) for said in (OLD, f"{NEW}, {OLD}", NEW))
    assert opens(between, before.sign(GRANT))
    assert opens(between, between.sign(GRANT))
    assert opens(after, between.sign(GRANT))
    assert not opens(after, before.sign(GRANT))


def test_a_folder_of_its_own_has_a_secret_of_its_own(tmp_path: Path) -> None:
    assert opens(signer(tmp_path, None), signer(tmp_path, None).sign(GRANT))
    assert not opens(signer(tmp_path / "other", None), signer(tmp_path, None).sign(GRANT))


def test_servers_that_share_a_database_have_to_be_told_a_secret(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="IMAGE_STUDIO_SECRET_KEY"):
        signer(tmp_path, None, DATABASE_URL=POSTGRES)
    first, second = (signer(tmp_path / name, NEW, DATABASE_URL=POSTGRES) for name in "ab")
    assert opens(second, first.sign(GRANT))


@pytest.mark.parametrize("said", ["short", f"{NEW},", f"{NEW},short", ","])
def test_a_secret_that_could_be_guessed_is_refused_and_not_repeated(tmp_path: Path, said: str) -> None:
    with pytest.raises(Misconfigured, match="32 characters") as told:
        signer(tmp_path, said)
    assert "short" not in told.value.detail


async def test_files_lie_in_the_data_folder_unless_it_is_said_otherwise(tmp_path: Path) -> None:
    elsewhere = StorageSettings(url=(tmp_path / "elsewhere").as_uri())
    for storage, folder in ((StorageSettings(), "files"), (elsewhere, "elsewhere")):
        settings = Settings(data_dir=tmp_path, storage=storage)
        key = await store_of(settings, DataFolder(tmp_path), clock=now).put(b"x")
        assert (tmp_path / folder / key).read_bytes() == b"x"


def test_no_list_of_settings_shows_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "STORAGE__SECRET_ACCESS_KEY", "STORAGE__SESSION_TOKEN"):
        monkeypatch.setenv(f"IMAGE_STUDIO_{name}", CANARY)
    monkeypatch.setenv("DATABASE_URL", f"postgresql://studio:{CANARY}@localhost/studio")
    for words in (["settings"], ["settings", "--json"]):
        shown = CliRunner().invoke(app, words)
        assert shown.exit_code == 0
        assert "IMAGE_STUDIO_STORAGE__SECRET_ACCESS_KEY" in shown.output
        assert CANARY not in shown.output
    assert CANARY not in repr(Settings().storage)


def test_a_setting_that_is_wrong_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGE_STUDIO_STORAGE", f'{{"secret_access_key": ["{CANARY}"], "retries": "{CANARY}"}}')
    with pytest.raises(ValidationError) as told:
        Settings()
    assert CANARY not in str(told.value)
