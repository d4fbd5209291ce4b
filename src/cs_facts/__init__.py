"""Facts that can be cited: every figure with its wording, its number, its date and its place in the source."""

TYPE_CHECKING = False  # importing `typing` takes time, during which an interrupt cannot be caught yet

if TYPE_CHECKING:
    from cs_facts.api import OpenStore as OpenStore
    from cs_facts.api import open_store as open_store

__version__ = "0.1.0"
__all__ = ["OpenStore", "__version__", "open_store"]


def __dir__() -> list[str]:
    """List the public names."""
    return __all__


def __getattr__(name: str) -> object:
    """Import the Python interface on first use, so that the command line does not pay for it."""
    if name in ("open_store", "OpenStore"):
        from cs_facts import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
