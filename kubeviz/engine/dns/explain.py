"""The hop to the DNS server, and what it answered."""

from ...cluster.objects import Ingress, Pod
from .. import policy
from ..journey import Story
from ..model import Candidate, Evidence, Hop, Step
from . import public
from .asking import Reach, question
from .files import server_of
from .records import Answer
from .zone import is_own


def _hop(story: Story, *steps: Step) -> None:
    """A question of its own, before the packet that it is asked for; nothing moves."""
    inside = story.journey.pod is not None
    where = "service/kube-system/kube-dns" if inside else "dns/public"
    packet = {"src": story.src, "dst": f"{server_of(story.cluster)}:53" if inside else ""}
    edge = f"{story.at}>{where}" if inside else None
    story.hops.append(Hop(len(story.hops) + 1, where, edge, "dns", "both", packet, {}, list(steps)))


def resolved(story: Story, pod: Pod, host: str, tried: list[Answer], address: str) -> None:
    answer = tried[-1]
    params = {
        "host": host,
        "full": answer.name,
        "address": address,
        "tried": [a.name for a in tried],
        "chain": list(answer.chain),
        "count": len(answer.addresses),
    }
    others = [Candidate(a.name, a is answer, "" if a is answer else _because(a)) for a in tried]
    _hop(story, Step(_reason(answer), params, _evidence(answer), others))


def _because(answer: Answer) -> str:
    return "NXDOMAIN" if answer.found is None else "NODATA"


def _reason(answer: Answer) -> str:
    if answer.service is not None and answer.service.headless:
        return "HeadlessResolved"
    return "AliasFollowed" if answer.chain else "NameResolved"


def _evidence(answer: Answer) -> list[Evidence]:
    service = answer.service
    if service is None:
        return []
    field = "externalName" if service.type == "ExternalName" else "clusterIP"
    return [Evidence(service.ref, f"spec.{field}", service.spec.get(field))]


def from_hosts(story: Story, pod: Pod, host: str, address: str) -> None:
    _hop(story, Step("HostsFile", {"host": host, "address": address}, [_hosts_field(pod, address)]))


def _hosts_field(pod: Pod, address: str) -> Evidence:
    own = address == pod.ip
    return Evidence(pod.ref, "status.podIP" if own else "spec.hostAliases", address)


def not_resolved(story: Story, pod: Pod, host: str, tried: list[Answer]) -> None:
    services = [s for s in story.cluster.of_kind("Service") if s.name == host.partition(".")[0].partition(":")[0]]
    others = [
        Candidate(s.ref, False, "OtherNamespace" if s.namespace != pod.namespace else "NotThisName") for s in services
    ]
    params = {
        "host": host,
        "namespace": pod.namespace,
        "tried": [a.name for a in tried],
        "chain": [alias for a in tried for alias in a.chain],
        "elsewhere": [s.namespace for s in services],
    }
    _hop(story, Step(story.journey.reason, params, [e for a in tried for e in _evidence(a)], others))


def alias_loop(story: Story, host: str, tried: list[Answer]) -> None:
    chain = [alias for a in tried for alias in a.chain]
    _hop(story, Step("Loop", {"host": host, "chain": chain}, [e for a in tried for e in _evidence(a)]))


def no_server(story: Story, pod: Pod, host: str, reach: Reach) -> None:
    params = {"host": host, "server": server_of(story.cluster), "pod": pod.ref}
    if reach.endpoint is None:
        evidence = [Evidence(reach.service.ref, "spec.selector", reach.service.selector)] if reach.service else []
        _hop(story, Step(reach.reason, params, evidence))
        return
    denial = policy.denied(story.cluster, question(story.cluster, pod, reach.endpoint))
    step = policy.denial_step(story.cluster, denial) if denial else Step(reach.reason, params)
    _hop(story, Step(reach.reason, {**step.params, **params}, step.evidence, step.candidates))


def resolved_outside(story: Story, host: str, address: str) -> None:
    ingress = public.ingress_for(story.cluster, host)
    evidence = [Evidence(ingress.ref, "status.loadBalancer.ingress[0].ip", address)] if ingress else []
    _hop(story, Step("PublicNameResolved", {"host": host, "address": address}, evidence))


def unknown_outside(story: Story, host: str) -> None:
    inside = is_own(host) or any(s.name == host.partition(".")[0] for s in story.cluster.of_kind("Service"))
    _hop(
        story, Step("NameNotFound", {"host": host, "tried": [host], "inside": inside, "namespace": "", "elsewhere": []})
    )


def pending(story: Story, host: str) -> None:
    services = [s for s in story.cluster.of_kind("Service") if s.type == "LoadBalancer" and not s.balancer_ips]
    params = {"host": host, "provider": story.cluster.environment.get("provider", "cloud")}
    _hop(
        story, Step("LoadBalancerPending", params, [Evidence(s.ref, "status.loadBalancer", None) for s in services[:3]])
    )


def ingress_without_address(story: Story, host: str, ingress: Ingress, evidence: list[Evidence]) -> None:
    params = {"host": host, "ingress": ingress.ref, "class": ingress.class_name}
    _hop(story, Step(story.journey.reason, params, evidence))
