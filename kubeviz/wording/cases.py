"""Where one reason has several causes, the words of each: the parameters of the step say which it is."""

from collections.abc import Callable
from typing import Any, NamedTuple

Params = dict[str, Any]
LOWEST_NODE_PORT = 30000


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
    if params.get("called"):
        return "call"
    return "no such path" if params.get("status") == 404 and params.get("path") else ""


def _env_missing(params: Params) -> str:
    if params.get("links") is False:
        return "no links"
    if params.get("here"):
        return "later"
    return "elsewhere" if params.get("elsewhere") else "nowhere"


def _unready(params: Params) -> str:
    return "crashing" if params.get("state") == "CrashLoopBackOff" else ""


def _node_port(params: Params) -> str:
    return "no node port" if int(params.get("port") or LOWEST_NODE_PORT) < LOWEST_NODE_PORT else ""


def _no_controller(params: Params) -> str:
    if not params.get("ingress"):
        return "not installed"
    return "class" if params.get("class") else "no class"


def _no_match(params: Params) -> str:
    return "path" if "OtherPath" in params.get("passed_over", ()) else "host"


def _no_endpoints(params: Params) -> str:
    return "named port" if params.get("selector") else "no selector"


def _unavailable(params: Params) -> str:
    return str(params.get("cause") or "")


WHICH: dict[str, Callable[[Params], str]] = {
    "AllEndpointsUnready": _unready,
    "EnvMissing": _env_missing,
    "IngressNoMatch": _no_match,
    "NodePortClosed": _node_port,
    "NoIngressController": _no_controller,
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
    ("AppError", "no such path"): Case(
        "요청은 파드까지 잘 도착했습니다. 앱에 {path:이라는/라는} 경로가 없을 뿐입니다.",
        "The request arrived at the pod; only, the app has no path {path}."),
    ("EnvMissing", "no links"): Case(
        "이 파드는 enableServiceLinks: false라서 서비스 변수를 받지 않습니다. DNS 이름으로는 부를 수 있습니다.",
        "This pod has enableServiceLinks: false and gets no Service variables. By its DNS name the Service can be called."),
    ("EnvMissing", "later"): Case(
        "서비스가 컨테이너보다 늦게 생겼습니다. 변수는 컨테이너가 시작할 때 한 번만 채워지므로, 파드를 다시 시작해야 보입니다.",
        "The Service is younger than the container. Variables are filled in once, when it starts: restart the pod to see it."),
    ("EnvMissing", "elsewhere"): Case(
        "그 서비스는 {elsewhere} 네임스페이스에 있는데, 변수에는 같은 네임스페이스의 서비스만 들어갑니다. 다시 시작해도 생기지 않으니 DNS 이름 `서비스.네임스페이스`로 부르세요.",
        "That Service is in namespace {elsewhere}, and variables are for Services of the pod's own. No restart helps: call it by its DNS name, `service.namespace`."),
    ("EnvMissing", "nowhere"): Case(
        "그런 서비스가 아직 없습니다. 서비스를 만든 다음 파드도 다시 시작해야 합니다. 변수는 컨테이너가 시작할 때 한 번만 채워지기 때문입니다.",
        "There is no such Service yet. Make it, and then restart the pod as well: variables are filled in once, when a container starts."),
    ("AllEndpointsUnready", "crashing"): Case(
        "컨테이너가 시작하자마자 죽고, 다시 시작하기를 되풀이합니다. 준비될 틈이 없어 손님을 받지 못합니다.",
        "Its container dies as soon as it starts, over and over: it never gets ready to take traffic.",
        "서비스 {service}의 파드가 자꾸 죽습니다 ({state}). 연결이 거절되었습니다.",
        "The pods of Service {service} keep crashing ({state}): connection refused."),
    ("NodePortClosed", "no node port"): Case(
        "노드 자신은 {port}번에서 아무 프로그램도 돌리지 않습니다. NodePort 서비스의 문은 30000-32767번이니, 주소 뒤에 그 번호를 붙여야 합니다.",
        "The node itself runs no program on port {port}. The door of a NodePort Service is a number from 30000 to 32767: put it behind the address."),
    ("NoIngressController", "no class"): Case(
        "ingressClassName도, 기본 IngressClass도 없으면 어느 컨트롤러도 이 규칙을 맡지 않습니다. 맡은 컨트롤러가 없으니 주소(ADDRESS)도 없고, DNS에도 이름이 없습니다.",
        "With no ingressClassName and no default IngressClass no controller takes the rules. So they have no ADDRESS, and DNS has no such name.",
        "Ingress {ingress}에는 클래스가 없어 아무도 따르지 않습니다.",
        "Ingress {ingress} names no class: nobody obeys it."),
    ("NoIngressController", "class"): Case(
        "Ingress와 IngressClass는 적어 둔 글일 뿐입니다. 규칙대로 움직이는 프로그램(Ingress 컨트롤러)이 있어야 주소(ADDRESS)를 받고, DNS에도 이름이 오릅니다.",
        "Ingress and IngressClass are writing, no more. It takes a program that obeys them, an ingress controller, to get an ADDRESS and a name in DNS.",
        "Ingress {ingress}의 클래스 {class:을/를} 맡은 컨트롤러가 돌고 있지 않습니다.",
        "No controller runs that serves class {class} of Ingress {ingress}."),
    ("NoIngressController", "not installed"): Case(
        "Ingress 규칙은 적어 둔 글일 뿐입니다. 문을 여는 것은 규칙대로 움직이는 프로그램, Ingress 컨트롤러입니다.",
        "Ingress rules are writing, no more. What opens a door is a program that obeys them, an ingress controller.",
        "Ingress 컨트롤러가 설치되어 있지 않아 찾아갈 곳이 없습니다.",
        "No ingress controller is installed: there is nowhere to go."),
    ("IngressNoMatch", "host"): Case(
        "컨트롤러는 Host 헤더의 이름으로 규칙을 고르는데, {host:을/를} 적은 규칙이 없습니다. IP로 오면 Host도 그 IP가 됩니다. 이 404는 앱이 아니라 컨트롤러가 보냈습니다.",
        "The controller picks a rule by the name in the Host header, and no rule names {host}. Whoever comes by IP says the IP as Host. This 404 is the controller's, not an app's."),
    ("IngressNoMatch", "path"): Case(
        "호스트가 맞는 규칙은 있지만 경로 {path}에 맞는 것이 없습니다. Prefix는 /로 나눈 마디를 통째로 견주고, 대문자와 소문자도 구별합니다. 이 404는 앱이 아니라 컨트롤러가 보냈습니다.",
        "A rule fits the host, but none fits path {path}. Prefix compares whole elements between slashes, and capitals count. This 404 is the controller's, not an app's."),
}  # fmt: skip


def case(reason: str, params: Params) -> Case | None:
    """The case that holds, or None where the reason has but one."""
    return CASES.get((reason, WHICH[reason](params))) if reason in WHICH else None
