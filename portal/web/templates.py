"""Where templates come from, how strict they are, and their helpers."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)

from portal.web import controls, static

LIBRARY = "govuk_frontend_jinja"


class LibraryLoader(PrefixLoader):
    """The macros of govuk-frontend-jinja, which read parameters that nobody gave.

    They run in an overlay of the environment where an absent value is empty; our templates stay strict.
    """

    def __init__(self) -> None:
        super().__init__({LIBRARY: PackageLoader(LIBRARY)})
        self._lenient: Environment | None = None

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        self.get_loader(name)  # refuses what is not the library's
        if self._lenient is None:
            self._lenient = environment.overlay(
                undefined=ChainableUndefined, loader=PrefixLoader(self.mapping)
            )
        return self._lenient.get_template(name, globals=globals)


def install(app: Flask) -> None:
    """Strict templates from the template folder, the library's macros, and their helpers."""
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.loader = ChoiceLoader(
        [FileSystemLoader(Path(app.root_path) / str(app.template_folder)), LibraryLoader()]
    )
    env.globals.update(control=controls, error_links=controls.error_links)
    static.install(app)
