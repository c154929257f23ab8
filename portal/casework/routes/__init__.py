"""Pages of the inspection committee."""

from portal.casework.routes import printing, taking
from portal.casework.routes.reading import bp

__all__ = ["bp", "printing", "taking"]
