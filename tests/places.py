"""A store and a cache folder of a test's own, asked in this process or in one of its own."""

import os
import subprocess
import sys
from pathlib import Path

from cs_facts.columns import fact_columns
from cs_facts.index.cache import index_path, kept_index, open_index
from cs_facts.index.tallies import tallies

FACT = "  - id: {id}\n    category: north\n    title: {title}\n    text: {title}\n    source: paper\n"


def facts(*titles):
    """Write facts, each with its title."""
    return "".join(FACT.format(id=f"f{place}", title=title) for place, title in enumerate(titles))


def said(index):
    """Return all that an index says, its words too."""
    facts = index.select()
    return {
        "facts": list(facts),
        "rows": list(facts.rows(fact_columns(index.languages))),
        "conflicts": dict(index.conflicts),
        "tags": index.facts_by_tag,
        "tallies": [tally._replace(place=0) for tally in tallies(index)],
        "words": [(word, len(index.match(f'"{word}"'))) for word in (*index.words_beginning(), *index.characters)],
        "stems": {word: sorted(index.same_stem(word)) for word in index.words_beginning("a", 20)},
        **{name: getattr(index, name) for name in ("title", "units", "categories", "sources", "languages", "synonyms")},
    }


class Places:
    """Where a test keeps its indexes."""

    def __init__(self, folder, **variables):
        self.variables = {"XDG_CACHE_HOME": str(folder), **variables}

    @property
    def folder(self):
        """The folder of indexes."""
        return self.index("any").parent

    def index(self, *paths):
        """Return the file of the index of stores."""
        return index_path(paths, self.variables)

    def titles(self, *paths):
        """Return the titles of the facts of stores."""
        index = open_index(paths, self.variables)
        titles = [next(iter(fact.title.values())) for fact in index.select()]
        index.close()
        return titles

    def whole(self, *paths):
        """Return all that an index says."""
        index = open_index(paths, self.variables)
        found = said(index)
        index.close()
        return found

    def state(self, *paths):
        """Return the state of the index of stores."""
        return kept_index(paths, self.variables).state

    def begin(self, *words, code="from cs_facts.__main__ import run; run()", **settings):
        """Begin a process of ``facts`` that keeps its indexes here."""
        kept = {name: value for name, value in os.environ.items() if name not in ("XDG_CACHE_HOME", "HOME")}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
        settings = {**pipes, "bufsize": 0, **settings}  # or who reads that it has begun reads ahead
        return subprocess.Popen(
            [sys.executable, "-c", code, *map(str, words)], env={**kept, **self.variables, "LANG": "C"}, **settings
        )

    def strays(self, *paths):
        """Return what lies in the folder besides the indexes of these stores."""
        known = {self.index(path).name for path in paths}
        found = Path(self.folder).iterdir() if self.folder.exists() else ()
        return [path.name for path in found if path.name not in known]
