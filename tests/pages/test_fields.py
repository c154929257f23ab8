"""The base of every form reads what browsers send, and nothing else."""

import pytest
from flask import Flask

from portal.web.fields import CleanString, Form, required


class NameForm(Form):
    name = CleanString("Tên", [required("Ghi tên")])


@pytest.fixture
def app() -> Flask:
    app = Flask("portal")
    app.config.update(SECRET_KEY="only for this test", WTF_CSRF_ENABLED=False)
    return app


@pytest.mark.parametrize(
    "body", ['{"name": {"a": [1]}}', '{"name": "x"}', "[1, 2]", "null", "{", '"x"', '{"name": 7}']
)
def test_json_is_no_form(app, body):
    with app.test_request_context(method="POST", data=body, content_type="application/json"):
        form = NameForm()
        assert not form.validate()
        assert form.name.errors == ["Ghi tên"]


def test_a_form_is_read_and_shown_again(app):
    with app.test_request_context(method="POST", data={"name": "  Tên\u200b "}):
        assert NameForm().validate()
        assert NameForm().name.data == "Tên"
    with app.test_request_context():
        assert NameForm().name.data is None
        assert NameForm.recalled({"name": [""]}).name.errors == ["Ghi tên"]
