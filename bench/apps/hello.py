"""The smallest Typer application: one command, one argument."""

import typer

main = typer.Typer()


@main.command()
def hello(name: str) -> None:
    """Greet someone."""
    print(f"Hello {name}")
