"""Where a command reads from and what becomes of what it prints (POSIX Shell Command Language, 2.7 Redirection)."""

from typing import TYPE_CHECKING

from .. import files
from ..nearest import nearest
from ..session import Note, Result, Session
from .syntax import Redirect

if TYPE_CHECKING:
    from .expansion import Expander


class RedirectError(Exception):
    """The message stands after the shell's name."""

    def __init__(self, message: str, note: Note | None = None) -> None:
        super().__init__(message)
        self.note = note


class Input:
    """Standard input: what was read of it is gone."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0

    def rest(self) -> str:
        found = self._text[self._at :]
        self._at = len(self._text)
        return found

    def line(self) -> str | None:
        """The next line without its end; None at the end."""
        if self._at >= len(self._text):
            return None
        line = self._text[self._at :].partition("\n")[0]
        self._at += len(line) + 1
        return line


class File:
    """A file that output goes to."""

    def __init__(self, session: Session, name: str, append: bool) -> None:
        self.session, self.name = session, name
        self.add("", append)

    def add(self, text: str, append: bool = True) -> None:
        try:
            files.write(self.session, self.name, text, append)
        except files.NoSpace:
            raise RedirectError(f"{self.name}: No space left on device") from None


class Files:
    """The redirections of one command, in order. Raises RedirectError, ExpansionError."""

    def __init__(self, session: Session, expander: "Expander", redirects: tuple[Redirect, ...], stdin: Input) -> None:
        self.session, self.stdin = session, stdin
        self.to: dict[int, str | File] = {1: "out", 2: "err"}
        for redirect in redirects:
            self._open(redirect, expander.text(redirect.word))

    def _open(self, redirect: Redirect, text: str) -> None:
        if redirect.op == "<":
            self.stdin = self._read(text)
        elif redirect.op in ("<<", "<<<"):
            self.stdin = Input(text if redirect.op == "<<" else f"{text}\n")
        elif redirect.op == ">&" and text in ("1", "2"):
            self.to[redirect.fd] = self.to[int(text)]
        elif redirect.op == ">&" and text == "-":
            self.to[redirect.fd] = File(self.session, "/dev/null", True)
        else:
            self._write(redirect, text)

    def _read(self, name: str) -> Input:
        text = files.read(self.session, name)
        if text is None:
            raise missing(self.session, name)
        return Input(text)

    def _write(self, redirect: Redirect, name: str) -> None:
        if not name:
            raise RedirectError(": No such file or directory")
        if files.is_directory(self.session, name):
            raise RedirectError(f"{name}: Is a directory")
        known = {"/dev/stdout": self.to[1], "/dev/stderr": self.to[2]}
        target = known.get(name) or File(self.session, name, redirect.op == ">>")
        both = redirect.fd == -1 or redirect.op == ">&"
        for fd in (1, 2) if both else (redirect.fd,):
            self.to[fd] = target

    def deliver(self, printed: Result, out: Result) -> None:
        """Each piece of output to where it belongs; notes vanish where complaints go to a file."""
        for stream, text in printed.chunks:
            target = self.to[1] if stream == "out" else self.to[2]
            if isinstance(text, Note):
                if not isinstance(target, File):
                    out.chunks.append((stream, text))
            elif isinstance(target, File):
                target.add(text)
            else:
                out.chunks.append(("out" if target == "out" else "err", text))


def missing(session: Session, name: str) -> RedirectError:
    close = nearest(files.name_of(session, name), files.listing(session))
    return RedirectError(f"{name}: No such file or directory", Note("DidYouMeanFile", file=close) if close else None)
