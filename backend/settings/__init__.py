"""What an operator may set: by environment, with `IMAGE_STUDIO_` before each name and `__` between levels.

Read once, in `app.py`, `worker.py` and `cli.py`; only `container.py` takes it apart and hands plain values on.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from backend.schemas.identity import IdentitySettings
from backend.schemas.servers import ServerName, ServerSettings
from backend.settings.edge import LimitsSettings, SignInSettings
from backend.settings.limits import QuotaSettings, RatesSettings
from backend.settings.machine import (
    DatabaseSettings,
    JobsSettings,
    ProviderSettings,
    StorageSettings,
    WorkersSettings,
)
from backend.settings.provenance import ProvenanceSettings
from backend.settings.telling import (
    HealthSettings,
    LogSettings,
    MetricsSettings,
    RetentionSettings,
    TelemetrySettings,
)
from backend.settings.upkeep import ImagingSettings, UpkeepSettings
from backend.settings.web import WebSettings, path_below

__all__ = [
    "DatabaseSettings",
    "HealthSettings",
    "IdentitySettings",
    "ImagingSettings",
    "JobsSettings",
    "LimitsSettings",
    "LogSettings",
    "MetricsSettings",
    "ProvenanceSettings",
    "ProviderSettings",
    "QuotaSettings",
    "RatesSettings",
    "RetentionSettings",
    "Settings",
    "SignInSettings",
    "StorageSettings",
    "TelemetrySettings",
    "UpkeepSettings",
    "WebSettings",
    "WorkersSettings",
]


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


class Settings(BaseSettings):
    """All settings, with defaults that work on a laptop with no key and no network."""

    model_config = SettingsConfigDict(
        env_prefix="IMAGE_STUDIO_", env_nested_delimiter="__", extra="ignore", hide_input_in_errors=True
    )

    data_dir: Path = Field(default_factory=_data_dir)
    """Database, files, lock and logs of the embedded default."""
    models_dir: Path = Field(default_factory=_models_dir)
    """Weights of the local engine."""
    database_url: str | None = Field(
        default=None, validation_alias=AliasChoices("DATABASE_URL", "IMAGE_STUDIO_DATABASE_URL")
    )
    """The database; a SQLite file in the data folder by default."""
    secret_key: SecretStr | None = None
    """What addresses of pictures are signed with; made once and kept in the data folder by default (SQLite only).

    Several may stand there with commas between them: the first signs, all are accepted.
    """
    public_url: str | None = None
    """The address people open the studio at, where it is not the one it listens on; with its base path, if any."""
    tier: str = "self_hosted"
    """The tier of a new workspace."""
    web: WebSettings = WebSettings()
    db: DatabaseSettings = DatabaseSettings()
    storage: StorageSettings = StorageSettings()
    jobs: JobsSettings = JobsSettings()
    workers: WorkersSettings = WorkersSettings()
    limits: LimitsSettings = LimitsSettings()
    rates: RatesSettings = RatesSettings()
    quotas: QuotaSettings = QuotaSettings()
    log: LogSettings = LogSettings()
    telemetry: TelemetrySettings = TelemetrySettings()
    metrics: MetricsSettings = MetricsSettings()
    health: HealthSettings = HealthSettings()
    retention: RetentionSettings = RetentionSettings()
    sign_in: SignInSettings = SignInSettings()
    imaging: ImagingSettings = ImagingSettings()
    provenance: ProvenanceSettings = ProvenanceSettings()
    upkeep: UpkeepSettings = UpkeepSettings()
    identity: IdentitySettings = IdentitySettings()
    providers: dict[str, ProviderSettings] = Field(default_factory=dict[str, ProviderSettings])
    """By engine, such as `IMAGE_STUDIO_PROVIDERS__STABILITY__API_KEY`."""
    servers: dict[ServerName, ServerSettings] = Field(default_factory=dict[ServerName, ServerSettings])
    """Model servers of one's own that speak as OpenAI does, by a name for each: see how-to/local-model-server.md."""
    stability_api_key: SecretStr | None = Field(default=None, validation_alias="STABILITY_API_KEY")
    wavespeed_api_key: SecretStr | None = Field(default=None, validation_alias="WAVESPEED_API_KEY")
    huggingface_api_key: SecretStr | None = Field(default=None, validation_alias="HF_TOKEN")
    gemini_api_key: SecretStr | None = Field(default=None, validation_alias="GEMINI_API_KEY")
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")

    @model_validator(mode="after")
    def _one_base_path(self) -> Self:
        """Refuse a public URL and a base path that say different things."""
        told = path_below(urlsplit(self.public_url or "").path)
        if told and self.web.base_path and told != self.web.base_path:
            raise ValueError(f"public_url ends with {told}, and web.base_path is {self.web.base_path}: they must agree")
        return self

    @property
    def base_path(self) -> str:
        """Return the path below which the studio lives, such as `/studio`; empty at the root."""
        return self.web.base_path or path_below(urlsplit(self.public_url or "").path)

    def home(self, listening: str) -> str:
        """Return the address people open the studio at, its base path included and no slash at its end.

        `listening` is the address that the server listens on, for where no public one is set.
        """
        root = (self.public_url or listening).rstrip("/")
        return root if urlsplit(root).path else root + self.base_path

    @property
    def database(self) -> str:
        """Return the database's URL, with the driver that the studio uses."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'studio.db'}"

    def provider(self, name: str) -> ProviderSettings:
        """Return an engine's settings; its conventional variable stands in for a key that is not set."""
        conventional = {
            "stability": self.stability_api_key,
            "wavespeed": self.wavespeed_api_key,
            "huggingface": self.huggingface_api_key,
            "gemini": self.gemini_api_key,
            "openai": self.openai_api_key,
        }
        found = self.providers.get(name, ProviderSettings())
        return found if found.api_key else found.model_copy(update={"api_key": conventional.get(name)})
