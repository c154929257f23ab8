"""Pages of the Front board."""

from portal.triage.routes import deciding, ending, grouping, outside, protecting, routing, satisfaction
from portal.triage.routes.reading import bp

__all__ = ["bp", "deciding", "ending", "grouping", "outside", "protecting", "routing", "satisfaction"]
