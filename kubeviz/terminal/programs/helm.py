"""helm, for the one chart that the course installs: ingress-nginx."""

from collections.abc import Callable

from ...cluster.ingresses import NAMESPACE
from ...controllers.bootstrap import install, uninstall
from ..session import Result, Session
from . import LAPTOP_ONLY
from .reading import Usage, guarded, options
from .tables import columns

PLACES = LAPTOP_ONLY
RELEASE = CHART = "ingress-nginx"
LONG = ("install", "repo=", "namespace=", "create-namespace", "version=", "set=", "wait")
HEAD = ["NAME", "NAMESPACE", "REVISION", "STATUS", "CHART"]


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    if not argv or argv[0] not in VERBS:
        known = " | ".join(sorted(VERBS))
        return Result(err=f'Error: unknown command "{argv[0] if argv else ""}" for "helm" ({known})\n', code=1)
    opts, words = options("helm", argv[1:], "n:if:A", LONG)
    return VERBS[argv[0]](words, opts.get("n", opts.get("namespace", "default")), session)


def upgrade(words: list[str], namespace: str, session: Session) -> Result:
    if len(words) != 2:
        raise Usage('Error: "helm upgrade" requires 2 arguments: RELEASE CHART')
    release, chart = words[0], words[1].rpartition("/")[2]
    if (release, chart, namespace) != (RELEASE, CHART, NAMESPACE):
        return Result(code=1).note("NotSimulated", option=f"{release} {chart} -n {namespace}")
    again = _installed(session)
    install(session.tx, CHART)
    session.settle(session.tx)
    first = "" if again else f'Release "{release}" does not exist. Installing it now.\n'
    return Result(f"{first}NAME: {release}\nNAMESPACE: {namespace}\nSTATUS: deployed\n")


def remove(words: list[str], namespace: str, session: Session) -> Result:
    if words != [RELEASE] or namespace != NAMESPACE or not _installed(session):
        name = words[0] if words else ""
        return Result(err=f"Error: uninstall: Release not loaded: {name}: release: not found\n", code=1)
    uninstall(session.tx, CHART)
    session.settle(session.tx)
    return Result(f'release "{RELEASE}" uninstalled\n')


def listed(words: list[str], namespace: str, session: Session) -> Result:
    rows = [[RELEASE, NAMESPACE, "1", "deployed", CHART]] if _installed(session) else []
    return Result(columns([HEAD, *rows]))


def _installed(session: Session) -> bool:
    return session.tx.cluster.get("Namespace", "", NAMESPACE) is not None


VERBS: dict[str, Callable[[list[str], str, Session], Result]] = {
    "upgrade": upgrade,
    "install": upgrade,
    "uninstall": remove,
    "list": listed,
}
PROGRAMS = {"helm": run}
