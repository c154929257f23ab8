"""`portal bench`: how fast it is, beside a bare application on the same server and database."""

import click


@click.command()
def bench() -> None:
    """Đo tốc độ trên máy này, ghi bench.json."""
