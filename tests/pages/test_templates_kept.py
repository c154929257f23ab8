"""Templates are compiled once per process, again as soon as their text differs; globals are one mapping."""

import os
import re

import pytest
from flask import Flask
from jinja2 import Environment, StrictUndefined, UndefinedError

from portal.app import create_app
from portal.web import templates
from tests.support.sample import sample_app


@pytest.fixture
def compiled(monkeypatch) -> list[str]:
    """The names of the templates that were compiled in this test."""
    names: list[str] = []
    real = Environment.compile

    def compile(self, source, name=None, *args, **named):
        names.append(name)
        return real(self, source, name, *args, **named)

    monkeypatch.setattr(Environment, "compile", compile)
    monkeypatch.setattr(templates, "_COMPILED", templates.Compiled())
    return names


def _shown(app: Flask) -> str:
    app.config["WTF_CSRF_ENABLED"] = False
    return re.sub('name="csrf_token" value="[^"]*"', "", app.test_client().get("/form").text)


def test_the_next_application_compiles_nothing_again(compiled) -> None:
    first = _shown(sample_app())
    assert "components/forms.html" in compiled
    compiled.clear()
    assert _shown(sample_app()) == first
    # A text that is given to render_template_string has no name, and is not kept.
    assert [name for name in compiled if name] == []


def test_a_changed_text_is_compiled_again(compiled, tmp_path) -> None:
    place = tmp_path / "one.html"
    for number, text in enumerate(("trước", "sau")):
        place.write_text(text, encoding="utf-8")
        os.utime(place, (number, number))
        app = sample_app()
        app.jinja_env.loader = templates.FileSystemLoader(tmp_path)
        assert app.jinja_env.get_template("one.html").render() == text
    assert compiled.count("one.html") == 2


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_globals_are_one_mapping_and_a_template_may_bring_its_own(settings) -> None:
    env = create_app(settings).jinja_env
    for name in ("layouts/base.html", "govuk_frontend_jinja/components/button/macro.html"):
        assert env.get_template(name).globals is env.globals
    own = env.from_string("{{ mine }}", globals={"mine": "riêng"})
    assert own.render() == "riêng"
    assert "mine" not in env.globals
    assert env.undefined is StrictUndefined
    with pytest.raises(UndefinedError):
        env.from_string("{{ mine }}").render()
