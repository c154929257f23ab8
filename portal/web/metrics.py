"""`/metrics` in the text form of Prometheus; for the staff host or loopback only (decisions 30)."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, Flask, Response, current_app
from werkzeug.exceptions import NotFound

from portal.web.access import public
from portal.web.health import from_inside

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
@public
def metrics() -> Response:
    """Ages and counts of the office's machinery; nothing of a body, a person or a report."""
    if not from_inside():
        raise NotFound
    lines = written(current_app.config["SAMPLES"]())
    return Response("".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")


def written(samples: Iterable[Any]) -> Iterable[str]:
    """The lines: the type before the first figure of each name. All values are gauges."""
    named = ""
    for one in samples:
        if one.name != named:
            named = one.name
            yield f"# TYPE {one.name} gauge\n"
        labels = ",".join(f'{name}="{value}"' for name, value in one.labels.items())
        yield f"{one.name}{{{labels}}} {one.value:g}\n" if labels else f"{one.name} {one.value:g}\n"


def install(app: Flask, samples: Callable[[], Iterable[Any]]) -> None:
    """`samples` is asked on every call; each has a name, a value and labels."""
    app.config["SAMPLES"] = samples
    app.register_blueprint(bp)
