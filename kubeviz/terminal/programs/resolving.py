"""Asking the DNS server: what nslookup, dig and host share. The question is a packet too."""

from ...cluster.objects import Node, Pod
from ...engine import InvalidRequest, Request, dns
from .. import files
from ..session import Result, Session
from .requests import send

NO_SERVER = ";; connection timed out; no servers could be reached\n"


def asker(session: Session) -> Pod | None:
    """The pod that asks; None outside of one."""
    found = files.standing(session)
    return found if isinstance(found, Pod) else None


def ask(session: Session, name: str, type: str = "A", search: bool = True, server: str = "") -> dns.Query:
    """The reply of the place's DNS server, or of *server*."""
    pod = asker(session)
    found = dns.query(session.tx.cluster, pod, name, type, search)
    if server and server != found.server:
        return _other(session, pod, found, server)
    if pod is not None and found.server:
        _packet(session, found.server)
    return found


def _other(session: Session, pod: Pod | None, found: dns.Query, server: str) -> dns.Query:
    """Another server: the cluster's own from a pod, the public one from anywhere, else nobody."""
    if server == dns.DNS_IP and pod is not None:
        return found._replace(server=server)
    if server == dns.PUBLIC_DNS or server in ("8.8.8.8", "1.1.1.1", "168.126.63.1"):
        return dns.query(session.tx.cluster, None, found.replies[0].name, found.replies[0].type)._replace(server=server)
    return dns.Query(server, (), "DNSUnavailable")


def _packet(session: Session, server: str) -> None:
    """The question travels to the server's port 53 over UDP; the page plays it."""
    try:
        send(session, Request(url=f"http://{server}:53/", protocol="UDP"))
    except InvalidRequest:
        return


def address_of(session: Session, host: str) -> str | None:
    """The first address of a name, asked of the place's resolver (and of /etc/hosts); an address is its own."""
    from ...engine.request import is_ip

    if is_ip(host):
        return host
    pod = asker(session)
    if pod is not None:
        for ip, listed in dns.host_lines(pod):
            if host in listed:
                return ip
    elif host == "localhost":
        return "127.0.0.1"
    answer = dns.query(session.tx.cluster, pod, host).answer
    found = [record.data for record in answer.records if record.type == "A"] if answer else []
    return found[0] if found else None


def node_at(session: Session, ip: str) -> Node | None:
    """The machine that has this address, inside or outside."""
    nodes = session.tx.cluster.of_kind("Node")
    return next((node for node in nodes if ip and ip in (node.internal_ip, node.external_ip)), None)


def hint(result: Result, session: Session, name: str) -> None:
    """Inside a name there is no port; outside of pods there is no cluster DNS."""
    if ":" in name:
        result.note("NoPortInName", name=name.partition(":")[0])
    elif asker(session) is None and session.tx.cluster.environment and "." not in name:
        result.note("NamesInsideOnly", name=name)
