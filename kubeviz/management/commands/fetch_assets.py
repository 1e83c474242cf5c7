"""Copies the files assets.json lists from node_modules to static/vendor; refuses a wrong hash."""

import fcntl
import json
import os
import shutil
import subprocess
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ...assets import MANIFEST, VENDOR, Asset, assets, sha384

NODE_MODULES = Path(settings.BASE_DIR, "node_modules")
STATIC = Path(settings.BASE_DIR, "static")


class Command(BaseCommand):
    help = "Copy the front-end files listed in assets.json from node_modules to static/vendor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--pin",
            action="store_true",
            help="write versions (of package-lock.json) and hashes into assets.json after an upgrade",
        )

    def handle(self, *args: Any, pin: bool, **options: Any) -> None:
        if pin:
            self.npm_ci()
            MANIFEST.write_text(pinned(), encoding="utf-8")
            assets.cache_clear()
        with alone():
            self.fetch()

    def fetch(self) -> None:
        wanted = missing()
        if not wanted or not (all(installed(*file) for file in wanted) or self.npm_ci()):
            return
        drop_others()
        for found, file, digest in wanted:
            copy(found, file, digest)
        self.stdout.write(f"{len(wanted)} front-end files in static/{VENDOR}")

    def npm_ci(self) -> bool:
        """Installs what package-lock.json says; without npm the pages use the CDN."""
        npm = shutil.which("npm")
        if npm is None:
            self.stdout.write("npm is not installed: the pages load Cytoscape and the fonts from the CDN.")
            return False
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        if subprocess.run(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL).returncode == 0:
            return True
        self.stderr.write("npm ci failed (its words are above): the pages load from the CDN until it succeeds.")
        return False


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time writes files into this folder: two would take each other's halves for whole."""
    folder = os.open(settings.BASE_DIR, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def missing() -> list[tuple[Asset, str, str]]:
    """What static/vendor lacks or holds with other bytes."""
    return [
        (found, file, digest)
        for found in assets().values()
        for file, digest in found.hashes.items()
        if hash_of(STATIC / found.static_folder / file) != digest
    ]


def installed(found: Asset, file: str, digest: str) -> bool:
    return hash_of(NODE_MODULES / found.package / file) == digest


def hash_of(path: Path) -> str | None:
    return sha384(path.read_bytes()) if path.is_file() else None


def copy(found: Asset, file: str, digest: str) -> None:
    if not installed(found, file, digest):
        raise CommandError(f"{found.folder}/{file} is not the file that assets.json lists: not copied.")
    target = STATIC / found.static_folder / file
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f"{target.name}.half")
    shutil.copyfile(NODE_MODULES / found.package / file, half)
    half.replace(target)  # whoever reads it finds all of it or nothing


def drop_others() -> None:
    """Removes versions that the manifest no longer lists."""
    listed = {found.static_folder for found in assets().values()}
    for folder in (STATIC / VENDOR).glob("**/*-[0-9]*.[0-9]*.[0-9]*"):
        if folder.is_dir() and folder.relative_to(STATIC).as_posix() not in listed:
            shutil.rmtree(folder)


def pinned() -> str:
    """The manifest with the lock's versions and the hashes of the files npm installed."""
    lock = json.loads((MANIFEST.parent / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    rows = [pin(found, lock[f"node_modules/{found.package}"]["version"]) for found in assets().values()]
    said = [{key: value for key, value in asdict(row).items() if value or key != "module"} for row in rows]
    return json.dumps(said, indent=1, ensure_ascii=False) + "\n"


def pin(found: Asset, version: str) -> Asset:
    package = NODE_MODULES / found.package
    with_files = {file: sha384((package / file).read_bytes()) for file in found.with_files}
    return replace(
        found,
        version=version,
        sha384=sha384((package / found.file).read_bytes()),
        with_files=with_files,
    )
