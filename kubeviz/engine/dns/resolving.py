"""The first step of every request to a name: the address to connect to."""

from ...cluster.objects import Ingress, Pod
from ..journey import Journey
from ..routes import pick
from . import explain, public
from .asking import unreachable
from .files import config, hosts, names_tried, server_of
from .records import Answer, lookup


def resolve(j: Journey, host: str) -> str | None:
    """The address to connect to, or None once the journey has stopped. *host* is a name."""
    if j.pod is not None:
        return _inside(j, j.pod, host)
    return "127.0.0.1" if host == "localhost" else _outside(j, host)


def _inside(j: Journey, pod: Pod, host: str) -> str | None:
    """/etc/hosts first, then each name of the search list (nsswitch.conf: files dns)."""
    written = hosts(pod).get(host.lower())
    if written:
        if written != "127.0.0.1":
            j.log.append((explain.from_hosts, pod, host, written))
        return written
    conf = config(pod, server_of(j.cluster))
    if conf.cluster and (reach := unreachable(j.cluster, pod)).reason:
        j.stop(reach.reason, explain.no_server, pod, host, reach)
        return None
    tried: list[Answer] = []
    for name in names_tried(conf, host):
        tried.append(answer := lookup(j.cluster, name, conf.cluster))
        addresses = answer.addresses
        if addresses:
            address = addresses[pick(j.seed, len(addresses))] if len(addresses) > 1 else addresses[0]
            j.log.append((explain.resolved, pod, host, tried, address))
            return address
    _not_resolved(j, pod, host, tried)
    return None


def _not_resolved(j: Journey, pod: Pod, host: str, tried: list[Answer]) -> None:
    """Nothing had an address; a name that exists without one is another matter than no name at all."""
    if any(answer.loop for answer in tried):
        j.stop("Loop", explain.alias_loop, host, tried)
        return
    reason = "NameHasNoAddress" if any(a.found is not None for a in tried) else "NameNotFound"
    j.stop(reason, explain.not_resolved, pod, host, tried)


def _outside(j: Journey, host: str) -> str | None:
    """Clients outside, and nodes, ask the public DNS."""
    found = lookup(j.cluster, host, inside=False)
    if found.addresses:
        j.log.append((explain.resolved_outside, host, found.addresses[0]))
        return found.addresses[0]
    ingress = public.ingress_for(j.cluster, host.lower())
    if ingress is not None:
        _no_address_yet(j, host, ingress)
    elif host.startswith("<") or host == "pending":
        j.stop("LoadBalancerPending", explain.pending, host)
    else:
        j.stop("NameNotFound", explain.unknown_outside, host)
    return None


def _no_address_yet(j: Journey, host: str, ingress: Ingress) -> None:
    """An Ingress names the host, but nobody has given it an address: why not?"""
    from ..ingress import why_unserved

    reason, evidence = why_unserved(j.cluster, ingress)
    j.stop(reason, explain.ingress_without_address, host, ingress, evidence, verdict="dns_error")
