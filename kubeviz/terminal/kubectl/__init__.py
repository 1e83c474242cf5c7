"""kubectl: `kubectl(words after the name, session, stdin)` prints what the real one would."""

from ...cluster.errors import Rejected
from ...cluster.manifest import ManifestError
from ..session import Result, Session
from .call import Call
from .errors import KubectlError
from .flags import parse
from .helping import help_text, overview
from .table import GLOBAL, GROUPS, VERBS, Verb

ALIASES = {
    "create svc": "create service", "create ns": "create namespace", "create deploy": "create deployment",
    "create cm": "create configmap", "create ing": "create ingress", "create dep": "create deployment",
    "create sa": "create serviceaccount", "top pod": "top pods", "top po": "top pods", "top node": "top nodes",
    "top no": "top nodes", "set sa": "set serviceaccount",
}  # fmt: skip


NOT_SIMULATED = (
    "attach", "autoscale", "certificate", "completion", "cp", "debug", "kuberc", "kustomize", "plugin", "proxy",
)  # fmt: skip
"""Verbs of the real kubectl that need what a lab has not: a process to attach to, a file system, metrics."""
NOT_KEPT = frozenset(
    f"config {word}"
    for word in ("delete-cluster", "delete-context", "delete-user", "rename-context", "set", "set-cluster",
                 "set-credentials", "unset")
)  # fmt: skip
"""The laptop of a lab has one kubeconfig, which leads to the lab."""
NOT_GENERATED = (
    "clusterrole", "clusterrolebinding", "cj", "cronjob", "poddisruptionbudget", "pdb", "priorityclass", "pc", "quota",
    "resourcequota", "role", "rolebinding", "secret docker-registry", "secret tls", "token",
)  # fmt: skip
"""Kinds that the real `kubectl create` also makes from flags."""


def kubectl(argv: list[str], session: Session, stdin: str = "") -> Result:
    """Never raises for what a user can type."""
    try:
        verb, words = find_verb(argv)
        if verb is None:
            return Result(overview(words), code=1 if words[0] and not _asks(argv) else 0)
        parsed = parse(words, {**GLOBAL, **verb.flags}, verb.name)
        if parsed.help:
            return Result(help_text(verb))
    except KubectlError as error:
        return Result(err=error.kubectl(), code=error.code)
    call = Call(verb, parsed, session, stdin)
    before = session.tx.cluster.rv
    try:
        verb.run(call)
    except KubectlError as error:
        call.result.complain(error.kubectl())
        call.result.code = error.code
    except (Rejected, ManifestError) as error:
        call.result.complain(error.kubectl())
        call.result.code = 1
    if session.tx.cluster.rv != before:
        session.settle(session.tx)
    return call.result


def find_verb(argv: list[str]) -> tuple[Verb | None, list[str]]:
    """The verb among the words, and the words without it. None: a group (or nothing) that only explains itself."""
    path, places = "", []
    for place in _bare(argv):
        longer = f"{path} {argv[place]}".strip()
        longer = ALIASES.get(longer, longer)
        if longer not in VERBS and longer not in GROUPS:
            break
        path = longer
        places.append(place)
    rest = [word for i, word in enumerate(argv) if i not in places]
    longer = f"{path} {rest[0]}" if rest else path
    if longer.removeprefix("create ") in NOT_GENERATED:
        raise KubectlError(f"kubectl {longer} is not simulated in a lab; write the object and apply it")
    if longer in NOT_KEPT:
        raise KubectlError(f"kubectl {longer} is not simulated in a lab, whose kubeconfig has this one context")
    if path in VERBS and not (path in GROUPS and _asks(rest)):
        return VERBS[path], rest
    words = [argv[i] for i in _bare(argv)][len(places) :]
    if path and words:
        raise KubectlError(f"unknown command \"{words[0]}\"\nSee 'kubectl {path} -h' for help and examples")
    if words:
        raise unknown(words[0])
    if not path:
        parse(rest, GLOBAL, "")
    return None, [path]


def _asks(rest: list[str]) -> bool:
    return any(word in ("-h", "--help") for word in rest)


def _bare(argv: list[str]) -> list[int]:
    """The places of the words that are neither flags nor values of the global flags (cobra's stripFlags)."""
    shorts = {f.short: f for f in GLOBAL.values() if f.short}
    found, i = [], 0
    while i < len(argv) and argv[i] != "--":
        word = argv[i]
        if word.startswith("--"):
            flag = GLOBAL.get(word[2:])
            i += flag is not None and flag.implied is None
        elif word.startswith("-") and len(word) > 1:
            flag = shorts.get(word[1]) if len(word) == 2 else None
            i += flag is not None and flag.implied is None
        else:
            found.append(i)
        i += 1
    return found


def unknown(word: str) -> KubectlError:
    """A command that does not exist, and those whose names are near (cobra: distance of two, or a prefix)."""
    if word in NOT_SIMULATED:
        return KubectlError(f"kubectl {word} is not simulated in a lab; on a real cluster it works")
    names = list(dict.fromkeys(name.partition(" ")[0] for name in VERBS))
    near = [n for n in names if _distance(word.lower(), n) <= 2 or n.startswith(word.lower())]
    hint = "\n\nDid you mean this?\n" + "".join(f"\t{n}\n" for n in near) if near else ""
    return KubectlError(f'unknown command "{word}" for "kubectl"{hint}')


def _distance(a: str, b: str) -> int:
    """Levenshtein."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]
