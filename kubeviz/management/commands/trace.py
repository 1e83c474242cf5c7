"""`manage.py trace`: requests through the cluster of some files, without a browser and without a database."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandParser

from kubeviz.cluster import manifest
from kubeviz.cluster.apiserver import Transaction
from kubeviz.cluster.state import Cluster
from kubeviz.controllers import loading, quiesce
from kubeviz.controllers.bootstrap import ADDONS, PROVIDERS, READY, new_cluster
from kubeviz.engine import Affinity, InvalidRequest, Request, Trace, trace
from kubeviz.wording import say

SCHEMA = 1


class Line(msgspec.Struct, forbid_unknown_fields=True, rename={"source": "from"}):
    """One line of --requests; null is as if the field were not there."""

    url: str
    source: str | None = None
    method: str | None = None
    headers: dict[str, str] | None = None
    protocol: str | None = None
    connect_to: str | None = None
    client_ip: str | None = None


class Command(BaseCommand):
    help = "Send requests through the cluster that the files describe, and say what happened and why."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", nargs="?", help="http://HOST:PORT/PATH")
        parser.add_argument(
            "-f",
            "--file",
            action="append",
            required=True,
            metavar="FILE",
            help="manifests; - is standard input",
        )
        parser.add_argument("-n", "--namespace", default="default")
        parser.add_argument("--provider", choices=PROVIDERS, default="cloud")
        parser.add_argument("--addon", action="append", choices=ADDONS, default=[])
        parser.add_argument("--firewall", choices=("open", "closed"), default="closed")
        parser.add_argument("--from", dest="source", default="internet", metavar="internet|vpc|node/NAME|pod/NS/NAME")
        parser.add_argument("-X", "--request", dest="method", default="GET", metavar="METHOD")
        parser.add_argument("-H", "--header", action="append", default=[], metavar="'Name: value'")
        parser.add_argument("--connect-to", metavar="ingress|IP")
        parser.add_argument("--times", type=int, default=1, metavar="N")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("-o", "--output", choices=("text", "json"), default="text")
        parser.add_argument(
            "--requests", metavar="FILE.jsonl", help="one request a line instead of URL; - is standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["url"]) == bool(options["requests"]):
            self._fail("give either a URL or --requests FILE.jsonl")
        cluster = self._load(options)
        try:
            sys.exit(self._batch(cluster, options) if options["requests"] else self._single(cluster, options))
        except BrokenPipeError:  # the reader (head, less) has seen enough
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115

    def _load(self, options: dict[str, Any]) -> Cluster:
        """The cluster at rest. What cannot be loaded ends the command with 2."""
        start = new_cluster(
            options["provider"], tuple(dict.fromkeys(options["addon"])), options["seed"], options["firewall"]
        )
        tx = Transaction(start, READY)
        try:
            manifests = [manifest.load(_read(name), name) for name in options["file"]]
            loading.load(tx, manifests, options["namespace"])
        except OSError as error:
            self._fail(f"{error.filename}: {error.strerror}")
        except (manifest.ManifestError, loading.LoadError) as error:
            self._fail(str(error))
        for found in manifests:
            for note in found.skipped:
                self.stderr.write(str(note))
        quiesce(tx)
        return tx.cluster

    def _fail(self, message: str) -> None:
        self.stderr.write(message)
        sys.exit(2)

    def _single(self, cluster: Cluster, options: dict[str, Any]) -> int:
        try:
            headers = dict(_header(text) for text in options["header"])
            base = Request(
                options["url"],
                options["source"],
                options["method"],
                headers,
                connect_to=options["connect_to"],
            )
            return self._send(cluster, base, options)
        except InvalidRequest as error:
            self._fail(f"{error.field}: {error}")
            return 2

    def _send(self, cluster: Cluster, base: Request, options: dict[str, Any]) -> int:
        affinity: Affinity = {}
        code = 0
        for i in range(max(1, options["times"])):
            found = trace(cluster, msgspec.structs.replace(base, seed=options["seed"] + i), affinity)
            affinity = found.affinity
            code = code or found.curl.exit
            self._print(found, options["output"])
        return code

    def _batch(self, cluster: Cluster, options: dict[str, Any]) -> int:
        """Answers in the order of the lines; a bad line is answered with its error."""
        affinity: Affinity = {}
        try:
            lines = _read(options["requests"]).split("\n")
        except OSError as error:
            self._fail(f"{options['requests']}: {error.strerror}")
        except manifest.ManifestError as error:
            self._fail(str(error))
        for i, text in enumerate(line for line in lines if line.strip()):
            try:
                line = msgspec.json.decode(text, type=Line)
                given = {name: value for name, value in msgspec.structs.asdict(line).items() if value is not None}
                request = Request(**given, seed=options["seed"] + i)
                found = trace(cluster, request, affinity)
            except (msgspec.MsgspecError, ValueError) as error:
                self._write(_refusal(error))
                continue
            affinity = found.affinity
            self._print(found, "json")
        return 0

    def _print(self, found: Trace, output: str) -> None:
        if output == "json":
            self._write(found.to_json().decode())
            return
        for line in _text(found.to_dict()):
            self._write(line)

    def _write(self, line: str) -> None:
        self.stdout.write(_printable(line))


def _refusal(error: Exception) -> str:
    """The answer to a line that is no request."""
    field = f"{error.field}: " if isinstance(error, InvalidRequest) else ""
    return json.dumps({"schema": SCHEMA, "error": f"{field}{error}"}, ensure_ascii=False, separators=(",", ":"))


def _read(name: str) -> str:
    """The text of a file, or of standard input for "-"."""
    found = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError as error:
        line = found[: error.start].count(b"\n") + 1
        raise manifest.ManifestError("not UTF-8 text", name, line) from None


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not name.strip():
        raise InvalidRequest("header", f"{text!r} is no header; write 'Name: value'")
    return name.strip(), value.strip()


def _printable(line: str) -> str:
    """Names and bodies are strangers' text: control characters never reach the terminal."""
    return "".join(c if c.isprintable() or c in "\t " else repr(c)[1:-1] for c in line)


def _text(found: dict[str, Any], indent: str = "") -> Iterator[str]:
    """For people: the ending, then each hop with its sentences."""
    words = say(found, "en")
    status = f"{found['http']['status']} " if found["http"] else ""
    asked = found["request"]
    yield f"{indent}{status}{words['verdict']} ({found['reason']})  {asked['method']} {asked['url']}"
    yield f"{indent}  {words['reason']} {words['why']}"
    for hop, said in zip(found["hops"], words["hops"], strict=True):
        yield f"{indent}  {hop['n']}. {said['title']}  [{hop['view']}]"
        for step in said["steps"]:
            yield f"{indent}     {step['text']}"
            yield from (f"{indent}       not {c['name']}: {c['text']}" for c in step["candidates"])
    if found["http"]:
        yield f"{indent}  {found['http']['body'].strip()}"
    for call in found["calls"]:
        yield from _text(call, indent + "    ")
