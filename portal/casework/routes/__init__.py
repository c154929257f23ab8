"""Pages of the inspection committee."""

from portal.casework.routes import correcting, entering, printing, substituting, taking, timing
from portal.casework.routes.reading import bp

__all__ = ["bp", "correcting", "entering", "printing", "substituting", "taking", "timing"]
