"""`manage.py terminal`: the terminal of a lab without a browser; the lines come from standard input."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kubeviz.cluster import manifest
from kubeviz.cluster.apiserver import Transaction
from kubeviz.controllers import loading, quiesce
from kubeviz.controllers.bootstrap import ADDONS, PROVIDERS, READY, new_cluster
from kubeviz.terminal import Note, Result, Session, commands, run


class Command(BaseCommand):
    help = "Answer the lines of standard input as kubectl, curl and a shell of a real cluster would."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-f", "--file", action="append", default=[], metavar="FILE", help="manifests to begin with")
        parser.add_argument("-n", "--namespace", default="default")
        parser.add_argument("--provider", choices=PROVIDERS, default="cloud")
        parser.add_argument("--addon", action="append", choices=ADDONS, default=[])
        parser.add_argument("--firewall", choices=("open", "closed"), default="closed")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument(
            "--each", action="store_true", help="everything to standard output, `# exit N` after each command"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        session = self._session(options)
        code = 0
        try:
            for command in commands(_lines()):
                code = self._answer(session, command, options["each"])
                if session.ended:
                    break
        except BrokenPipeError:  # the reader (head, less) has seen enough
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115
        sys.exit(code)

    def _session(self, options: dict[str, Any]) -> Session:
        """A new cluster with the files applied, at rest. What cannot be loaded ends the command with 2."""
        addons = tuple(dict.fromkeys(options["addon"]))
        tx = Transaction(new_cluster(options["provider"], addons, options["seed"], options["firewall"]), READY)
        texts = {name: self._read(name) for name in options["file"]}
        try:
            loading.load(tx, [manifest.load(text, name) for name, text in texts.items()], options["namespace"])
        except (manifest.ManifestError, loading.LoadError) as error:
            self._fail(str(error))
        quiesce(tx)
        session = Session(tx, quiesce, options["namespace"])
        session.files = {Path(name).name: text for name, text in texts.items()}
        session.seed = options["seed"]
        return session

    def _read(self, name: str) -> str:
        try:
            return Path(name).read_text("utf-8")
        except OSError as error:
            self._fail(f"{name}: {error.strerror}")
        except UnicodeDecodeError:
            self._fail(f"{name}: not UTF-8 text")
        return ""

    def _fail(self, message: str) -> None:
        self.stderr.write(message)
        sys.exit(2)

    def _answer(self, session: Session, command: str, each: bool) -> int:
        result = run(command, session)
        self._show(result, each)
        if each:
            # On a line of its own, whether or not the output ended one.
            broken = result_text(result)[-1:] not in ("", "\n")
            self.stdout.write(f"{chr(10) * broken}# exit {result.code}\n", ending="")
        self.stdout.flush()
        return result.code

    def _show(self, result: Result, each: bool) -> None:
        for stream, text in result.chunks:
            if not isinstance(text, Note):
                (self.stdout if each or stream == "out" else self.stderr).write(text, ending="")


def result_text(result: Result) -> str:
    return "".join(text for _, text in result.chunks if not isinstance(text, Note))


def _lines() -> Iterator[str]:
    """Standard input, a line at a time; what is no UTF-8 is shown as such."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")
