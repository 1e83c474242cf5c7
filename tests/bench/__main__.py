"""`python -m tests.bench`: every benchmark; exit code 1 when a target is missed."""

import sys

from . import lessons, live, routing, stage, tables

if __name__ == "__main__":
    passed = [part.run() for part in (routing, tables, lessons, live, stage)]
    sys.exit(0 if all(passed) else 1)
