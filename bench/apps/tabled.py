"""A Typer application that prints a Rich table: the cells of ``facts list``, written into a module as literals."""

import typer

main = typer.Typer()


@main.command()
def show(limit: int = typer.Option(1000, "--limit", "-n", help="Stop after so many rows.")) -> None:
    """Print the table."""
    from rich.console import Console
    from rich.table import Table
    from tabled_rows import HEADINGS, ROWS

    table = Table(box=None)
    for heading in HEADINGS:
        table.add_column(heading, no_wrap=True)
    for row in ROWS[:limit]:
        table.add_row(*row)
    Console(width=100_000, markup=False, highlight=False).print(table)
