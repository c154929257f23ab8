"""Both faces in one process: the demo and small places."""

from portal.faces import public, staff
from portal.faces.staff import signed_in

BLUEPRINTS = public.BLUEPRINTS + staff.BLUEPRINTS

__all__ = ["BLUEPRINTS", "signed_in"]
