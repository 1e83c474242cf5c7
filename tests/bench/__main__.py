"""`python -m tests.bench`: every benchmark; exit code 1 when a target is missed."""

import sys

from . import routing

if __name__ == "__main__":
    sys.exit(0 if routing.run() else 1)
