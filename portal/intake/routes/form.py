"""Pages of the public form."""

from flask import Blueprint

bp = Blueprint("intake", __name__, url_prefix="/phan-anh")
