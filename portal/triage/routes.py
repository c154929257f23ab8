"""Pages of the stage."""

from flask import Blueprint

bp = Blueprint("triage", __name__, url_prefix="/can-bo/phan-loai")
