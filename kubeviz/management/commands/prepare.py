"""What has to be done once before the server starts: front-end files, database, scenarios, static files."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Fetch front-end files, migrate, load the scenarios, collect static files."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("fetch_assets", stdout=self.stdout, stderr=self.stderr)
        call_command("migrate", verbosity=0)
        load_fixtures()
        if settings.COLLECTED:
            collect()


def load_fixtures() -> None:
    """Every shipped scenario: loading again brings it to the shipped state."""
    names = sorted(path.stem for path in Path(settings.BASE_DIR, "fixtures").glob("*.yaml"))
    if names:
        call_command("loaddata", *names, verbosity=0)


def collect() -> None:
    """Collects and compresses static files when one of them is not what it was the last time."""
    stamp = Path(settings.STATIC_ROOT, ".collected")
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
