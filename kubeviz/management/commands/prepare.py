"""What has to be done once before the server starts: front-end files, database, scenarios, static files."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand

from .fetch_assets import alone


class Command(BaseCommand):
    help = "Fetch front-end files, migrate, load the scenarios, collect static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", choices=["files", "database"], help="for images: files when one is built")

    def handle(self, *args: Any, only: str | None, **options: Any) -> None:
        if only != "database":
            call_command("fetch_assets", stdout=self.stdout, stderr=self.stderr)
            if settings.COLLECTED:
                with alone():
                    collect()
        if only != "files":
            call_command("migrate", verbosity=0)
            load_fixtures()


def load_fixtures() -> None:
    """Every shipped scenario: loading again brings it to the shipped state."""
    names = sorted(path.stem for path in Path(settings.BASE_DIR, "fixtures").glob("*.yaml"))
    if names:
        call_command("loaddata", *names, verbosity=0)


def collect() -> None:
    """Collects and compresses static files when one of them is not what it was the last time."""
    stamp = Path(staticfiles_storage.path(".collected"))
    seen = fingerprint()
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != seen:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(seen, encoding="ascii")


def fingerprint() -> str:
    """Names, sizes and times of all static files: far cheaper than collecting them."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
