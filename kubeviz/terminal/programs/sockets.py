"""ss and netstat: what listens here. In a pod it is the app, whatever containerPort says."""

from ...cluster.objects import Pod
from .. import files
from ..session import Result, Session
from . import EVERYWHERE

PLACES = EVERYWHERE
NODE_PORTS = ((22, "TCP"), (10250, "TCP"), (10256, "TCP"))
"""sshd, kubelet, kube-proxy's health."""


def _listening(session: Session) -> list[tuple[int, str]]:
    found = files.standing(session)
    if isinstance(found, Pod):
        return sorted(found.listening)
    return list(NODE_PORTS) if found is not None else sorted((port, "TCP") for port in session.forwards)


def _wanted(argv: list[str], session: Session) -> list[tuple[int, str]]:
    flags = "".join(word.lstrip("-") for word in argv if word.startswith("-"))
    both = ("t" in flags) == ("u" in flags)
    return [(p, proto) for p, proto in _listening(session) if both or (proto == "TCP") == ("t" in flags)]


def ss(argv: list[str], session: Session, stdin: str) -> Result:
    rows = ["Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:Port"]
    for port, protocol in _wanted(argv, session):
        state = "LISTEN" if protocol == "TCP" else "UNCONN"
        rows.append(f"{protocol.lower():5} {state:6} 0      4096   {f'0.0.0.0:{port}':>18}  0.0.0.0:*")
    return Result("".join(f"{row.rstrip()}\n" for row in rows))


def netstat(argv: list[str], session: Session, stdin: str) -> Result:
    rows = [
        "Active Internet connections (only servers)",
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State",
    ]
    for port, protocol in _wanted(argv, session):
        state = "LISTEN" if protocol == "TCP" else ""
        rows.append(f"{protocol.lower():5} {0:6} {0:6} {f'0.0.0.0:{port}':23} {'0.0.0.0:*':23} {state}")
    return Result("".join(f"{row.rstrip()}\n" for row in rows))


PROGRAMS = {"ss": ss, "netstat": netstat}
