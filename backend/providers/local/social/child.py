"""Having an order's files made in a child process; where faces are is kept for the next order."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from backend.providers.local.social import remembered
from backend.providers.local.social.orders import FacesFound

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from backend.imaging.workbench import Workbench
    from backend.providers.base import Handed
    from backend.providers.local.social.orders import Order


async def exported(
    workbench: Workbench, picture: bytes, order: Order, timeout_s: float | None = None
) -> AsyncGenerator[Handed]:
    """Yield what becomes of an order's files, each as it is ready.

    Raises:
        InvalidImage: the picture is broken.
        RequestRefused: there is nothing to be seen in the logo.
        MachineTrouble: weights are damaged, or it took more than it may.
    """
    asked = with_known(order, picture)
    async with aclosing(workbench.stream(export, picture, asked, timeout_s=timeout_s)) as handed:
        async for one in handed:
            if not isinstance(one, FacesFound):
                yield one
            elif order.whole is None:
                remembered.FACES.keep(remembered.name_of(order.spec.image, picture), one.boxes)


def with_known(order: Order, picture: bytes) -> Order:
    """Return the order with where faces are, if they were found in this picture lately."""
    if order.whole is not None:
        return order
    return replace(order, known=remembered.FACES.of(remembered.name_of(order.spec.image, picture)))


def export(source: bytes, order: Order) -> None:
    """Hand over each file of an order as it is ready; runs in a child process."""
    from backend.providers.local.social import exporting  # noqa: PLC0415 - the server never loads the arithmetic

    exporting.export(source, order)
