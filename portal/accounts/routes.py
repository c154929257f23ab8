"""Pages of the stage."""

from flask import Blueprint

bp = Blueprint("accounts", __name__, url_prefix="/can-bo")
