"""Facts in memory that can be read as those of an index are."""

from __future__ import annotations

from cs_facts.output.rows import cell_of, flat


class Listed(list):
    """All facts of a store."""

    def __init__(self, store):
        super().__init__(store.facts)
        self.index = store

    def rows(self, columns):
        """Yield what columns hold, written out; what is missing stays None."""
        for fact in self:
            cells = (cell_of(self.index, fact, name) for name in columns)
            yield tuple(cell if cell in (None, ()) or isinstance(cell, int) else flat(cell) for cell in cells)
