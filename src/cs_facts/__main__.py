"""``python -m cs_facts`` is ``facts``."""

import sys

from cs_facts.cli import main

if __name__ == "__main__":
    sys.exit(main())
