"""Pages of the resident's mailbox."""

from flask import Blueprint

bp = Blueprint("mailbox", __name__, url_prefix="/tra-cuu")
