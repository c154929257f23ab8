"""Pages of the inspection committee."""

from portal.casework.routes import taking
from portal.casework.routes.reading import bp

__all__ = ["bp", "taking"]
