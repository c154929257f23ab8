"""The measure of all: a bare Flask application whose POST stores one text, durably, through the ORM.

No CSRF, no session, no sealing, no audit: what remains is the server, Flask, one flush and one commit with
the same durable settings of the database (decisions 28).
"""

import os

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from portal.data.db import check_durable, make_engine

ADDRESS = "PORTAL_BENCH_BARE"


class Base(DeclarativeBase):
    """Tables of the bare application."""


class Note(Base):
    """One text."""

    __tablename__ = "bench_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)


def create_app() -> Flask:
    """The bare application on the database that the environment names."""
    engine = make_engine(os.environ[ADDRESS])
    check_durable(engine)
    app = Flask("bare")

    @app.post("/")
    def store() -> ResponseReturnValue:
        with Session(engine) as session:
            session.add(Note(text=request.form["story"]))
            session.commit()
        return redirect("/thanks", 303)

    return app


def prepare(address: str) -> None:
    """Make the table."""
    engine = make_engine(address)
    Base.metadata.create_all(engine)
    engine.dispose()
