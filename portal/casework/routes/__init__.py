"""Pages of the inspection committee."""

from portal.casework.routes import taking, timing
from portal.casework.routes.reading import bp

__all__ = ["bp", "taking", "timing"]
