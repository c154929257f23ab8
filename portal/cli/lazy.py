"""A group whose commands are imported when one of them is called: `portal --help` needs none of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from portal.cli.wording import OPTIONS, SUBCOMMANDS


@dataclass(frozen=True)
class Later:
    """Where a command stands (module of portal.cli and name in it), and its line in the list of commands."""

    module: str
    name: str
    says: str


class LazyGroup(click.Group):
    """Lists its commands from a table and imports the one that is called."""

    def __init__(self, *args: Any, later: Mapping[str, Later], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.later = later
        in_vietnamese(self)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self.later)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        where = self.later.get(cmd_name)
        if where is None:
            return None
        found: click.Command = getattr(import_module(f"portal.cli.{where.module}"), where.name)
        in_vietnamese(found)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Lệnh"):
            formatter.write_dl([(name, self.later[name].says) for name in self.list_commands(ctx)])


def in_vietnamese(command: click.Command) -> None:
    """Name what stands for options and commands in the first line of the help, here and in what it holds."""
    command.options_metavar = OPTIONS
    if isinstance(command, click.Group):
        command.subcommand_metavar = SUBCOMMANDS
        for one in command.commands.values():
            in_vietnamese(one)
