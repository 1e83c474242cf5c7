"""Where one reason has several causes, the words of each: the parameters of the step say which it is."""

from collections.abc import Callable
from typing import Any, NamedTuple

Params = dict[str, Any]


class Case(NamedTuple):
    """The particular why; and what happened, where the reason's own sentence would be too little."""

    ko_why: str
    en_why: str
    ko: str = ""
    en: str = ""


def _name_not_found(params: Params) -> str:
    """Sent from outside a name has no namespace to be looked up in."""
    if str(params.get("sender") or "").startswith("node/") and params.get("inside"):
        return "node"
    if not params.get("namespace"):
        host = str(params.get("host") or "")
        return "cluster name outside" if params.get("inside") and _may_be_of_cluster(host) else "outside"
    return "elsewhere" if params.get("elsewhere") else "inside"


def _may_be_of_cluster(host: str) -> bool:
    """service, service.namespace, service.namespace.svc…: a name with more dots is some site's."""
    return host.count(".") <= 1 or ".svc" in host


def _app_error(params: Params) -> str:
    return "call" if params.get("called") else ""


def _no_endpoints(params: Params) -> str:
    return "named port" if params.get("selector") else "no selector"


def _unavailable(params: Params) -> str:
    return str(params.get("cause") or "")


WHICH: dict[str, Callable[[Params], str]] = {
    "NameNotFound": _name_not_found,
    "AppError": _app_error,
    "ServiceHasNoEndpoints": _no_endpoints,
    "BackendUnavailable": _unavailable,
}

CASES: dict[tuple[str, str], Case] = {
    ("NameNotFound", "cluster name outside"): Case(
        "서비스의 이름은 클러스터의 DNS만 압니다. 바깥에서는 노드나 로드밸런서의 주소, 또는 Ingress의 호스트 이름으로 와야 합니다.",
        "Only the cluster's DNS knows the names of Services. From outside, come by a node's or balancer's address, or by a host of an Ingress."),
    ("NameNotFound", "node"): Case(
        "노드의 resolv.conf는 클러스터의 DNS를 가리키지 않습니다. 노드에서는 ClusterIP로 부르고, 이름은 파드 안에서 씁니다.",
        "A node's resolv.conf does not point to the cluster's DNS. From a node use the cluster IP; names are for pods."),
    ("AppError", "call"): Case(
        "앱이 {called:을/를} 부르다가 막혔습니다. {cause_why}",
        "The app's own call to {called} failed. {cause_why}",
        "{pod:이/가} {status} 오류로 답했습니다. {cause}",
        "{pod} answered with error {status}. {cause}"),
    ("NameNotFound", "outside"): Case(
        "바깥 DNS에는 Ingress에 적힌 호스트 이름만 등록되어 있습니다. 철자를 확인하세요.",
        "The public DNS has the hosts of Ingresses only: check the spelling."),
    ("NameNotFound", "elsewhere"): Case(
        "그 이름의 서비스는 {elsewhere} 네임스페이스에 있습니다. 짧은 이름은 같은 네임스페이스에서만 통하므로 `서비스.네임스페이스`로 불러야 합니다.",
        "A Service of that name is in namespace {elsewhere}. A short name works in its own namespace only: call it as `service.namespace`."),
    ("NameNotFound", "inside"): Case(
        "resolv.conf의 search 목록을 모두 붙여 보았지만 그런 서비스가 없습니다. 철자와 네임스페이스를 확인하세요.",
        "Every name of resolv.conf's search list was tried, and no such Service exists: check spelling and namespace."),
    ("ServiceHasNoEndpoints", "named port"): Case(
        "파드는 준비되어 있지만 targetPort에 적힌 이름의 포트가 파드에 없습니다. 그래서 엔드포인트가 비어 있습니다.",
        "The pods are ready, but none has a port of the name that targetPort asks for; so there are no endpoints.",
        "서비스 {service}의 targetPort와 이름이 같은 포트를 가진 파드가 없습니다. 연결이 거절되었습니다.",
        "No pod has a port of the name that Service {service} asks for: connection refused."),
    ("ServiceHasNoEndpoints", "no selector"): Case(
        "셀렉터가 없는 서비스의 엔드포인트는 사람이 직접 적어야 합니다. 아직 아무도 적지 않았습니다.",
        "For a Service without a selector somebody has to write the endpoints by hand, and nobody has.",
        "서비스 {service}에는 셀렉터가 없고, 손으로 적은 엔드포인트도 없습니다. 연결이 거절되었습니다.",
        "Service {service} has no selector, and no endpoints written by hand: connection refused."),
    ("BackendUnavailable", "SelectorMatchesNothing"): Case(
        "규칙은 맞았지만, 서비스의 셀렉터에 맞는 파드가 하나도 없습니다.",
        "The rule matched, but no pod bears the labels of the Service's selector."),
    ("BackendUnavailable", "AllEndpointsUnready"): Case(
        "규칙은 맞았지만, 서비스의 파드가 하나도 준비되지 않았습니다.",
        "The rule matched, but no pod of the Service is ready."),
    ("BackendUnavailable", "ServiceHasNoEndpoints"): Case(
        "규칙은 맞았지만, 서비스의 엔드포인트가 비어 있습니다.",
        "The rule matched, but the Service has no endpoints."),
    ("BackendUnavailable", "ServicePortClosed"): Case(
        "규칙은 맞았지만, 규칙에 적힌 포트가 서비스에 없습니다. 서비스의 포트는 {ports}입니다.",
        "The rule matched, but it names a port that the Service does not have; the Service has {ports}."),
}  # fmt: skip


def case(reason: str, params: Params) -> Case | None:
    """The case that holds, or None where the reason has but one."""
    return CASES.get((reason, WHICH[reason](params))) if reason in WHICH else None
