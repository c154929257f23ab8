"""Pages of the Front board."""

from portal.triage.routes import deciding, ending, noting, printing, routing
from portal.triage.routes.reading import bp

__all__ = ["bp", "deciding", "ending", "noting", "printing", "routing"]
