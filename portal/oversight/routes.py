"""Pages of the stage."""

from flask import Blueprint

bp = Blueprint("oversight", __name__, url_prefix="/can-bo/giam-sat")
