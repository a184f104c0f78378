"""The contents: every family, in the order in which the catalogue lists them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from backend.providers.local.compose.families.arches import ARCHES
from backend.providers.local.compose.families.bauhaus import BAUHAUS
from backend.providers.local.compose.families.bokeh import BOKEH
from backend.providers.local.compose.families.botanicals import BOTANICALS
from backend.providers.local.compose.families.confetti import CONFETTI
from backend.providers.local.compose.families.editorial import EDITORIAL
from backend.providers.local.compose.families.flow import FLOW
from backend.providers.local.compose.families.halftone import HALFTONE
from backend.providers.local.compose.families.isometric import ISOMETRIC
from backend.providers.local.compose.families.marble import MARBLE
from backend.providers.local.compose.families.mesh import MESH
from backend.providers.local.compose.families.nightcity import NIGHTCITY
from backend.providers.local.compose.families.orbs import ORBS
from backend.providers.local.compose.families.paper import PAPER
from backend.providers.local.compose.families.portal import PORTAL
from backend.providers.local.compose.families.quote import QUOTE
from backend.providers.local.compose.families.ribbons import RIBBONS
from backend.providers.local.compose.families.riso import RISO
from backend.providers.local.compose.families.stage import STAGE
from backend.providers.local.compose.families.sunburst import SUNBURST
from backend.providers.local.compose.families.swiss import SWISS
from backend.providers.local.compose.families.terrazzo import TERRAZZO
from backend.providers.local.compose.families.topo import TOPO
from backend.providers.local.compose.families.typestack import TYPESTACK
from backend.providers.local.compose.families.waves import WAVES

if TYPE_CHECKING:
    from backend.providers.local.compose.scene import Family

TABLE: tuple[Family, ...] = (
    MESH,
    PAPER,
    PORTAL,
    FLOW,
    SWISS,
    BAUHAUS,
    TERRAZZO,
    TOPO,
    HALFTONE,
    SUNBURST,
    BOKEH,
    ISOMETRIC,
    WAVES,
    RISO,
    RIBBONS,
    BOTANICALS,
    STAGE,
    ARCHES,
    NIGHTCITY,
    ORBS,
    TYPESTACK,
    CONFETTI,
    MARBLE,
    QUOTE,
    EDITORIAL,
)


@cache
def named() -> dict[str, Family]:
    """Return the families by name."""
    return {family.name: family for family in TABLE}
