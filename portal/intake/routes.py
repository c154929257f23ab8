"""Pages of the stage."""

from flask import Blueprint

bp = Blueprint("intake", __name__, url_prefix="/phan-anh")
mailbox = Blueprint("mailbox", __name__, url_prefix="/tra-cuu")
