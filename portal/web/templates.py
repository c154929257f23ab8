"""Where templates come from, how strict they are, and their helpers."""

import io
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask.templating import Environment as FlaskEnvironment
from jinja2 import (
    BytecodeCache,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)
from jinja2.bccache import Bucket

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


class Compiled(BytecodeCache):
    """Templates that this process has compiled, kept in its memory for the next application it makes.

    The key of a template holds its place and its text, so one that changed is compiled again.
    """

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was kept under this key, if the text is still the same."""
        if kept := self._kept.get(f"{bucket.key} {bucket.checksum}"):
            bucket.load_bytecode(io.BytesIO(kept))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


class PortalEnvironment(FlaskEnvironment):
    """Flask's environment, whose globals are one plain mapping.

    Jinja compares the names of the globals at every import of macros, a dozen times a page; through the chain
    of mappings that it lays over them for each template this was a fifth of the time of a page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template: those of the environment, unless it brings some of its own."""
        return super().make_globals(d) if d and d is not self.globals else self.globals


_COMPILED = Compiled()


def install(app: Flask) -> None:
    """Strict templates from the template folder, the library's macros, and their helpers."""
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.bytecode_cache = _COMPILED
    env.trim_blocks = env.lstrip_blocks = True
    env.loader = ChoiceLoader(
        [FileSystemLoader(Path(app.root_path) / str(app.template_folder)), LibraryLoader()]
    )
    env.globals.update(control=controls, error_links=controls.error_links)
    static.install(app)
