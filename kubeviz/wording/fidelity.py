"""How true kubeviz is: every rule of the engine, where it is from, and what is simplified and why.

The page /fidelity/ and docs/fidelity.md are both told from this table. A reason or note code of the trace belongs to the rule by which it was given.
"""

from typing import NamedTuple

DNS_SPEC = "Kubernetes DNS-Based Service Discovery 1.1.0"
COREDNS = "CoreDNS, kubernetes plugin"
INGRESS_API = "Ingress API reference, networking.k8s.io/v1"
NGINX = "ingress-nginx, user guide"
RECORDED = "Recording: packets through kube-proxy 1.36, nftables mode"
CONTROL_PLANE = "Recording: API server and controllers 1.36"
DOCS = "Kubernetes documentation"


class Rule(NamedTuple):
    """One rule: the codes it gives, what it says, its sources, and what of the real thing is left out."""

    id: str
    stage: str
    codes: tuple[str, ...]
    sources: tuple[str, ...]
    ko: str
    en: str
    less_ko: str = ""
    less_en: str = ""

    def said(self, language: str) -> tuple[str, str]:
        return (self.ko, self.less_ko) if language == "ko" else (self.en, self.less_en)


STAGES: dict[str, tuple[str, str]] = {
    "names": ("이름", "Names"),
    "edge": ("바깥에서 들어오는 길", "The way in"),
    "node": ("노드", "The node"),
    "pod": ("파드", "The pod"),
    "policy": ("NetworkPolicy", "NetworkPolicy"),
    "ingress": ("Ingress", "Ingress"),
    "control": ("컨트롤 플레인", "The control plane"),
}

RULES: tuple[Rule, ...] = (
    # ── names ──
    Rule("search-list", "names", ("NameResolved", "NameNotFound"), (DNS_SPEC, "resolv.conf(5)", f"{DOCS}: DNS for Services and Pods"),
        "파드의 이름 찾기는 resolv.conf를 따릅니다. 점이 ndots(5)보다 적으면 search 목록을 차례로 붙여 보고, 없는 이름은 NXDOMAIN입니다.",
        "A pod finds names by its resolv.conf: with fewer dots than ndots (5) the search list is tried in order; a name that is not there is NXDOMAIN.",
        "glibc처럼 찾습니다. musl(알파인)은 '주소 없음'에서 바로 멈추는 등 조금 다릅니다.",
        "As glibc does it; musl (Alpine) differs a little, for instance it stops at an empty answer."),
    Rule("no-address", "names", ("NameHasNoAddress",), (DNS_SPEC, COREDNS),
        "이름은 있지만 그 종류의 기록이 없으면 오류가 아니라 빈 답(NOERROR)입니다.",
        "A name that exists without a record of the kind asked for is an empty answer (NOERROR), not NXDOMAIN.",
        "주소는 IPv4만 다룹니다. 그래서 AAAA의 답은 비어 있습니다.", "Addresses are IPv4 only, so AAAA is always empty."),
    Rule("headless", "names", ("HeadlessResolved",), (DNS_SPEC, COREDNS),
        "헤드리스 서비스의 이름은 준비된 파드의 주소들입니다. 아무도 준비되지 않았으면 NXDOMAIN이고, hostname과 subdomain이 있는 파드는 자기 이름을 가집니다.",
        "A headless Service's name stands for its ready pods' addresses, NXDOMAIN if there is none; a pod with hostname and subdomain has a name of its own.",
        "여러 주소의 순서는 시드가 정합니다.", "Which of several addresses is used, the seed decides."),
    Rule("alias", "names", ("AliasFollowed", "Loop"), (DNS_SPEC, f"{DOCS}: Service, type ExternalName"),
        "ExternalName은 CNAME 기록 하나뿐입니다. 포트는 무시되고 Host 헤더도 그대로입니다. 제자리를 도는 별명은 멈춥니다.",
        "ExternalName is one CNAME record and no more: ports are ignored, the Host header stays. Aliases that go in circles are stopped.",
        "앱끼리 서로 부르는 고리는 여덟 번 만에 멈춥니다.", "Apps that call each other in a circle are stopped after eight calls."),
    Rule("hosts-file", "names", ("HostsFile",), (f"{DOCS}: Adding entries to Pod /etc/hosts",),
        "/etc/hosts는 DNS보다 먼저 봅니다. 파드 자신의 이름과 hostAliases가 적혀 있습니다.",
        "/etc/hosts is read before DNS: the pod's own name and its hostAliases stand there."),
    Rule("dns-is-pods", "names", ("DNSUnavailable", "DNSBlocked"), (f"{DOCS}: Debugging DNS Resolution", "kubeadm's CoreDNS manifests"),
        "클러스터 DNS는 kube-dns 서비스 뒤의 CoreDNS 파드입니다. 파드가 없거나 NetworkPolicy가 53번 포트를 막으면 이름이 풀리지 않습니다.",
        "The cluster's DNS is CoreDNS pods behind the Service kube-dns. Without them, or with port 53 denied by a NetworkPolicy, no name resolves."),
    Rule("public-dns", "names", ("PublicNameResolved",), ("kubeviz itself",),
        "바깥의 이름은 실습실의 공용 DNS가 압니다. Ingress의 호스트는 그 ADDRESS로 풀립니다.",
        "Names outside are in the lab's public DNS; an Ingress' host stands for the Ingress' ADDRESS.",
        "진짜로는 누군가 DNS에 등록해야 합니다. 여기서는 이미 등록했다고 봅니다.", "Really somebody has to register the name; here that is taken as done."),
    Rule("environment", "names", ("EnvMissing",), (f"{DOCS}: Service, environment variables", "Recording: a pod's environment", "pkg/kubelet/envvars"),
        "서비스 환경 변수는 컨테이너가 시작할 때 이미 있던, 같은 네임스페이스의 서비스(와 kubernetes)만 담습니다.",
        "Service variables hold what existed in the pod's namespace when the container started, and kubernetes."),
    # ── the way in ──
    Rule("firewall", "edge", ("FirewallAllowed", "FirewallOpen", "FirewallBlocked", "PrivateAddressFromOutside"), (f"{DOCS}: Using Source IP", "Google Cloud documentation: VPC firewall rules"),
        "클라우드의 방화벽은 규칙이 연 포트만 들여보냅니다. 막힌 패킷은 거절이 아니라 시간 초과입니다. 노드의 사설 주소는 인터넷에서 닿지 않습니다.",
        "The cloud's firewall lets in the ports that a rule opens; what it blocks times out. Nodes' private addresses cannot be reached from the internet.",
        "규칙은 포트와 프로토콜만 봅니다.", "Rules know ports and protocols only."),
    Rule("balancer", "edge", ("BalancerPassed", "LoadBalancerPending", "NodePortOnLoadBalancerIP", "BalancerPortClosed"), (f"{DOCS}: Service, type LoadBalancer", "KEP-1860 (ipMode VIP)"),
        "로드밸런서는 서비스 포트에서만 듣고, 살아 있는 노드(정책 Local이면 파드가 있는 노드)에만 보냅니다. 목적지 주소는 로드밸런서의 것 그대로입니다. 클라우드가 없으면 주소는 <pending>입니다.",
        "A balancer listens on the Service's ports only and sends to nodes that live (with policy Local: that have a pod); the destination stays the balancer's address. Without a cloud the address stays <pending>.",
        "구글처럼 패킷을 통과시키는 로드밸런서만 흉내 냅니다. 주소를 바꾸는 프록시형은 아닙니다.", "A passthrough balancer as Google's; not one that proxies."),
    Rule("source-ranges", "edge", ("SourceRangeBlocked",), (RECORDED,),
        "loadBalancerSourceRanges는 로드밸런서 주소를 지키고, 노드 포트는 지키지 않습니다.",
        "loadBalancerSourceRanges guards the balancer's address, not the node port."),
    Rule("inside-only", "edge", ("ClusterIPFromOutside", "PodIPFromOutside", "AddressUnreachable", "PodIPGone", "ServiceIPFree", "OwnMachine"), (RECORDED, f"{DOCS}: Cluster Networking"),
        "ClusterIP와 파드 주소는 클러스터 안에서만 통합니다. 아무도 없는 주소는 시간 초과이고, 밖에서 127.0.0.1은 보낸 컴퓨터 자신입니다.",
        "Cluster IPs and pod addresses work inside the cluster only; an address of nobody times out, and outside 127.0.0.1 is the sender's own machine.",
        "녹화에서는 같은 네트워크의 손님(vpc)에게 노드 1을 지나는 경로를 따로 넣어 주어 ClusterIP에도 닿았습니다. 여기서 vpc에는 그런 경로가 없습니다.",
        "In the recordings the client of the same network (vpc) had been given a route through node 1 and reached cluster IPs; here vpc has no such route."),
    Rule("outside", "edge", ("LeftCluster", "OutsideAnswered", "OutsideAssumed"), ("kubeviz itself",),
        "클러스터 밖의 기계로 나간 패킷은 응답을 받습니다.", "A packet that leaves for a machine outside is answered.",
        "바깥은 시뮬레이션하지 않으므로 ExternalName이 가리키는 기계와 API 서버는 언제나 응답한다고 가정합니다.",
        "The outside is not simulated: machines that ExternalName names, and the API server, are assumed to answer."),
    # ── the node ──
    Rule("node-port", "node", ("NodePortOpen", "NodePortToService", "NodePortClosed", "LoopbackNodePort"), (RECORDED,),
        "노드 포트는 모든 노드의 주소에서 열리고, nftables 방식에서는 127.0.0.1에서 열리지 않습니다. 아무도 쓰지 않는 포트는 거절됩니다.",
        "A node port is open on every node's address, in nftables mode not on 127.0.0.1; a port that nobody has is refused."),
    Rule("one-rewrite", "node", ("ServiceMatched", "Rewritten", "EndpointChosen", "ServicePortClosed"), (RECORDED,),
        "처음 패킷을 본 노드가 목적지를 파드의 주소와 targetPort로 한 번 바꿉니다. 엔드포인트는 무작위로 뽑히고, ClusterIP의 모르는 포트는 거절됩니다.",
        "The node that first sees the packet rewrites its destination to a pod's address and targetPort, once. The endpoint is taken at random; an unknown port of a cluster IP is refused.",
        "무작위는 시드로 정해져 같은 수업을 다시 볼 수 있습니다.", "Chance comes from a seed, so that a lesson can be replayed."),
    Rule("source-seen", "node", ("SourceRewritten", "Hairpin"), (RECORDED,),
        "정책 Cluster는 보낸 이를 노드의 주소로 가립니다. 받은 노드의 파드면 브리지(.1), 다른 노드면 InternalIP입니다. Local은 손님의 주소를 지키고, 자기 자신에게 돌아오는 패킷은 언제나 가립니다.",
        "Policy Cluster hides the sender behind the node: its bridge (.1) for a pod of its own, its InternalIP for others. Local keeps the client's address; a packet sent back to its own sender is always hidden.",
        "파드에서 다른 노드로 나가는 패킷을 CNI가 따로 가리는 설정은 다루지 않습니다.", "A CNI that masquerades pods' traffic to other nodes is not simulated."),
    Rule("no-endpoints", "node", ("ServiceHasNoEndpoints", "SelectorMatchesNothing", "AllEndpointsUnready"), (RECORDED,),
        "준비된 엔드포인트가 하나도 없으면 곧바로 거절됩니다.", "With no ready endpoint at all the connection is refused at once."),
    Rule("local-policy", "node", ("LocalPolicyNoEndpoint",), (RECORDED, f"{DOCS}: Service Internal Traffic Policy"),
        "정책이 Local인데 이 노드에 파드가 없으면 시간 초과입니다. externalTrafficPolicy는 밖에서 온 것만, internalTrafficPolicy는 ClusterIP만 묶습니다.",
        "With policy Local and no pod on this node it times out. externalTrafficPolicy binds what comes from outside only, internalTrafficPolicy the cluster IP only."),
    Rule("terminating", "node", ("TerminatingFallback",), (RECORDED, "KEP-1669"),
        "준비된 파드가 없으면, 끝나는 중이지만 아직 받는 파드가 맡습니다.", "If no endpoint is ready, those that are ending but still serve get the traffic."),
    Rule("affinity", "node", ("AffinityKept",), (RECORDED, f"{DOCS}: Virtual IPs, session affinity"),
        "sessionAffinity: ClientIP는 손님의 주소를 한 파드에 묶습니다. timeoutSeconds(기본 세 시간) 동안 새 연결이 없으면 풀립니다.",
        "sessionAffinity: ClientIP keeps a client's address on one pod, until timeoutSeconds (three hours if nothing is said) have passed without a new connection.",
        "진짜 노드는 저마다 따로 기억합니다. 여기서는 모든 노드가 함께 기억합니다. manage.py trace에서는 시간이 흐르지 않습니다.",
        "Real nodes remember each for itself, here all together. In manage.py trace no time passes."),
    Rule("host-port", "node", ("HostPort",), (f"{DOCS}: Pod, hostNetwork and hostPort",),
        "hostPort와 hostNetwork의 파드는 노드의 포트를 그대로 가집니다.", "Pods with hostPort or hostNetwork take the node's own port.",
        "hostIP가 127.0.0.1인 포트에는 아무도 닿지 않는 것으로 봅니다(진짜로는 그 노드 자신만).", "A port on hostIP 127.0.0.1 is reached by nobody here (really by its own node)."),
    Rule("health-check", "node", ("HealthChecked", "HealthCheckFailed"), ("pkg/proxy/healthcheck",),
        "정책 Local인 로드밸런서는 노드마다 healthCheckNodePort에 묻고, kube-proxy가 200이나 503으로 답합니다.",
        "For a balancer with policy Local kube-proxy answers 200 or 503 on each node's healthCheckNodePort."),
    Rule("node-down", "node", ("NodeDown",), (f"{DOCS}: Nodes, heartbeats", "node-monitor-grace-period since 1.32"),
        "꺼진 노드는 답하지 않아 시간 초과입니다. 50초 뒤 NotReady가 되고 그 파드가 엔드포인트에서 빠지며, 300초 뒤 쫓겨납니다.",
        "A dead node does not answer: timeout. After 50 s it is NotReady and its pods leave the endpoints; after 300 s they are evicted."),
    Rule("icmp", "node", (), (RECORDED, "RFC 792", "NetworkPolicy API reference, networking.k8s.io/v1"),
        "ping에는 파드와 노드만 답합니다. ClusterIP는 포트마다의 규칙일 뿐이라 답하지 않습니다. 포트를 적은 NetworkPolicy 규칙은 ping을 들여보내지 않습니다.",
        "Pods and nodes answer a ping. A cluster IP is only rules for ports and does not. A NetworkPolicy rule with ports lets no ping in.",
        "명세는 ICMP를 네트워크 플러그인에 맡깁니다. Calico와 Cilium처럼 봅니다.", "The specification leaves ICMP to the network plugin: as Calico and Cilium have it."),
    # ── the pod ──
    Rule("listening", "pod", ("Connected", "PodDirect", "TargetPortClosed", "PodNotRunning", "AppAssumed"), (RECORDED, f"{DOCS}: Container v1, ports"),
        "연결은 앱이 실제로 듣는 포트가 정합니다. containerPort는 설명이고, 틀린 targetPort는 파드에서 거절됩니다.",
        "What the app really listens on decides. containerPort is documentation; a wrong targetPort is refused at the pod.",
        "kubeviz.dev/app이 없는 컨테이너는 containerPort(없으면 80)에서 듣고 자기 이름으로 답한다고 가정합니다.",
        "Without kubeviz.dev/app a container is assumed to listen on its containerPorts (else 80) and to answer with its name."),
    Rule("app", "pod", ("AppAnswered", "AppError", "AppCalls", "Delivered", "Redirected"), ("kubeviz itself",),
        "앱의 응답은 annotation kubeviz.dev/app에 적힌 대로입니다. 다른 앱을 부르면 그 답을 전하고, 실패하면 502나 504로 답합니다.",
        "An app answers as its annotation kubeviz.dev/app says; if it calls another it passes the answer on, or answers 502 or 504 when that fails.",
        "컨테이너 이미지는 실행하지 않습니다.", "Container images are not run."),
    Rule("tls-at-pod", "pod", ("TLSNotSpoken",), ("curl(1), exit code 35",),
        "http만 아는 포트에 https로 말하면 curl은 35로 끝납니다.", "https to a port that speaks http ends in curl's 35.",
        "앱이 직접 TLS를 하는 경우는 다루지 않습니다.", "Apps that speak TLS themselves are not simulated."),
    # ── NetworkPolicy ──
    Rule("policy", "policy", ("PolicyAllowed", "PolicyDenied"), ("NetworkPolicy API reference, networking.k8s.io/v1", f"{DOCS}: Network Policies"),
        "어느 방향에서 정책에 선택된 파드는 그중 하나가 허용한 것만 주고받습니다. 주소를 바꾼 뒤의 파드 포트로 판단하고, 막힌 패킷은 시간 초과입니다. 자기 노드와 자기 자신은 언제나 닿습니다.",
        "A pod that policies select in a direction gets only what one of them allows, judged on the pod's port after the rewrite; a denied packet times out. Its own node and itself always reach it.",
        "ipBlock을 주소를 바꾸기 전과 후 어느 쪽으로 볼지는 명세가 열어 두었습니다. 여기서는 파드가 본 주소로 봅니다. hostNetwork 파드는 노드로 봅니다.",
        "The specification leaves open whether ipBlock sees addresses before or after a rewrite: here it is the address that the pod sees. Pods on the host's network count as their node."),
    # ── Ingress ──
    Rule("ingress-rules", "ingress", ("IngressMatched", "IngressNoMatch", "OtherHostsRule"), (INGRESS_API, f"{DOCS}: Ingress, path types and hostname wildcards"),
        "정확한 호스트, 와일드카드(라벨 하나), 호스트 없음 순서로 찾고, 경로는 가장 긴 것, 같으면 Exact가 이깁니다. 같은 경로는 오래된 Ingress가 이깁니다.",
        "Exact host before wildcard (one label) before none; the longest path, Exact before Prefix; for one path the oldest Ingress.",
        "명세를 글자대로 읽어, 그 호스트의 규칙에 경로가 없으면 덜 구체적인 호스트도 봅니다. ingress-nginx는 404로 답합니다.",
        "Read literally: where a host's own rules have no such path, less specific hosts count; ingress-nginx answers 404."),
    Rule("plain-prefix", "ingress", ("PlainPrefix",), (INGRESS_API, "nginx: location"),
        "ImplementationSpecific은 컨트롤러 마음입니다. ingress-nginx처럼 글자 그대로의 앞부분으로 봅니다.",
        "ImplementationSpecific is up to the controller: a plain prefix, as ingress-nginx has it."),
    Rule("path-reading", "ingress", ("PathInvalid",), ("nginx: location, merge_slashes", "RFC 3986: 5.2.4"),
        "nginx는 규칙을 찾기 전에 %XX를 풀고, 겹친 /를 하나로 하고, .과 ..를 따라갑니다. 앱은 (rewrite가 없으면) 원래 경로를 받습니다.",
        "Before nginx looks for a rule it decodes %XX, merges slashes and follows . and ..; without a rewrite the app gets the path as it was sent."),
    Rule("default-backend", "ingress", ("DefaultBackend", "DefaultBackendForAll"), (INGRESS_API,),
        "맞는 규칙이 없는 요청은 defaultBackend로 갑니다.", "A request that no rule matches goes to a defaultBackend.",
        "ingress-nginx는 그 Ingress의 호스트에만 적용합니다. 명세대로 모두에 적용합니다.", "ingress-nginx applies it to that Ingress' hosts only; here it is for all, as specified."),
    Rule("controller", "ingress", ("NoIngressController", "IngressClassUnknown", "ForeignController"), (INGRESS_API, CONTROL_PLANE),
        "Ingress는 규칙일 뿐이고, 그 클래스의 컨트롤러가 있어야 문이 열립니다. 클래스가 없으면 기본 클래스를 받습니다.",
        "An Ingress is rules; a controller of its class opens the door. Without a class it gets the default one.",
        "다른 컨트롤러의 Ingress에 주소가 있으면(실제 클러스터의 덤프) 그 컨트롤러가 명세대로 일한다고 봅니다.",
        "Where an Ingress of another controller has an address (the dump of a real cluster), that controller is taken to do as specified."),
    Rule("backend", "ingress", ("BackendFound", "BackendServiceMissing", "BackendUnavailable", "DirectToEndpoint", "TargetPortTaken"), (NGINX, INGRESS_API),
        "컨트롤러는 엔드포인트로 바로 보냅니다. 서비스가 없거나 비어 있으면 503, 연결이 거절되면 다음 엔드포인트로 가고 끝내 안 되면 502(시간 초과는 504)입니다.",
        "The controller sends straight to endpoints. No Service or nobody behind it is 503; a refused endpoint is passed over, and in the end it is 502 (504 for silence).",
        "규칙의 포트는 명세대로 서비스의 port라야 합니다. ingress-nginx는 targetPort를 적어도 받아 줍니다.", "A rule's port has to be a port of the Service, as specified; ingress-nginx takes a targetPort too."),
    Rule("rewrite", "ingress", ("BackendRewritten", "RegexPaths"), (f"{NGINX}: rewrite, path matching",),
        "rewrite-target과 use-regex는 그 호스트의 모든 경로를 대소문자 없는 정규식으로 만듭니다. 긴 것부터 보고, $1부터 $9까지 채웁니다.",
        "rewrite-target and use-regex turn all paths of a host into regular expressions without case, the longest first; $1 to $9 are filled in.",
        "RE2로 봅니다. 앞뒤를 살피는 식과 역참조는 맞지 않는 것으로 칩니다.", "RE2 reads them: look-around and back-references never match."),
    Rule("canary", "ingress", ("CanaryTaken", "CanaryPassedOver", "CookieKept"), (f"{NGINX}: canary, session affinity",),
        "canary는 헤더, 쿠키, 가중치 순서로 정합니다. affinity: cookie는 쿠키를 가져온 손님을 같은 파드로 보냅니다.",
        "A canary is decided by header, then cookie, then weight; affinity: cookie brings a client back to its pod.",
        "쿠키의 값은 파드 하나를 가리킵니다. ingress-nginx의 것은 해시 고리의 자리입니다.", "Our cookie names one pod; ingress-nginx' is a place on a hash ring."),
    Rule("tls", "ingress", ("TLSTerminated", "TLSExpected", "SSLRedirect", "CertificateNotTrusted", "FakeCertificate", "CertificateAssumed"), (f"{NGINX}: TLS",),
        "https는 컨트롤러에서 끝납니다. Secret이 없으면 가짜 인증서를 보여 -k 없는 curl은 60으로 멈추고, TLS 호스트의 http는 308로 돌려보냅니다.",
        "https ends at the controller. Without its Secret the fake certificate is shown, at which curl without -k stops with 60; http of a TLS host is sent on with 308.",
        "Secret의 인증서는 믿을 만하다고 봅니다. 내용은 읽지 않습니다. manage.py trace는 인증서를 확인하지 않습니다.",
        "A Secret's certificate is taken as trusted and not read. manage.py trace does not check certificates."),
    Rule("annotations", "ingress", ("AnnotationIgnored",), (f"{NGINX}: annotations",),
        "길을 바꾸는 annotation 가운데 rewrite-target, use-regex, ssl-redirect, force-ssl-redirect, canary, affinity를 따릅니다.",
        "Of the annotations that change the way: rewrite-target, use-regex, ssl-redirect, force-ssl-redirect, canary and affinity.",
        "나머지는 하는 척하지 않고 걸음에 이름을 적습니다.", "The others are named in the step, not pretended."),
    # ── the control plane ──
    Rule("endpoints", "control", (), (CONTROL_PLANE,),
        "Endpoints와 EndpointSlice는 셀렉터, 준비 상태, 이름 있는 포트, 종료 중인 파드를 따라 진짜 컨트롤러처럼 바뀝니다.",
        "Endpoints and EndpointSlices follow selectors, readiness, named ports and terminating pods as the real controllers write them."),
    Rule("scheduler", "control", (), ("pkg/scheduler/framework/plugins", f"{DOCS}: Assigning Pods to Nodes; Pod Topology Spread Constraints; Taints and Tolerations", CONTROL_PLANE),
        "스케줄러는 nodeSelector와 affinity, taint, hostPort, CPU·메모리 요청, 퍼뜨리기 제약을 차례로 보고, 갈 노드가 없으면 노드마다 이유를 말합니다.",
        "The scheduler looks at nodeSelector and affinities, taints, host ports, CPU and memory requests and spread constraints, and says of each node why not.",
        "우선순위가 높은 파드가 다른 파드를 밀어내지(preemption) 않습니다. 맞는 노드들 가운데서는 선호(preferred)를 먼저, 그다음 고르게 퍼뜨리기만 봅니다. 볼륨은 보지 않고, allocatable을 적지 않은 노드는 넉넉하다고 봅니다.",
        "A pod of higher priority pushes nobody out (preemption). Among the nodes that fit only preferences, then an even spread count. Volumes are not looked at; a node without allocatable has enough."),
    Rule("taints", "control", (), ("pkg/controller/nodelifecycle, pkg/controller/tainteviction", f"{DOCS}: Taints and Tolerations"),
        "NoExecute taint는 견디지 못하는 파드를 곧바로, tolerationSeconds가 있으면 그만큼 뒤에 내보냅니다. cordon한 노드와 조용해진 노드에는 taint가 붙습니다.",
        "A taint NoExecute drives out at once who does not tolerate it, or after tolerationSeconds. A cordoned and an unreachable node bear taints."),
    Rule("daemons", "control", (), ("pkg/controller/daemon",),
        "DaemonSet의 파드는 노드 하나를 affinity로 가리키고 스케줄러가 그리로 보냅니다. NoSchedule taint는 새 파드만 막고, 이미 있는 파드는 NoExecute만 내보냅니다.",
        "A DaemonSet's pod names its node by affinity and the scheduler brings it there. A taint NoSchedule keeps only new pods away; those there leave for NoExecute alone."),
    Rule("jobs", "control", (), ("pkg/controller/job, pkg/controller/ttlafterfinished", f"{DOCS}: Jobs; Handling retriable and non-retriable pod failures"),
        "Job은 끝난 파드를 하나씩 세고(그때까지 finalizer가 붙잡습니다), 실패하면 점점 오래 쉬었다가 다시 만듭니다. backoffLimit과 인덱스별 한도, podFailurePolicy, successPolicy, 마감 시각이 끝을 정합니다.",
        "A Job counts each pod that ended (a finalizer holds it until then) and after a failure waits longer and longer before the next. backoffLimit, limits per index, podFailurePolicy, successPolicy and the deadline decide its end.",
        "앱이 스스로 끝나는 값은 0(completed)과 1(crash)뿐이고, 아무것도 적지 않은 Job의 컨테이너는 1초 뒤 성공합니다.",
        "Apps end by themselves with 0 (completed) or 1 (crash) only; a Job's container of which nothing is said succeeds after a second."),
    Rule("cronjobs", "control", (), ("pkg/apis/batch/validation",),
        "CronJob은 API 서버처럼 검사하고 보여 줍니다.", "A CronJob is checked and shown as the API server does.",
        "시각이 되어도 Job을 만들지 않습니다.",
        "Nothing is started at its times."),
    Rule("stateful", "control", (), ("pkg/controller/statefulset", f"{DOCS}: StatefulSets"),
        "StatefulSet은 0번부터 차례로 만들고 높은 번호부터 줄이고 바꿉니다. 차례대로(OrderedReady)일 때는 준비되지 않은 파드 하나가 나머지를 모두 기다리게 합니다.",
        "A StatefulSet starts with the lowest number and shrinks and updates from the highest. In order (OrderedReady) one pod that is not ready makes all others wait.",
        "볼륨을 만들지 않습니다.", "No volumes are made."),
    Rule("most-pods", "control", (), ("kubeviz itself",),
        "워크로드 하나는 파드를 2,000개까지만 만들고, 더 바라면 이벤트(FailedCreate)로 말합니다.",
        "One workload makes at most 2,000 pods; one that asks for more is told by an event (FailedCreate).",
        "진짜 클러스터에는 이런 한도가 없습니다(ResourceQuota로 정합니다).", "A real cluster has no such limit (a ResourceQuota sets one)."),
    Rule("namespaces", "control", (), ("pkg/controller/serviceaccount, pkg/controller/certificates/rootcacertpublisher", f"{DOCS}: Namespaces"),
        "네임스페이스마다 ServiceAccount default와 ConfigMap kube-root-ca.crt가 있고, 지우면 다시 생깁니다. 네임스페이스를 지우면 그 안의 것이 모두 사라집니다.",
        "Each namespace has the ServiceAccount default and the ConfigMap kube-root-ca.crt, which come back when deleted. A namespace takes all that is in it along.",
        "인증서는 없습니다. 파드에 토큰을 붙이지 않습니다.", "There are no certificates, and no token is mounted into pods."),
    Rule("lost-nodes", "control", (), ("pkg/controller/podgc",),
        "노드를 지우면 그 파드는 40초 뒤 사라지고 다른 노드에 다시 만들어집니다.", "Forty seconds after a node was deleted its pods go and are made anew elsewhere."),
    Rule("configuration", "control", (), ("pkg/kubelet: makeEnvironmentVariables; pkg/volume", f"{DOCS}: Configure a Pod to Use a ConfigMap; Secrets"),
        "없어서는 안 되는 ConfigMap이나 Secret이 없으면 컨테이너는 CreateContainerConfigError로, 볼륨이면 ContainerCreating으로 기다리고, 생기면 스스로 시작합니다.",
        "Without a ConfigMap or Secret that is not optional a container waits as CreateContainerConfigError, with a volume of it as ContainerCreating; it starts by itself when that appears.",
        "진짜 kubelet은 조금 뒤에야 다시 봅니다. 여기서는 곧바로 봅니다.", "A real kubelet looks again after a while, here at once."),
    Rule("time", "control", (), ("kubeviz itself",),
        "시간은 실습실의 가상 시계입니다.", "Time is the lab's virtual clock.",
        "컨테이너는 1초에 시작하고 2초에 멈춥니다. 진짜는 저마다 다릅니다.", "A container starts in one second and stops in two; real ones vary."),
    Rule("pod-names", "control", (), (CONTROL_PLANE,),
        "파드의 이름은 진짜처럼 ReplicaSet의 해시와 무작위 다섯 글자입니다.", "A pod's name bears its ReplicaSet's hash and five random letters, as real ones do.",
        "해시는 Go의 메모리 구조가 아니라 JSON에서 만들어 값이 다릅니다.", "The hash is made from JSON, not from Go's structures, so its value differs."),
)  # fmt: skip

BY_CODE: dict[str, Rule] = {code: rule for rule in RULES for code in rule.codes}


def markdown() -> str:
    """docs/fidelity.md."""
    lines = [
        "# Fidelity",
        "",
        "What kubeviz says is what a real cluster does, as far as it goes. Here is every rule, where it is from, and what is",
        "simplified. The page /fidelity/ says the same in Korean and English; each step of a trace links to its rule.",
        "This document is `markdown()` of `kubeviz/wording/fidelity.py`; a test holds the two equal.",
        "",
        "`tests/conformance/` holds the recordings: real packets through the real kube-proxy (which pod answered, which client",
        "address it saw, refused or timed out), and what the real API server said to invalid objects.",
    ]
    for stage, (_, title) in STAGES.items():
        lines += ["", f"## {title}", ""]
        for rule in (r for r in RULES if r.stage == stage):
            codes = f" ({', '.join(rule.codes)})" if rule.codes else ""
            lines.append(f"- **{rule.id}**{codes}: {rule.en} *Source: {'; '.join(rule.sources)}.*")
            if rule.less_en:
                lines.append(f"  Simplified: {rule.less_en}")
    return "\n".join(lines) + "\n"
