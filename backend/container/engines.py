"""Building the engines: this machine's own, and one for each vendor, with the key that was given for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.providers.local import LocalProvider
from backend.providers.vendors import VENDORS

if TYPE_CHECKING:
    from backend.container.ground import Ground
    from backend.providers.base import Provider


def providers_of(ground: Ground) -> tuple[Provider, ...]:
    """Return the engines, this machine's first."""
    local = LocalProvider(workbench=ground.workbench, models_dir=ground.settings.models_dir)
    given = {kind.name: ground.settings.provider(kind.name) for kind in VENDORS}
    return local, *(kind(key=given[kind.name].api_key, base_url=given[kind.name].base_url) for kind in VENDORS)
