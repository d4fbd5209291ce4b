"""The way out of what reads quickly."""

from __future__ import annotations


class Doubt(Exception):
    """What is read may have a fault: the reader of stores must look at it."""
