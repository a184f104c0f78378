"""Building the engines: this machine's own, and one for each vendor, with the key that was given for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import Misconfigured
from backend.providers.compatible import OpenAICompatible
from backend.providers.local import LocalProvider
from backend.providers.vendors import EXTENDABLE, VENDORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.container.ground import Ground
    from backend.providers.base import Provider
    from backend.settings import ProviderSettings, Settings


def providers_of(ground: Ground) -> tuple[Provider, ...]:
    """Return the engines, this machine's first.

    Raises:
        Misconfigured: an engine is given models or hosts that has no use for them, or its models are wrong.
    """
    settings = ground.settings
    _refuse_what_means_nothing(settings)
    local = LocalProvider(workbench=ground.workbench, models_dir=settings.models_dir)
    found = (*_plain(settings), *_extendable(settings), *_servers(settings))
    return local, *sorted(found, key=lambda one: one.name)


def _plain(settings: Settings) -> Iterator[Provider]:
    for kind in VENDORS:
        given = settings.provider(kind.name)
        yield kind(key=given.api_key, base_url=given.base_url)


def _extendable(settings: Settings) -> Iterator[Provider]:
    for kind in EXTENDABLE:
        given = settings.provider(kind.name)
        yield kind(key=given.api_key, base_url=given.base_url, hosts=given.hosts, models=given.models)


def _servers(settings: Settings) -> Iterator[Provider]:
    taken = {LocalProvider.name, "auto", *(kind.name for kind in (*VENDORS, *EXTENDABLE))}
    for name, given in settings.servers.items():
        if name in taken:
            raise Misconfigured(detail=f"servers.{name} has the name of another engine; give it one of its own.")
        yield OpenAICompatible(name, given)


def _refuse_what_means_nothing(settings: Settings) -> None:
    known = {kind.name for kind in EXTENDABLE}
    for name, given in settings.providers.items():
        if name not in known and _extends(given):
            detail = f"providers.{name} is given hosts or models, which only {', '.join(sorted(known))} can use."
            raise Misconfigured(detail=detail)


def _extends(given: ProviderSettings) -> bool:
    return bool(given.hosts or given.models)
