"""Facts that can be cited: every figure with its wording, its number, its date and its place in the source."""

__version__ = "0.1.0"
