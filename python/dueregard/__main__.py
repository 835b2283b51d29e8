"""``python -m dueregard`` is the command ``dueregard``."""

import sys

from dueregard.cli import main

if __name__ == "__main__":
    sys.exit(main())
