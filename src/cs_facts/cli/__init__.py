"""The command line."""

from cs_facts.cli.app import main as main
