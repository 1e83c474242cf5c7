"""Static files: other people's, pinned by hash in assets.json; ours, collected for `manage.py serve`."""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

MANIFEST = Path(__file__).resolve().parent.parent / "assets.json"
VENDOR = "vendor/"


@dataclass(frozen=True)
class Asset:
    """One third party's file: `file` is its path in the npm package, `with_files` what it loads by itself.

    `module` is set for an ES module: pages import it by its package's name, through the import map.
    """

    name: str
    package: str
    version: str
    file: str
    sha384: str
    with_files: dict[str, str] = field(default_factory=dict)
    module: bool = False

    @property
    def folder(self) -> str:
        return f"{self.package}@{self.version}"

    @property
    def cdn_url(self) -> str:
        return f"{settings.CDN}/npm/{self.folder}/{self.file}"

    @property
    def static_folder(self) -> str:
        return f"{VENDOR}{self.package}-{self.version}"

    @property
    def static_name(self) -> str:
        return f"{self.static_folder}/{self.file}"

    @property
    def hashes(self) -> dict[str, str]:
        """Every file to be copied, with its sha384."""
        return {self.file: self.sha384, **self.with_files}


@cache
def assets() -> dict[str, Asset]:
    """The manifest: what is loaded from elsewhere, by the name that templates use."""
    rows = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return {row["name"]: Asset(**row) for row in rows}


def sha384(content: bytes) -> str:
    """The hash as the `integrity` attribute writes it."""
    return base64.b64encode(hashlib.sha384(content).digest()).decode("ascii")


class CollectedStorage(CompressedManifestStaticFilesStorage):
    """Our files get their hash into their names; vendored ones keep name and bytes, as `integrity` asks."""

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[tuple[str, str, bool]]:
        ours = {name: source for name, source in paths.items() if not name.startswith(VENDOR)}
        yield from super().post_process(ours, **options)
        vendored = [name for name in paths if name.startswith(VENDOR)]
        for name, compressed in self.compress_files(vendored):
            yield name, compressed, True

    def stored_name(self, name: str) -> str:
        return name if name.startswith(VENDOR) else super().stored_name(name)
