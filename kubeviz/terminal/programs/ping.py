"""ping: pods and machines answer; the address of a Service is no machine's, only rules for its ports, and is silent."""

from ...cluster.objects import Pod
from ...engine import policy
from .. import files
from ..session import Result, Session
from . import EVERYWHERE
from .reading import guarded, number, options
from .resolving import address_of, hint, node_at

PLACES = EVERYWHERE
MOST = 20


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    opts, words = options("ping", argv, "c:i:W:w:q46nt:s:")
    if not words:
        return Result(err="ping: usage error: Destination address required\n", code=1)
    count = min(MOST, number("ping", "argument", opts.get("c", "4"), 1))
    host = words[0]
    ip = address_of(session, host)
    if ip is None:
        result = Result(err=f"ping: bad address '{host}'\n", code=1)
        hint(result, session, host)
        return result
    denied = _denied(session, ip)
    answers = not denied and _answers(session, ip)
    lines = [f"PING {host} ({ip}): 56 data bytes"]
    if answers:
        lines += [f"64 bytes from {ip}: seq={i} ttl=62 time=0.{120 + 7 * i} ms" for i in range(count)]
    got = count if answers else 0
    lost = 0 if answers else 100
    lines += [
        "",
        f"--- {host} ping statistics ---",
        f"{count} packets transmitted, {got} packets received, {lost}% packet loss",
    ]
    if answers:
        last = 120 + 7 * (count - 1)
        lines.append(f"round-trip min/avg/max = 0.120/0.{(120 + last) // 2}/0.{last} ms")
    session.wait(min(count - 1, 10))
    result = Result("".join(f"{line}\n" for line in lines), code=0 if answers else 1)
    if session.tx.cluster.service_by_ip(ip) is not None:
        result.note("ServiceNoPing", ip=ip)
    elif denied:
        result.note("PolicyNoPing", ip=ip)
    return result


def _denied(session: Session, ip: str) -> bool:
    """Whether a NetworkPolicy keeps the echo away. No rule with ports can mean ICMP, which has none; the API leaves
    ICMP to the network plugin, and Calico and Cilium drop it as they drop everything that no rule allows."""
    cluster, here = session.tx.cluster, files.standing(session)
    if ip.startswith("127.") or here is None:
        return False
    sender = here if isinstance(here, Pod) else None
    receiver = cluster.pod_by_ip(ip)
    if receiver is not None:
        src = here.ip if isinstance(here, Pod) else here.internal_ip
        node = here.node if isinstance(here, Pod) else here.name
        return policy.denied(cluster, policy.between(sender, node, receiver, src, 0, "ICMP")) is not None
    return sender is not None and policy.denied(cluster, policy.leaving(sender, ip, 0, "ICMP")) is not None


def _answers(session: Session, ip: str) -> bool:
    """Whether a machine or pod with this address is there, has power, and can be reached from here."""
    cluster = session.tx.cluster
    inside = session.place.kind != "laptop"
    if ip.startswith("127."):
        return True
    pod: Pod | None = cluster.pod_by_ip(ip)
    if pod is not None:
        node = cluster.get("Node", "", pod.node)
        return inside and pod.running and (node is None or node.up)
    found = node_at(session, ip)
    if found is not None:
        from_cloud = cluster.environment.get("provider", "cloud") == "cloud"
        return found.up and (inside or not from_cloud or ip == found.external_ip)
    own = files.standing(session)
    return isinstance(own, Pod) and ip == own.ip


PROGRAMS = {"ping": run}
