"""assets.json, package-lock.json and the fetched files say the same."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.template import engines

from kubeviz.assets import Asset, assets, sha384
from kubeviz.management.commands import fetch_assets
from kubeviz.templatetags import assets as tags

ROOT = Path(__file__).resolve().parents[2]


def test_the_manifest_and_the_lock_name_the_same_versions():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    locked = {name.removeprefix("node_modules/"): entry["version"] for name, entry in lock.items() if name}
    assert {found.package: found.version for found in assets().values()} == locked


def test_every_version_is_pinned_exactly():
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in requirements if line and line[0] != "#" and "==" not in line] == []


def test_the_lock_says_no_address_but_every_hash():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    entries = [entry for name, entry in lock.items() if name]
    assert [entry for entry in entries if "resolved" in entry or "integrity" not in entry] == []


@pytest.mark.parametrize("name", assets())
def test_a_fetched_file_has_the_manifests_hash(name: str):
    found = assets()[name]
    files = {file: ROOT / "static" / found.static_name.replace(found.file, file) for file in found.hashes}
    fetched = {file: sha384(path.read_bytes()) for file, path in files.items() if path.exists()}
    assert fetched == {file: digest for file, digest in found.hashes.items() if file in fetched}


@pytest.fixture
def one_asset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Asset:
    """A manifest of one script, and folders of its own to copy from and to."""
    found = Asset("toy", "toy", "1.2.3", "dist/toy.js", sha384(b"let toy;"))
    monkeypatch.setattr(fetch_assets, "assets", lambda: {"toy": found})
    monkeypatch.setattr(tags, "assets", lambda: {"toy": found})
    monkeypatch.setattr(fetch_assets, "NODE_MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(fetch_assets, "STATIC", tmp_path / "static")
    (tmp_path / "node_modules/toy/dist").mkdir(parents=True)
    return found


def test_the_listed_file_is_copied(one_asset: Asset, tmp_path: Path):
    (tmp_path / "node_modules/toy/dist/toy.js").write_bytes(b"let toy;")
    for found, file, digest in fetch_assets.missing():
        fetch_assets.copy(found, file, digest)
    assert (tmp_path / "static/vendor/toy-1.2.3/dist/toy.js").read_bytes() == b"let toy;"
    assert fetch_assets.missing() == []


def test_a_file_with_another_hash_is_refused(one_asset: Asset, tmp_path: Path):
    (tmp_path / "node_modules/toy/dist/toy.js").write_bytes(b"let evil;")
    with pytest.raises(CommandError, match=r"toy@1\.2\.3/dist/toy\.js is not the file"):
        fetch_assets.copy(one_asset, one_asset.file, one_asset.sha384)
    assert not (tmp_path / "static").exists()


def test_a_version_no_longer_listed_is_removed(one_asset: Asset, tmp_path: Path):
    old, new = tmp_path / "static/vendor/toy-1.2.2", tmp_path / "static/vendor/toy-1.2.3"
    for folder in (old, new):
        folder.mkdir(parents=True)
    fetch_assets.drop_others()
    assert [old.exists(), new.exists()] == [False, True]


@pytest.mark.parametrize(
    ("local", "address"),
    [
        pytest.param(False, "https://cdn.jsdelivr.net/npm/toy@1.2.3/dist/toy.js", id="from-the-cdn"),
        pytest.param(True, "/static/vendor/toy-1.2.3/dist/toy.js", id="from-here-where-fetched"),
    ],
)
def test_the_tag_holds_the_file_to_its_hash(one_asset, monkeypatch, local: bool, address: str):
    monkeypatch.setattr(tags, "is_local", lambda name: local)
    html = engines["django"].from_string('{% load assets %}{% asset "toy" %}').render()
    hashed = f'integrity="sha384-{one_asset.sha384}" crossorigin="anonymous"'
    assert html == f'<script defer src="{address}" {hashed}></script>'


def test_the_import_map_is_allowed_by_its_nonce_and_names_every_module(rf, monkeypatch):
    monkeypatch.setattr(tags, "static", lambda name: f"/static/hashed/{name}")
    request = rf.get("/")
    request.csp_nonce = "once"
    html = engines["django"].from_string("{% load assets %}{% import_map %}").render({}, request)
    opening, text = html.removesuffix("</script>").split(">", 1)
    assert opening == '<script type="importmap" nonce="once"'
    found = json.loads(text)
    theirs = [asset for asset in assets().values() if asset.module]
    ours = {f"/static/{name}": f"/static/hashed/{name}" for name in tags.modules()}
    assert found["imports"] == {**ours, **{asset.package: tags.url(asset) for asset in theirs}}
    assert found["integrity"] == {tags.url(asset): f"sha384-{asset.sha384}" for asset in theirs}
    assert len(ours) == len(list((ROOT / "static/js").rglob("*.js")))


def test_the_policy_lets_the_cdn_in_but_no_inline_script(client):
    policy = client.get("/no-such-page").headers["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    sources = directives["script-src"].split()
    assert [source for source in sources if not source.startswith("'nonce-")] == ["'self'", settings.CDN]
    assert "unsafe" not in policy
