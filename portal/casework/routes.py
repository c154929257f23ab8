"""Pages of the stage."""

from flask import Blueprint

bp = Blueprint("casework", __name__, url_prefix="/can-bo/ho-so")
