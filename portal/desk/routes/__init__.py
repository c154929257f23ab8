"""Pages of an officer's desk."""

from portal.desk.routes import texts
from portal.desk.routes.work import bp

__all__ = ["bp", "texts"]
