"""What an operator may set: by environment, with `IMAGE_STUDIO_` before each name and `__` between levels.

Read once, in `app.py`, `worker.py` and `cli.py`; only `container.py` takes it apart and hands plain values on.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _user_folder(variable: str, fallback: str, *, mac: str) -> Path:
    """Return the user's folder for a purpose, by the platform's custom (XDG on Linux)."""
    if sys.platform == "darwin":
        return Path.home() / mac / "image-studio"
    base = os.environ.get(variable) or str(Path.home() / fallback)
    return Path(base) / "image-studio"


def _data_dir() -> Path:
    return _user_folder("XDG_DATA_HOME", ".local/share", mac="Library/Application Support")


def _models_dir() -> Path:
    return _user_folder("XDG_CACHE_HOME", ".cache", mac="Library/Caches") / "models"


class ProviderSettings(BaseModel):
    """An engine's key and, where it is not the vendor's own, its address."""

    api_key: SecretStr | None = None
    base_url: str | None = None
    """Scheme, host and port alone (OPENAI: with its `/v1`)."""
    concurrency: Annotated[int, Field(ge=1, le=1000)] | None = None
    """How many calls may run at once; the engine's own default otherwise."""


class StorageSettings(BaseModel):
    """Where pictures are kept."""

    url: str | None = None
    """`file:///folder`, or an object store's URL; the data folder's `files` by default."""


class JobsSettings(BaseModel):
    """How work is done."""

    wait_s: Annotated[float, Field(ge=0, le=3600)] = 120
    """How long a call waits for its result before it answers 202."""
    deadline_s: Annotated[float, Field(ge=1)] = 900
    """How long a job may take before what is missing of it fails."""
    running: Annotated[int, Field(ge=1, le=1000)] = 64
    """How many jobs may run at once."""
    calls: Annotated[int, Field(ge=1, le=1000)] = 10
    """How many calls to one engine may run at once, where its own settings don't say."""
    retries: Annotated[int, Field(ge=0, le=10)] = 2
    """How often a call that failed for a passing reason is tried again before the next engine is."""
    poll_busy_s: Annotated[float, Field(gt=0, le=5)] = 0.04
    """How often the queue is looked at while there is work."""
    poll_idle_s: Annotated[float, Field(gt=0, le=60)] = 0.25
    """How often the queue is looked at when there was none for a while."""


class LimitsSettings(BaseModel):
    """How large things may be."""

    json_mb: Annotated[int, Field(ge=1)] = 72
    """A JSON body with pictures in it, in millions of bytes."""
    upload_mb: Annotated[int, Field(ge=1)] = 50
    """One uploaded file, in millions of bytes."""
    body_mb: Annotated[int, Field(ge=1)] = 1
    """Any other body, in millions of bytes."""


class LogSettings(BaseModel):
    """What is told, and how."""

    level: str = "INFO"
    json_lines: bool = False
    """JSON, one object a line, instead of lines for people."""


class SignInSettings(BaseModel):
    """How people get in and how long they stay."""

    session_days: Annotated[int, Field(ge=1, le=365)] = 30
    """How long a browser stays signed in."""
    link_minutes: Annotated[int, Field(ge=1, le=10080)] = 60
    """How long a sign-in link can be used."""
    url_hours: Annotated[int, Field(ge=1, le=168)] = 24
    """How long the signed address of a picture works at least."""


class Settings(BaseSettings):
    """All settings, with defaults that work on a laptop with no key and no network."""

    model_config = SettingsConfigDict(env_prefix="IMAGE_STUDIO_", env_nested_delimiter="__", extra="ignore")

    data_dir: Path = Field(default_factory=_data_dir)
    """Database, files, lock and logs of the embedded default."""
    models_dir: Path = Field(default_factory=_models_dir)
    """Weights of the local engine."""
    database_url: str | None = Field(
        default=None, validation_alias=AliasChoices("DATABASE_URL", "IMAGE_STUDIO_DATABASE_URL")
    )
    """The database; a SQLite file in the data folder by default."""
    secret_key: SecretStr | None = None
    """What addresses of pictures are signed with; made once and kept in the data folder by default."""
    public_url: str | None = None
    """The address people open the studio at, where it is not the one it listens on."""
    tier: str = "self_hosted"
    """The tier of a new workspace."""
    storage: StorageSettings = StorageSettings()
    jobs: JobsSettings = JobsSettings()
    limits: LimitsSettings = LimitsSettings()
    log: LogSettings = LogSettings()
    sign_in: SignInSettings = SignInSettings()
    providers: dict[str, ProviderSettings] = Field(default_factory=dict[str, ProviderSettings])
    """By engine, such as `IMAGE_STUDIO_PROVIDERS__STABILITY__API_KEY`."""
    stability_api_key: SecretStr | None = Field(default=None, validation_alias="STABILITY_API_KEY")
    wavespeed_api_key: SecretStr | None = Field(default=None, validation_alias="WAVESPEED_API_KEY")
    hf_token: SecretStr | None = Field(default=None, validation_alias="HF_TOKEN")
    gemini_api_key: SecretStr | None = Field(default=None, validation_alias="GEMINI_API_KEY")
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")

    @property
    def database(self) -> str:
        """Return the database's URL, with the driver that the studio uses."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'studio.db'}"

    def provider(self, name: str) -> ProviderSettings:
        """Return an engine's settings; its conventional variable stands in for a key that is not set."""
        conventional = {
            "stability": self.stability_api_key,
            "wavespeed": self.wavespeed_api_key,
            "huggingface": self.hf_token,
            "gemini": self.gemini_api_key,
            "openai": self.openai_api_key,
        }
        found = self.providers.get(name, ProviderSettings())
        return found if found.api_key else found.model_copy(update={"api_key": conventional.get(name)})
