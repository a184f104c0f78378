"""What can go wrong, as facts with fields.

Every class is one problem type of RFC 9457: its docstring is the page that a caller lands on, its fields become members
of the problem. Errors are raised, never returned, and they survive pickling, so they can cross process borders.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar, cast


def _rebuild(kind: type[StudioError], fields: dict[str, Any]) -> StudioError:
    return kind(**fields)


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower name
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in cast("tuple[Any, ...]", value)]
    return value


@dataclass(eq=False, kw_only=True)
class StudioError(Exception):
    """Something went wrong in the studio.

    The detail says what; the request id finds the log lines.
    """

    slug: ClassVar[str] = "studio-error"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "The studio could not do this"
    retryable: ClassVar[bool] = False

    detail: str = ""

    def fields(self) -> dict[str, Any]:  # Any: each problem type has members of its own
        """Return the members that this instance adds to the problem, `detail` included."""
        return {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}

    def problem(self) -> dict[str, Any]:  # Any: as in `fields`
        """Return the problem details of RFC 9457, as they are answered, stored with a job and shown."""
        common = {"type": f"/problems/{self.slug}", "title": self.title, "status": self.status, "code": self.slug}
        return {**common, **{name: _plain(value) for name, value in self.fields().items()}, "detail": str(self)}

    def __str__(self) -> str:
        return self.detail or self.title

    def __reduce__(self) -> tuple[Any, ...]:
        """Rebuild from fields: keyword-only exceptions do not unpickle by themselves."""
        return _rebuild, (type(self), self.fields())
