"""ssh: to a node, by its name or address, as far as it can be reached from here."""

from ...cluster.objects import Node
from ..session import Place, Result, Session
from . import run_at
from .resolving import node_at

PLACES = ("laptop", "node")
VALUED = ("-i", "-p", "-o", "-l")


def run(argv: list[str], session: Session, stdin: str) -> Result:
    words = list(argv)
    while words and words[0].startswith("-"):
        words = words[2 if words[0] in VALUED else 1 :]
    if not words:
        return Result(
            err="usage: ssh [-i identity_file] [-l login_name] [-p port] destination [command [argument ...]]\n",
            code=255,
        )
    host = words[0].rpartition("@")[2]
    node = find_node(session, host)
    if node is None:
        return Result(err=f"ssh: Could not resolve hostname {host}: Name or service not known\n", code=255)
    if not node.up or not _reachable(session, node, host):
        return Result(err=f"ssh: connect to host {host} port 22: Connection timed out\n", code=255)
    return enter(node, words[1:], session, stdin)


def enter(node: Node, command: list[str], session: Session, stdin: str) -> Result:
    """A shell on the node, or one command there."""
    place = Place("node", "", node.name)
    if command:
        return run_at(place, command, session, stdin)
    session.places.append(place)
    return Result()


def find_node(session: Session, host: str) -> Node | None:
    by_name: Node | None = session.tx.cluster.get("Node", "", host)
    return by_name if by_name is not None else node_at(session, host)


def _reachable(session: Session, node: Node, host: str) -> bool:
    """The private address of a cloud's machine is reached from inside only."""
    private = host == node.internal_ip and session.tx.cluster.environment.get("provider", "cloud") == "cloud"
    return not private or session.place.kind == "node"


PROGRAMS = {"ssh": run}
