"""What a model is called at those who run it: looked up at the Hub, and remembered for an hour.

Source: https://huggingface.co/docs/inference-providers/hub-api (read 2026-11-22); the `huggingface_hub` package 2.4.0
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, cast

from backend.errors import ProviderFailed, ProviderRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.providers.http import Line
    from backend.providers.huggingface.answers import Told
    from backend.providers.registry import ModelRow

FRESH_S: Final = 3600.0
_NOBODY: Final = {"Authorization": ""}
"""What everybody may know is asked without a key."""
_RUNNING: Final = frozenset({"live", "staging"})


class Names:
    """The names, by model and by who runs it. `clock` tells seconds."""

    def __init__(self, hub: Line, clock: Callable[[], float] = time.monotonic) -> None:
        self._hub = hub
        self._clock = clock
        self._known: dict[str, tuple[float, Mapping[str, str | None]]] = {}

    async def of(self, row: ModelRow) -> str:
        """Return a model's name at whoever runs it; what our table says where the Hub says nothing.

        Raises:
            ProviderRefused: it is no longer run there.
        """
        model, route = model_of(row), str(row.route)
        told = await self._told(model)
        if told is None or route == "hf-inference":
            return row.route_id or model
        if name := told.get(route):
            return name
        detail = f"Hugging Face no longer has {model} run by {route}."
        raise ProviderRefused(detail=detail, provider=self._hub.reach.provider, model=row.model)

    async def _told(self, model: str) -> Mapping[str, str | None] | None:
        """Return who runs a model, and under which name; None where that can't be found out now."""
        at, known = self._known.get(model, (-FRESH_S, None))
        if known is not None and self._clock() - at < FRESH_S:
            return known
        try:
            answer = await self._hub.ask(f"/api/models/{model}?expand=inferenceProviderMapping", _NOBODY)
        except ProviderFailed:
            return known  # an hour old is better than nothing, and our table better than no picture
        found = _running(answer.json()) if answer.ok else None
        if found:
            self._known[model] = (self._clock(), found)
        return found or known


def model_of(row: ModelRow) -> str:
    """Return a model's name at the Hub: what comes before the colon, after which stands who runs it."""
    return row.model.partition(":")[0]


def _running(told: Told) -> Mapping[str, str | None]:
    match told:
        case {"inferenceProviderMapping": mapping} if isinstance(mapping, dict):
            rows = cast("dict[str, object]", mapping).items()
            return {route: name for route, row in rows if (name := _name(row))}
        case _:
            return {}


def _name(row: object) -> str | None:
    match row:
        case {"providerId": str(name), "status": str(status)} if status in _RUNNING:
            return name
        case _:
            return None
