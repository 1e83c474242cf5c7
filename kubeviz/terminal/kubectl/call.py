"""One call of kubectl: what was asked, by whom, and what has been printed so far."""

from datetime import datetime
from typing import Any

from ...cluster.errors import Rejected
from ...cluster.state import Cluster
from ..session import Result, Session
from .errors import KubectlError, usage
from .flags import Parsed
from .table import Verb


class Call:
    def __init__(self, verb: Verb, parsed: Parsed, session: Session, stdin: str) -> None:
        self.verb, self.args, self.dash = verb, parsed.args, parsed.dash
        self.values, self.given = parsed.values, parsed.given
        self.session, self.stdin = session, stdin
        self.result = Result()
        self.unreadable: list[tuple[int, KubectlError]] = []
        """What in its files cannot be read, or is of a kind that the server does not have; and how many objects
        stand before it."""
        self._warned: set[str] = set()

    def __getitem__(self, flag: str) -> Any:
        return self.values[flag]

    def has(self, flag: str) -> bool:
        """Whether the flag was written."""
        return flag in self.given

    @property
    def tx(self) -> Any:
        return self.session.tx

    @property
    def cluster(self) -> Cluster:
        return self.session.tx.cluster

    @property
    def now(self) -> datetime:
        return self.session.tx.now

    @property
    def namespace(self) -> str:
        return self.values.get("namespace") or self.session.namespace

    @property
    def namespace_enforced(self) -> bool:
        """Given with -n: objects of a file that name another are refused."""
        return bool(self.values.get("namespace"))

    def take_unreadable(self, before: int | None = None) -> list[KubectlError]:
        """What could not be read (*before* the object of that number), to be told once."""
        found = [error for place, error in self.unreadable if before is None or place <= before]
        self.unreadable = [pair for pair in self.unreadable if before is not None and pair[0] > before]
        return found

    def out(self, text: str) -> None:
        self.result.write(text)

    def line(self, text: str) -> None:
        self.result.write(f"{text}\n")

    def complain(self, text: str) -> None:
        self.result.complain(f"{text}\n")

    def fail(self, error: KubectlError | Rejected, doing: str = "") -> None:
        """An error that does not end the command: the other objects are still dealt with."""
        self.result.complain(error.kubectl(doing) if isinstance(error, Rejected) else error.kubectl())
        self.result.code = 1

    def fail_all(self, failures: list[tuple[KubectlError | Rejected, str]]) -> None:
        """(error, doing): one is told in its own way, several in the same plain way (cmdutil.MultipleErrors)."""
        if len(failures) == 1:
            self.fail(*failures[0])
            return
        for error, doing in failures:
            plain = (
                error.kubectl_among(doing) if isinstance(error, Rejected) else error.kubectl().removeprefix("error: ")
            )
            self.result.complain(plain)
            self.result.code = 1

    def warn(self, *warnings: str) -> None:
        """The server's warnings; each is shown once."""
        for warning in warnings:
            if warning not in self._warned:
                self._warned.add(warning)
                self.result.complain(f"Warning: {warning}\n")

    def usage(self, message: str) -> KubectlError:
        return usage(self.verb.name, message)

    @property
    def dry_run(self) -> str:
        """ "", client or server."""
        value = self.values.get("dry-run") or "none"
        if value in ("client", "server"):
            return str(value)
        if value in ("unchanged", "true"):
            return "client"
        if value in ("none", "false"):
            return ""
        raise KubectlError(f'Invalid dry-run value ({value}). Must be "none", "server", or "client".')

    @property
    def dry_run_note(self) -> str:
        return {"client": " (dry run)", "server": " (server dry run)"}.get(self.dry_run, "")
