"""Runs a parsed command line: lists, pipes, redirections, loops; programs come from the registry of the place."""

from ..programs import find
from ..session import Follow, Result, Session, Stream
from .errors import SyntaxProblem
from .expansion import Expander, ExpansionError
from .parser import parse
from .redirection import Files, Input, RedirectError
from .syntax import AndOr, Command, For, Group, If, Pipeline, Script, Simple, Sub, While
from .unknown import unknown


class Leave(Exception):
    """`exit`, `break`, `continue`: leaves what is running. Carries what was printed before it."""

    def __init__(self, how: str, code: int = 0) -> None:
        super().__init__(how)
        self.how, self.code = how, code


class Shell:
    """One shell at work. `out` gathers what the commands print, also of those that end by an exception."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.expander = Expander(session, self._substitute)
        self.aside: list[tuple[Stream, str]] = []
        """Complaints of `$(…)`, to be printed before the command it is part of."""

    def script(self, script: Script, out: Result, stdin: Input) -> None:
        for and_or in script:
            self._and_or(and_or, out, stdin)
            if self.session.follow:
                return

    def _and_or(self, and_or: AndOr, out: Result, stdin: Input) -> None:
        for joint, pipeline in and_or.parts:
            if not joint or (joint == "&&") == (self.session.status == 0):
                self._pipeline(pipeline, out, stdin)
                if self.session.follow:
                    return

    def _pipeline(self, pipeline: Pipeline, out: Result, stdin: Input) -> None:
        """Each command reads what the one before it wrote to its standard output; complaints go past."""
        last = len(pipeline.commands) - 1
        for i, command in enumerate(pipeline.commands):
            self.session.budget.check()
            printed = out if i == last else Result()
            try:
                self._command(command, printed, stdin)
            finally:
                if i < last:
                    out.chunks += [chunk for chunk in printed.chunks if chunk[0] != "out"]
            stdin = Input(printed.out) if i < last else stdin
        if pipeline.negated:
            self._ended(int(not self.session.status), out)
        follow = self.session.follow
        if follow and not follow.text:
            self.session.follow = Follow(follow.style, follow.every, pipeline.text)

    def _ended(self, code: int, out: Result) -> None:
        self.session.status = out.code = code

    def _command(self, command: Command, out: Result, stdin: Input) -> None:
        printed = Result()
        try:
            opened = Files(self.session, self.expander, command.redirects, stdin)
        except (RedirectError, ExpansionError) as error:
            self._failed(error, out)
            return
        try:
            self._bare(command, printed, opened.stdin)
        finally:
            printed.chunks[:0], self.aside = self.aside, []
            self._deliver(opened, printed, out)
        self._ended(printed.code, out)

    def _deliver(self, opened: Files, printed: Result, out: Result) -> None:
        self.session.budget.wrote(sum(len(text) for _, text in printed.chunks))
        try:
            opened.deliver(printed, out)
        except RedirectError as error:
            self._failed(error, printed)

    def _failed(self, error: Exception, out: Result) -> None:
        out.complain(f"{self._name}: {error}\n")
        note = getattr(error, "note", None)
        if note:
            out.chunks.append(("note", note))
        self._ended(1, out)

    @property
    def _name(self) -> str:
        return "sh" if self.session.place.kind == "pod" else "bash"

    def _bare(self, command: Command, out: Result, stdin: Input) -> None:
        try:
            if isinstance(command, Simple):
                self._simple(command, out, stdin)
            elif isinstance(command, For):
                self._for(command, out, stdin)
            elif isinstance(command, While):
                self._while(command, out, stdin)
            elif isinstance(command, If):
                self._if(command, out, stdin)
            else:
                self._group(command, out, stdin)
        except ExpansionError as error:
            self._failed(error, out)

    # ── simple commands ──

    def _simple(self, command: Simple, out: Result, stdin: Input) -> None:
        own = self.session.variables
        words = self.expander.words(command.words)
        assigned = {name: self.expander.text(word) for name, word in command.assignments}
        if not words:
            own.update(assigned)
            self._ended(self.session.status if _substitutes(command) else 0, out)
            return
        kept = {name: own.get(name) for name in assigned}
        exported = assigned.keys() - self.session.exports
        own.update(assigned)
        self.session.exports |= exported
        try:
            self.run(words, out, stdin)
        finally:
            self.session.exports -= exported
            for name, value in kept.items():
                own.pop(name, None) if value is None else own.__setitem__(name, value)

    def run(self, words: list[str], out: Result, stdin: Input) -> None:
        """Run a program; *words* begins with its name."""
        words = self._unaliased(words)
        name, *rest = words
        if name == "exit":
            raise Leave("exit", _number(rest, self.session.status))
        if name in ("break", "continue"):
            raise Leave(name)
        if name == "read":
            self._ended(self._read(rest, stdin), out)
            return
        program = find(name, self.session.place)
        if program is None:
            out.add(unknown(name, self.session))
            self._ended(out.code, out)
            return
        result = program(rest, self.session, stdin.rest())
        out.add(result)
        self._ended(result.code, out)

    def _unaliased(self, words: list[str]) -> list[str]:
        alias = self.session.aliases.get(words[0])
        return [*alias.split(), *words[1:]] if alias and alias.strip() else words

    def _read(self, names: list[str], stdin: Input) -> int:
        """`read A B`: a line of standard input, the last name taking what is left."""
        wanted = [name for name in names if not name.startswith("-")] or ["REPLY"]
        line = stdin.line()
        if line is None:
            return 1
        values = line.split(None, len(wanted) - 1)
        for i, name in enumerate(wanted):
            self.session.variables[name] = values[i].strip() if i < len(values) else ""
        return 0

    # ── compound commands ──

    def _for(self, command: For, out: Result, stdin: Input) -> None:
        words = self.expander.words(command.words)
        self._ended(0, out)
        for word in words:
            self.session.budget.turn()
            self.session.variables[command.name] = word
            if not self._turn(command.body, out, stdin):
                return

    def _while(self, command: While, out: Result, stdin: Input) -> None:
        code = 0
        while True:
            self.session.budget.turn()
            self.script(command.condition, out, stdin)
            if (self.session.status == 0) == command.until or self.session.follow:
                break
            if not self._turn(command.body, out, stdin):
                return
            code = self.session.status
        self._ended(code, out)

    def _turn(self, body: Script, out: Result, stdin: Input) -> bool:
        """One turn of a loop; whether there may be another."""
        try:
            self.script(body, out, stdin)
        except Leave as leave:
            if leave.how == "exit":
                raise
            self._ended(0, out)
            return leave.how == "continue"
        return not self.session.follow

    def _if(self, command: If, out: Result, stdin: Input) -> None:
        for condition, body in command.branches:
            self.script(condition, out, stdin)
            if self.session.status == 0:
                self.script(body, out, stdin)
                return
        self._ended(0, out)
        if command.otherwise is not None:
            self.script(command.otherwise, out, stdin)

    def _group(self, command: Group, out: Result, stdin: Input) -> None:
        if command.subshell:
            self._apart(command.body, out, stdin)
        else:
            self.script(command.body, out, stdin)

    def _apart(self, script: Script, out: Result, stdin: Input) -> None:
        """In a shell of its own: neither its variables nor its places outlive it."""
        session = self.session
        places, scopes = list(session.places), session.scopes
        exports, aliases = set(session.exports), dict(session.aliases)
        session.scopes = [dict(scope) for scope in scopes]
        try:
            with session.budget.deeper():
                Shell(session).script(script, out, stdin)
        except Leave as leave:
            self._ended(leave.code, out)
        finally:
            session.places[:] = places
            session.scopes = scopes
            session.exports, session.aliases = exports, aliases

    def _substitute(self, script: Script) -> str:
        """What `$(…)` stands for."""
        printed = Result()
        self._apart(script, printed, Input(""))
        self.aside += [chunk for chunk in printed.chunks if chunk[0] != "out"]
        return printed.out


def run_script(text: str, session: Session, stdin: str) -> Result:
    """`sh -c TEXT`: its `exit` ends it alone."""
    out = Result()
    try:
        script = parse(text)
    except SyntaxProblem as problem:
        return Result(err=f"{problem.said('sh')}\n", code=2)
    depth = len(session.places)
    try:
        with session.budget.deeper():
            Shell(session).script(script, out, Input(stdin))
    except Leave as leave:
        out.code = leave.code
        del session.places[depth:]
    return out


def _substitutes(command: Simple) -> bool:
    return any(isinstance(part, Sub) for _, word in command.assignments for part in word)


def _number(words: list[str], default: int) -> int:
    text = words[0] if words else ""
    return int(text) % 256 if text.lstrip("-").isdecimal() and len(text) < 9 else default
