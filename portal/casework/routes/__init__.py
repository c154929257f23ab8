"""Pages of the inspection committee."""

from portal.casework.routes import entering, taking, timing
from portal.casework.routes.reading import bp

__all__ = ["bp", "entering", "taking", "timing"]
