"""Finds a Chromium for the browser tests; as a program it also installs one where it can.

`python scripts/chromium.py` prints the path. Where there is none it tries apt (as root), then Playwright's
own download, and else says what to do. REQUIRE_BROWSER=1 (CI) turns "none to be had" into a failure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
PLAYWRIGHTS = ("*/chrome-linux*/chrome", "*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium")

# What a test browser must not do: talk to its maker, ask questions, use a GPU that is not there.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    "--no-first-run",
]
if hasattr(os, "geteuid") and os.geteuid() == 0:
    ARGUMENTS.append("--no-sandbox")  # Chromium's sandbox refuses to run as root

HELP = """Browser tests need Chromium, and none was found. Any one of these will do:
  sudo apt install chromium        (Debian, Ubuntu)
  .venv/bin/playwright install chromium
  CHROMIUM=/path/to/chrome make test"""


def find() -> str | None:
    """$CHROMIUM, a Chromium or Chrome on the path, or one that Playwright downloaded."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return on_path or next((str(path) for path in [Path(MAC), *downloaded()] if path.exists()), None)


def downloaded() -> list[Path]:
    """Playwright's Chromiums, newest first."""
    default = [Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright"]
    caches = [Path(os.environ["PLAYWRIGHT_BROWSERS_PATH"])] if "PLAYWRIGHT_BROWSERS_PATH" in os.environ else default
    return sorted((path for cache in caches for name in PLAYWRIGHTS for path in cache.glob(name)), reverse=True)


def install() -> None:
    """apt where we may, else Playwright's download; both end quietly where there is no way."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk")
    if find() is None:
        run(sys.executable, "-m", "playwright", "install", "chromium")


def run(*command: str) -> None:
    print("+", " ".join(command), file=sys.stderr)
    subprocess.run(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.DEVNULL,
        check=False,
    )


def main() -> int:
    if find() is None:
        install()
    found = find()
    print(found or HELP)
    return 1 if found is None and os.environ.get("REQUIRE_BROWSER") else 0


if __name__ == "__main__":
    sys.exit(main())
