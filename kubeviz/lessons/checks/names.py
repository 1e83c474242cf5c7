"""`dns`, `env`, `endpoints`: what a pod is told about Services, and which pods stand behind one."""

from typing import Annotated

from msgspec import Meta

from ...cluster.objects import Pod
from ...cluster.references import select
from ...cluster.state import Cluster
from ...engine import dns, env
from ..places import Unknown, address, alive, service_named
from ..world import CANNOT, World
from .check import CheckAfter, Line, Verdict

NONE = "none"


class DnsCheck(CheckAfter, tag="dns", kw_only=True, rename={"source": "from"}):
    """What a name means to a pod: `answer` is an address, a placeholder such as `{order}`, or `none`."""

    source: Line
    name: Line
    answer: Line

    def verdict(self, world: World) -> Verdict:
        try:
            cluster = self.cluster(world)
            wanted = "" if self.answer == NONE else address(cluster, self.answer)
        except Unknown as error:
            return Verdict(0, "AddressUnknown", {"what": str(error), "url": self.answer})
        except CANNOT as error:
            return Verdict(0, "CannotBeTried", {"why": str(error)})
        pod = one_pod(cluster, self.source)
        if pod is None:
            return Verdict(0, "SourceMissing", {"from": self.source})
        found = answers(cluster, pod, self.name)
        right = wanted in found if wanted else not found
        said = {"name": self.name, "pod": pod.ref, "answer": ", ".join(found) or NONE, "wanted": wanted or NONE}
        if right:
            return Verdict(1, "NameAsWanted", said)
        return Verdict(0, "NameOtherwise" if found else "NameNowhere", said)


def answers(cluster: Cluster, pod: Pod, name: str) -> tuple[str, ...]:
    """The addresses that a pod's resolver ends with."""
    reply = dns.query(cluster, pod, name).answer
    return tuple(record.data for record in reply.records if record.type == "A") if reply else ()


def one_pod(cluster: Cluster, ref: str) -> Pod | None:
    found = (o for o in select(cluster, ref if ref.startswith("pod/") else f"pod/{ref}"))
    return next((o for o in found if isinstance(o, Pod) and alive(o)), None)


class EnvCheck(CheckAfter, tag="env", kw_only=True):
    """A variable of a pod's (every matching pod's) container: `value`, a placeholder such as `{order}`, `some`
    for any value, or `none`."""

    pod: Line
    variable: Annotated[str, Meta(max_length=200, min_length=1)]
    value: Line = "some"

    def verdict(self, world: World) -> Verdict:
        try:
            cluster = self.cluster(world)
            wanted = address(cluster, self.value)
        except Unknown as error:
            return Verdict(0, "AddressUnknown", {"what": str(error), "url": self.value})
        except CANNOT as error:
            return Verdict(0, "CannotBeTried", {"why": str(error)})
        ref = self.pod if self.pod.startswith("pod/") else f"pod/{self.pod}"
        pods = [o for o in select(cluster, ref) if isinstance(o, Pod) and alive(o)]
        if not pods:
            return Verdict(0, "SourceMissing", {"from": ref})
        found = {p.ref: env.variables(cluster, p).get(self.variable) for p in pods}
        wrong = [ref for ref, value in found.items() if not _is(value, wanted)]
        said = {"variable": self.variable, "wanted": wanted, "pod": (wrong or list(found))[0]}
        said["value"] = found[said["pod"]] or NONE
        return Verdict(1 - len(wrong) / len(pods), _code(wrong, said["value"]), said)


def _code(wrong: list[str], value: str) -> str:
    if not wrong:
        return "VariableAsWanted"
    return "VariableMissing" if value == NONE else "VariableOtherwise"


def _is(value: str | None, wanted: str) -> bool:
    if wanted in ("some", NONE):
        return (value is None) == (wanted == NONE)
    return value == wanted


class EndpointsCheck(CheckAfter, tag="endpoints", kw_only=True):
    """The ready endpoints of a Service are just the pods that `pods` selects (`NS/key=value`), or `none`."""

    service: Line
    pods: Line

    def verdict(self, world: World) -> Verdict:
        try:
            cluster = self.cluster(world)
        except CANNOT as error:
            return Verdict(0, "CannotBeTried", {"why": str(error)})
        service = service_named(cluster, self.service.removeprefix("service/"))
        if service is None:
            return Verdict(0, "AddressUnknown", {"what": self.service, "url": self.service})
        pods = [] if self.pods == NONE else select(cluster, f"pod/{self.pods}")
        wanted = {pod.ip for pod in pods if isinstance(pod, Pod) and alive(pod)}
        found = ready_addresses(cluster, service.key)
        said = {"service": service.ref, "pods": self.pods, "found": len(found), "wanted": len(wanted)}
        if self.pods != NONE and not wanted:
            return Verdict(0, "SourceMissing", {"from": f"pod/{self.pods}"})
        right = found == wanted
        part = len(found & wanted) / len(found | wanted) if found | wanted else 1
        if right:
            return Verdict(1, "EndpointsAsWanted", said)
        if len(found) == len(wanted):
            return Verdict(min(part, 0.9), "EndpointsElsewhere", said)
        return Verdict(min(part, 0.9), "EndpointsOtherwise", said)


def ready_addresses(cluster: Cluster, key: tuple[str, str, str]) -> set[str]:
    """EndpointSlices are what counts; Endpoints are deprecated since Kubernetes 1.33."""
    return {
        ip
        for piece in cluster.of_service(key)
        for endpoint in piece.body.get("endpoints") or ()
        if (endpoint.get("conditions") or {}).get("ready") is not False
        for ip in endpoint["addresses"]
    }
