"""The command `portal`: thin groups over actions and queries."""

import click

from portal.cli.accounts import accounts
from portal.cli.areas import areas
from portal.cli.audit import audit
from portal.cli.bench import bench
from portal.cli.bodies import bodies
from portal.cli.db import db
from portal.cli.deadlines import deadlines
from portal.cli.demo import demo
from portal.cli.keys import keys
from portal.cli.routing import routing
from portal.cli.serve import serve, worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Cổng Giám sát Nhân dân: máy chủ, dữ liệu và khóa."""


for command in (serve, worker, db, keys, accounts, areas, bodies, deadlines, demo, audit, routing, bench):
    main.add_command(command)
