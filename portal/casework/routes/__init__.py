"""Pages of the inspection committee."""

from portal.casework.routes import correcting, entering, printing, publishing, taking, timing
from portal.casework.routes.reading import bp

__all__ = ["bp", "correcting", "entering", "printing", "publishing", "taking", "timing"]
