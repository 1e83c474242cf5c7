"""What would mend a failed request: `repair(cluster, request, result, now)`.

A rule looks at the reason and proposes; every proposal is then tried on a copy of the cluster, and only what helps
is offered. A new rule is one function in a module here and its name beside the reasons it suits.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from ... import controllers
from ...cluster.apiserver import Transaction
from ...cluster.errors import Rejected
from ...cluster.objects import Pod
from ...cluster.state import Cluster
from ...engine import InvalidRequest, Request, Trace, trace
from . import entrances, ingresses, names, pods, policies, services
from .case import Case, Result
from .proposal import Create, Edit, Install, Patch, Proposal, apply, difference

Rule = Callable[[Case], Iterator[Proposal]]

MOST = 4
"""More than that is no help."""
EMPTY: tuple[Rule, ...] = (services.scale_up, services.selector, services.target_port)
UNWELL: tuple[Rule, ...] = (pods.wait, pods.health, pods.uncordon, pods.power)
DOORS: tuple[Rule, ...] = (entrances.doors, entrances.tunnel)
UNSERVED: tuple[Rule, ...] = (ingresses.controller, ingresses.ingress_class, entrances.tunnel)

RULES: dict[str, tuple[Rule, ...]] = {
    "SelectorMatchesNothing": (services.scale_up, services.selector),
    "ServiceHasNoEndpoints": EMPTY,
    "AllEndpointsUnready": UNWELL,
    "PodNotRunning": UNWELL,
    "TargetPortClosed": (services.target_port,),
    "LocalPolicyNoEndpoint": (services.traffic_policy, entrances.other_node),
    "SourceRangeBlocked": (services.source_ranges,),
    "NodeDown": (pods.wait, pods.power, entrances.other_node),
    "FirewallBlocked": (entrances.firewall, entrances.node_port),
    "ClusterIPFromOutside": DOORS,
    "PodIPFromOutside": DOORS,
    "PrivateAddressFromOutside": (entrances.public_address,),
    "NodePortOnLoadBalancerIP": (entrances.service_port,),
    "BalancerPortClosed": (entrances.service_port,),
    "ServicePortClosed": (entrances.service_port,),
    "NodePortClosed": (entrances.node_port,),
    "LoadBalancerPending": (entrances.tunnel, entrances.pending),
    "PolicyDenied": (policies.allow,),
    "DNSBlocked": (policies.allow_dns,),
    "DNSUnavailable": (services.scale_up, services.selector, *UNWELL),
    "EnvMissing": (pods.restart, pods.service_links, names.by_name, names.expose),
    "NameNotFound": (
        names.other_namespace,
        names.spelling,
        names.expose,
        names.address,
        ingresses.host,
        entrances.doors,
    ),
    "NoIngressController": UNSERVED,
    "IngressClassUnknown": (ingresses.controller, ingresses.ingress_class),
    "IngressNoMatch": (ingresses.host, ingresses.path),
    "BackendServiceMissing": (ingresses.backend,),
    "BackendUnavailable": (*EMPTY, *UNWELL, ingresses.backend_port),
    "TLSNotSpoken": (entrances.plain_http,),
}


def repair(cluster: Cluster, request: Request, result: Result, now: datetime) -> list[Proposal]:
    """The proposals that make the request arrive; where none does, those that lead on to the next fault.

    `now` is the cluster's virtual time.
    """
    if result["verdict"] == "delivered":
        return []
    case = Case(cluster, request, innermost(result), now)
    found: dict[str, Proposal] = {}
    for rule in RULES.get(case.reason, ()):
        for proposal in rule(case):
            tried = _tried(case, proposal)
            if tried is not None:
                found.setdefault(tried.id, tried)
    mending = [proposal for proposal in found.values() if proposal.mends]
    return (mending or list(found.values()))[:MOST]


def innermost(result: Result) -> Result:
    """An app that answers with an error because its own call failed: that call is what needs mending."""
    failed = [call for call in result["calls"] if call["verdict"] != "delivered"]
    return innermost(failed[-1]) if result["reason"] == "AppError" and failed else result


def _tried(case: Case, proposal: Proposal) -> Proposal | None:
    """The proposal with what it comes to, or None where it does not help."""
    try:
        after = outcome(case.cluster, case.request, proposal, case.now)
    except (Rejected, InvalidRequest):
        return None
    if after.verdict == "delivered":
        return proposal._replace(mends=True)
    return None if _key(innermost(after.to_dict())) == _key(case.result) or not proposal.edits else proposal


def _key(result: Result) -> tuple[str, str, str]:
    """How a request ended. A policy of each direction is a fault of its own; the name of a new pod is not."""
    steps = [step for hop in result["hops"] for step in hop["steps"] if step["reason"] == "PolicyDenied"]
    direction = steps[-1]["params"]["direction"] if steps else ""
    return (result["reason"], direction, result["request"]["url"])


def outcome(cluster: Cluster, request: Request, proposal: Proposal, now: datetime) -> Trace:
    """What happens to the request once the proposal is carried out and everything has come to rest."""
    tx = Transaction(cluster, now)
    apply(tx, proposal)
    controllers.quiesce(tx)
    return trace(tx.cluster, _sendable(cluster, tx.cluster, proposal.request or request))


def _sendable(before: Cluster, after: Cluster, request: Request) -> Request:
    """A pod that a rollout replaced sends through its successor."""
    kind, _, rest = request.source.partition("/")
    if kind != "pod" or after.get("Pod", *rest.split("/")) is not None:
        return request
    gone = before.get("Pod", *rest.split("/"))
    heirs = [p for p in after.of_kind("Pod", gone.namespace) if _same_work(p, gone)] if gone is not None else []
    return msgspec.structs.replace(request, source=heirs[0].ref) if heirs else request


def _same_work(pod: Pod, other: Pod) -> bool:
    return pod.running and policies.lasting(pod) == policies.lasting(other)


__all__ = ["RULES", "Create", "Edit", "Install", "Patch", "Proposal", "apply", "difference", "outcome", "repair"]
