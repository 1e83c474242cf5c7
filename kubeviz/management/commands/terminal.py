"""`manage.py terminal`: the terminal of a lab without a browser; the lines come from standard input."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandParser

from kubeviz.actions.errors import Refused
from kubeviz.actions.terminal import type_line
from kubeviz.cluster import manifest
from kubeviz.cluster.apiserver import Transaction
from kubeviz.controllers import loading, quiesce
from kubeviz.controllers.bootstrap import ADDONS, PROVIDERS, READY, new_cluster
from kubeviz.management.prepared import must_be_prepared
from kubeviz.models import Lab
from kubeviz.terminal import Note, Session, commands, run
from kubeviz.wording.terminal import note


class Printed(NamedTuple):
    """What a command printed: (stream, text) in order, and its exit code."""

    chunks: list[tuple[str, str]]
    code: int


Answer = Callable[[str], Printed | None]
"""A whole command -> what it printed; None once `exit` has been typed."""


class Command(BaseCommand):
    help = "Answer the lines of standard input as kubectl, curl and a shell of a real cluster would."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-f", "--file", action="append", default=[], metavar="FILE", help="manifests to begin with")
        parser.add_argument("--lab", metavar="ID", help="a stored lab instead of a new cluster, as its owner")
        parser.add_argument("-n", "--namespace", default="default")
        parser.add_argument("--provider", choices=PROVIDERS, default="cloud")
        parser.add_argument("--addon", action="append", choices=ADDONS, default=[])
        parser.add_argument("--firewall", choices=("open", "closed"), default="closed")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument(
            "--each", action="store_true", help="everything to standard output, `# exit N` after each command"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        answer = self._in_lab(options["lab"]) if options["lab"] else self._in_new_cluster(options)
        code = 0
        try:
            for command in commands(_lines()):
                found = answer(command)
                if found is None:
                    break
                self._show(found, options["each"])
                code = found.code
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

    def _in_new_cluster(self, options: dict[str, Any]) -> Answer:
        session = self._session(options)

        def answer(command: str) -> Printed | None:
            if session.ended:
                return None
            session.history.append(command)
            result = run(command, session)
            return Printed([_worded(stream, text) for stream, text in result.chunks], result.code)

        return answer

    def _in_lab(self, lab_id: str) -> Answer:
        """Every line is stored, as if the lab's owner had typed it into the page."""
        must_be_prepared()
        lab = Lab.objects.filter(id=lab_id).first()
        if lab is None:
            self._fail(f"there is no lab {lab_id}")

        def answer(command: str) -> Printed | None:
            try:
                typed = type_line(lab_id, command, who=lab.owner if lab else "", language="en")
            except Refused as refusal:
                return Printed([("err", f"{refusal}\n")], 1)
            shown = [_stored(stream, text) for stream, text in typed.chunks]
            return Printed(shown, typed.code)

        return answer

    def _show(self, printed: Printed, each: bool) -> None:
        for stream, text in printed.chunks:
            (self.stdout if each or stream == "out" else self.stderr).write(text, ending="")
        if each:
            # On a line of its own, whether or not the output ended one.
            broken = "".join(text for _, text in printed.chunks)[-1:] not in ("", "\n")
            self.stdout.write(f"{chr(10) * broken}# exit {printed.code}\n", ending="")
        self.stdout.flush()


def _stored(stream: str, text: str) -> tuple[str, str]:
    """A link to a journey is left with its sentence."""
    return stream, f"{text.partition(' ')[2]}\n" if stream == "why" else f"{text}\n" if stream == "note" else text


def _worded(stream: str, text: str) -> tuple[str, str]:
    """kubeviz's own notes in words; links to journeys and signals to the screen mean nothing here."""
    if not isinstance(text, Note):
        return stream, text
    said = "" if text.code == "Why" else note(text.code, text.params, "en")
    return stream, f"{said}\n" if said else ""


def _lines() -> Iterator[str]:
    """Standard input, a line at a time; what is no UTF-8 is shown as such."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")
