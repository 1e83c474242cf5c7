"""A real kubeviz server in a process of its own, for tests that speak HTTP and WebSocket to it."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAYS_WHERE = re.compile(r"http://127\.0\.0\.1:\d+")


@contextmanager
def running(*options: str, **environment: str) -> Iterator[str]:
    """The server's address, as long as the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", "0", *options],
        cwd=ROOT,
        env={**os.environ, "HOST": "127.0.0.1", **environment},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield address_of(process)
    finally:
        process.terminate()
        process.wait()
        assert process.stderr
        process.stderr.close()


def address_of(process: subprocess.Popen[str]) -> str:
    """Waits for the line that says where the server answers; what follows goes on to our own stderr."""
    assert process.stderr
    said = []
    for line in process.stderr:
        said.append(line)
        if found := SAYS_WHERE.search(line):
            threading.Thread(target=pass_on, args=(process.stderr,), daemon=True).start()
            return found[0]
    raise RuntimeError("the server did not start:\n" + "".join(said))


def pass_on(lines: Iterator[str]) -> None:
    with suppress(ValueError):  # closed when the server has ended
        for line in lines:
            sys.stderr.write(line)


def database_url(config: dict) -> str:
    """DATABASE_URL of a Django database: how another process finds the one the tests use."""
    if config["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{config['NAME']}"
    account = f"{config['USER']}:{config['PASSWORD']}" if config["PASSWORD"] else config["USER"]
    return f"postgres://{account}@{config['HOST']}:{config['PORT']}/{config['NAME']}"
