"""Pages of the Front board."""

from portal.triage.routes import (
    deciding,
    ending,
    grouping,
    noting,
    outside,
    printing,
    protecting,
    routing,
    satisfaction,
)
from portal.triage.routes.reading import bp

__all__ = [
    "bp",
    "deciding",
    "ending",
    "grouping",
    "noting",
    "outside",
    "printing",
    "protecting",
    "routing",
    "satisfaction",
]
