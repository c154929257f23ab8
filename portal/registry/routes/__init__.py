"""Pages of the register (danh mục): units, bodies, posts, drafts, reorganisations, sealing anew."""

from portal.registry.routes import drafts, plans, posts, tasks, units
from portal.registry.routes.base import bp

__all__ = ["bp", "drafts", "plans", "posts", "tasks", "units"]
