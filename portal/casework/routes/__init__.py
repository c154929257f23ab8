"""Pages of the inspection committee."""

from portal.casework.routes import correcting, entering, substituting, taking, timing
from portal.casework.routes.reading import bp

__all__ = ["bp", "correcting", "entering", "substituting", "taking", "timing"]
