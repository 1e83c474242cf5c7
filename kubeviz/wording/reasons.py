"""Every reason in two languages: one sentence that says what happened, one that says why it is so.

`{service}` is the parameter's short name; `{service:은/는}` adds the Korean particle that fits it.
"""

from typing import NamedTuple


class Words(NamedTuple):
    ko: str
    ko_why: str
    en: str
    en_why: str


REASONS: dict[str, Words] = {
    # ── steps on the way ──
    "PublicNameResolved": Words(
        "바깥의 DNS가 {host}의 주소로 {address:을/를} 알려 주었습니다.",
        "이 주소는 Ingress의 ADDRESS, 곧 Ingress 컨트롤러의 바깥 주소입니다.",
        "The public DNS answered {address} for {host}.",
        "That is the ADDRESS of the Ingress: where its controller is reached from outside."),
    "NameResolved": Words(
        "클러스터 DNS가 {host}의 주소로 {address:을/를} 알려 주었습니다. 찾은 전체 이름은 {full}입니다.",
        "파드의 resolv.conf에 있는 search 목록을 차례로 붙여 보았고, 서비스 이름은 ClusterIP로 풀립니다.",
        "The cluster's DNS answered {address} for {host}; the full name found is {full}.",
        "The search list in the pod's resolv.conf was tried in order, and a Service's name stands for its ClusterIP."),
    "HeadlessResolved": Words(
        "헤드리스 서비스라서 DNS가 파드의 주소 {count}개를 그대로 알려 주었고, 그중 {address:을/를} 씁니다.",
        "clusterIP가 None이면 가운데 주소가 없습니다. 그래서 targetPort도 아무 일을 하지 않습니다.",
        "A headless Service: DNS answered with the {count} pod addresses themselves; {address} is used.",
        "With clusterIP None there is no address in between, so targetPort has no effect either."),
    "AliasFollowed": Words(
        "{full:은/는} 별명(CNAME)이라 {chain:을/를} 따라가 {address:을/를} 얻었습니다.",
        "ExternalName 서비스는 DNS의 별명일 뿐입니다. 포트도, 프록시도, 엔드포인트도 없습니다.",
        "{full} is an alias (CNAME); following {chain} gave {address}.",
        "An ExternalName Service is nothing but a DNS alias: no port, no proxy, no endpoints."),
    "HostsFile": Words(
        "파드의 /etc/hosts에서 {host}의 주소 {address:을/를} 찾았습니다.",
        "/etc/hosts는 DNS보다 먼저 봅니다. hostAliases가 여기에 적힙니다.",
        "The pod's /etc/hosts has {address} for {host}.",
        "/etc/hosts is read before DNS is asked; hostAliases are written there."),
    "FirewallAllowed": Words(
        "방화벽 규칙 {rule:이/가} {port}번 포트를 열어 두어 통과했습니다.",
        "클라우드의 방화벽은 노드 앞에 있습니다. 규칙이 없는 포트는 모두 막습니다.",
        "Firewall rule {rule} lets port {port} in.",
        "The cloud's firewall stands before the nodes and blocks every port that no rule opens."),
    "FirewallOpen": Words(
        "방화벽이 열려 있어 {port}번 포트로 들어왔습니다.",
        "이 실습실은 방화벽을 모두 열어 두었습니다. 진짜 클라우드에서는 규칙이 필요합니다.",
        "The firewall stands open: port {port} was let in.",
        "This lab leaves the firewall open; a real cloud wants a rule."),
    "NodePortOpen": Words(
        "{node}의 노드 포트 {port:으로/로} 들어왔습니다. 이 포트는 서비스 {service}의 것입니다.",
        "노드 포트는 파드가 있는 노드만이 아니라 모든 노드에서 열립니다.",
        "It came in at node port {port} of {node}, which belongs to Service {service}.",
        "A node port is open on every node, not only where a pod runs."),
    "NodePortToService": Words(
        "노드 포트 {nodePort:은/는} 서비스 {service}의 {port}번 포트로 이어집니다.",
        "NodePort 서비스는 ClusterIP 서비스를 포함합니다. 바깥 문 하나가 더 있을 뿐입니다.",
        "Node port {nodePort} leads to port {port} of Service {service}.",
        "A NodePort Service is a ClusterIP Service with one more door to the outside."),
    "BalancerPassed": Words(
        "로드밸런서 {ip}:{port:이/가} 살아 있는 노드 가운데 {node:을/를} 골랐습니다.",
        "로드밸런서는 서비스 포트에서만 듣고, 죽은 노드는 빼고 나눕니다.",
        "The balancer at {ip}:{port} chose {node} among the nodes that are alive.",
        "It listens on the Service's ports only, and leaves dead nodes out."),
    "HostPort": Words(
        "{node}의 {port}번 포트는 파드 {pod:이/가} 직접 쓰고 있습니다.",
        "hostPort나 hostNetwork를 쓰는 파드는 노드의 포트를 그대로 가집니다.",
        "Port {port} of {node} belongs to pod {pod} itself.",
        "A pod with hostPort or hostNetwork takes the node's own port."),
    "ServiceMatched": Words(
        "{ip}:{port:은/는} 서비스 {service}의 주소와 포트입니다.",
        "ClusterIP는 어느 기계에도 붙어 있지 않은 가상 주소이고, 노드마다 kube-proxy가 적어 둔 규칙이 알아봅니다.",
        "{ip}:{port} is the address and port of Service {service}.",
        "A ClusterIP is virtual: no machine has it. The rules that kube-proxy wrote on each node recognise it."),
    "EndpointChosen": Words(
        "서비스 {service:이/가} 엔드포인트 {count}개 중에서 {endpoint:을/를} 골랐습니다.",
        "셀렉터에 맞고 준비된 파드만 후보가 되고, 그중 하나가 무작위로 뽑힙니다. 포트는 targetPort로 바뀝니다.",
        "Service {service} chose {endpoint} among {count} endpoints.",
        "Only ready pods that match the selector are candidates; one is taken by chance, and the port becomes the targetPort."),
    "AffinityKept": Words(
        "세션 고정 때문에 이 손님은 {endpoint:으로/로} 갑니다.",
        "sessionAffinity: ClientIP이면 같은 손님 주소는 계속 같은 파드로 보냅니다.",
        "Session affinity sends this client to {endpoint}.",
        "With sessionAffinity: ClientIP one client address stays with one pod."),
    "Rewritten": Words(
        "{node}에서 목적지가 {from}에서 {to:으로/로} 한 번에 바뀌었습니다.",
        "패킷은 서비스를 거쳐 가지 않습니다. 처음 만난 노드가 목적지를 파드의 주소와 targetPort로 바꿔 씁니다.",
        "{node} rewrote the destination from {from} to {to}, once.",
        "The packet does not travel through the Service: the node that first sees it writes the pod's address and targetPort into it."),
    "SourceRewritten": Words(
        "보낸 이의 주소도 {from}에서 {to:으로/로} 바뀌었습니다. 파드는 손님의 주소를 보지 못합니다.",
        "답장이 같은 노드로 돌아오게 하려는 것입니다(externalTrafficPolicy: Cluster). Local이면 손님 주소가 남습니다.",
        "The source was rewritten from {from} to {to}: the pod does not see the client's address.",
        "So that the reply comes back through the same node (externalTrafficPolicy: Cluster); Local keeps the client's address."),
    "Hairpin": Words(
        "자기 자신에게 되돌아오는 패킷이라 출발지가 {from}에서 {to:으로/로} 바뀌었습니다.",
        "서비스를 부른 파드 자신이 뽑힐 수도 있습니다. 출발지를 바꾸지 않으면 답장이 길을 잃습니다.",
        "The packet returns to its own sender, so its source became {to} instead of {from}.",
        "A pod may be chosen by its own Service; without this the reply would be lost."),
    "PodDirect": Words(
        "파드 {pod}의 주소 {ip}:{port:으로/로} 곧바로 갔습니다.",
        "클러스터 안에서는 파드끼리 주소로 바로 닿습니다. 다만 파드가 바뀌면 주소도 바뀝니다.",
        "It went straight to {ip}:{port}, pod {pod}.",
        "Inside the cluster pods reach each other by address; but a new pod has a new address."),
    "Connected": Words(
        "{pod:이/가} {port}번 포트에서 듣고 있어 연결되었습니다.",
        "연결은 앱이 실제로 듣는 포트가 정합니다. containerPort는 설명일 뿐입니다.",
        "{pod} listens on port {port}: connected.",
        "What the app really listens on decides; containerPort is documentation."),
    "AppAnswered": Words(
        "{pod:이/가} {status} 응답을 보냈습니다. 파드가 본 보낸 이의 주소는 {source_ip}입니다.",
        "답장은 온 길을 거꾸로 돌아가며, 바뀐 주소도 하나씩 되돌려집니다.",
        "{pod} answered {status}. The sender's address it saw was {source_ip}.",
        "The reply goes back the same way, and each rewritten address is put back."),
    "AppCalls": Words(
        "{pod:이/가} {path} 요청을 처리하려고 {url:을/를} 부릅니다.",
        "파드 안의 앱이 다른 서비스를 찾아가는 것을 서비스 디스커버리라고 합니다.",
        "To answer {path}, {pod} calls {url}.",
        "An app that finds another Service from inside its pod: service discovery."),
    "IngressMatched": Words(
        "호스트 {host}, 경로 {path:이/가} Ingress {ingress}의 규칙 {rule}({type})에 맞았습니다.",
        "호스트가 먼저, 그다음 경로입니다. 더 길게 맞는 규칙이 이기고, 같으면 Exact가 이깁니다.",
        "Host {host} and path {path} match rule {rule} ({type}) of Ingress {ingress}.",
        "First the host, then the path: the longest match wins, and Exact before Prefix."),
    "DefaultBackend": Words(
        "{host}{path}에 맞는 규칙이 없어 Ingress {ingress}의 기본 백엔드로 갑니다.",
        "defaultBackend는 어느 규칙에도 맞지 않은 요청을 받습니다.",
        "No rule matches {host}{path}: it goes to the default backend of Ingress {ingress}.",
        "defaultBackend takes every request that no rule matched."),
    "BackendFound": Words(
        "이 규칙의 백엔드는 서비스 {service}의 {port}번 포트입니다.",
        "Ingress는 파드가 아니라 서비스의 이름을 적습니다. 파드는 서비스가 압니다.",
        "The rule's backend is port {port} of Service {service}.",
        "An Ingress names Services, not pods; which pods they are, the Service knows."),
    "DirectToEndpoint": Words(
        "컨트롤러가 서비스의 ClusterIP를 거치지 않고 {endpoint:으로/로} 바로 보냈습니다.",
        "Ingress 컨트롤러는 엔드포인트 목록을 직접 봅니다. 배운 그림의 서비스는 주소록 역할을 합니다.",
        "The controller sent it straight to {endpoint}, past the Service's ClusterIP.",
        "An ingress controller reads the endpoints itself; the Service in the taught picture is its address book."),
    "SSLRedirect": Words(
        "컨트롤러가 {status:으로/로} 답하며 https로 다시 오라고 했습니다.",
        "이 호스트에 TLS가 적혀 있어 http 요청은 https로 돌려보냅니다(ssl-redirect).",
        "The controller answered {status}: come back by https.",
        "The host has TLS, so http is sent on to https (ssl-redirect)."),
    "BackendRewritten": Words(
        "규칙의 백엔드는 서비스 {service}의 {port}번 포트이고, 경로는 {path:으로/로} 바뀌었습니다.",
        "rewrite-target은 맞은 경로 전체를 대신합니다. $1, $2는 경로의 괄호에 든 글자입니다.",
        "The rule's backend is port {port} of Service {service}, and the path was rewritten to {path}.",
        "rewrite-target takes the place of the whole path; $1, $2 are the groups of the rule's path."),
    "CookieKept": Words(
        "쿠키 덕분에 이 손님은 다시 {endpoint:으로/로} 갑니다.",
        "affinity: cookie이면 컨트롤러가 첫 응답에 쿠키를 주고, 그 쿠키를 가져온 손님을 같은 파드로 보냅니다.",
        "Its cookie sends this client to {endpoint} again.",
        "With affinity: cookie the controller gives a cookie with the first answer, and whoever brings it comes to the same pod."),
    "CanaryTaken": Words(
        "카나리 Ingress {canary:이/가} 이 요청을 맡았습니다 ({because}).",
        "먼저 canary-by-header, 다음 canary-by-cookie, 그다음 canary-weight가 정합니다.",
        "The canary Ingress {canary} takes this request ({because}).",
        "canary-by-header decides first, then canary-by-cookie, then canary-weight."),
    "CanaryPassedOver": Words(
        "카나리 Ingress {canary} 대신 원래의 {ingress:이/가} 맡았습니다 ({because}).",
        "먼저 canary-by-header, 다음 canary-by-cookie, 그다음 canary-weight가 정합니다.",
        "{ingress} takes this request, not its canary {canary} ({because}).",
        "canary-by-header decides first, then canary-by-cookie, then canary-weight."),
    "TLSTerminated": Words(
        "컨트롤러가 {host}의 TLS 연결을 맺고 암호를 풀었습니다.",
        "암호는 컨트롤러까지입니다. 그 뒤 파드까지는 평범한 http로 갑니다.",
        "The controller made the TLS connection for {host} and decrypted it.",
        "Encryption ends at the controller; from there to the pod it is plain http."),
    "ForeignController": Words(
        "{ip:은/는} 다른 Ingress 컨트롤러의 주소입니다.",
        "클러스터 밖의 로드밸런서가 Ingress 규칙을 따르는 경우입니다. 그 컨트롤러도 같은 규칙을 명세대로 따른다고 봅니다.",
        "{ip} is the address of another ingress controller.",
        "A balancer outside the cluster that obeys Ingress rules. We take it to follow the same rules, as specified."),
    "LeftCluster": Words(
        "패킷이 클러스터 밖의 {host}({ip})로 나갔습니다.",
        "쿠버네티스 밖의 주소라서 서비스도 엔드포인트도 관여하지 않습니다.",
        "The packet left the cluster for {host} ({ip}).",
        "An address outside Kubernetes: no Service and no endpoint has a part in it."),
    "OutsideAnswered": Words(
        "{address}에서 응답이 왔습니다.",
        "클러스터 밖의 기계는 시뮬레이션하지 않습니다. 응답한다고 가정합니다.",
        "{address} answered.",
        "Machines outside the cluster are not simulated; they are assumed to answer."),
    # ── how it ends ──
    "Delivered": Words(
        "요청이 도착했습니다.", "길의 모든 단계가 맞았습니다.",
        "The request was delivered.", "Every step of the way fitted."),
    "Redirected": Words(
        "다른 주소로 다시 오라는 응답을 받았습니다.", "3xx 응답은 오류가 아닙니다. Location이 다음 주소입니다.",
        "The answer says: come again at another address.", "A 3xx is no error; Location is where to go next."),
    "NameNotFound": Words(
        "{host:이라는/라는} 이름을 아무도 모릅니다 (NXDOMAIN).",
        "짧은 이름은 같은 네임스페이스에서만 통합니다. 다른 곳의 서비스는 `서비스.네임스페이스`로 부르고, 포트는 그 뒤에 붙입니다.",
        "Nobody knows the name {host} (NXDOMAIN).",
        "A short name works in its own namespace only; elsewhere write `service.namespace`, and the port after it."),
    "NameHasNoAddress": Words(
        "{host:이라는/라는} 이름은 있지만 주소가 없습니다.",
        "DNS는 '그런 이름 없음'과 '주소 없음'을 구별합니다.",
        "The name {host} exists but has no address.",
        "DNS tells 'no such name' from 'no address'."),
    "EnvMissing": Words(
        "환경 변수 {missing:이/가} 이 컨테이너에 없습니다.",
        "서비스 환경 변수는 컨테이너가 시작할 때 이미 있던, 같은 네임스페이스의 서비스만 들어갑니다. 나중에 만든 서비스를 보려면 다시 시작해야 합니다.",
        "The container has no environment variable {missing}.",
        "Service variables are set when a container starts, for Services of its namespace that already exist. To see a later one, restart it."),
    "DNSUnavailable": Words(
        "DNS 서버 {server}에 답할 CoreDNS 파드가 없어 {host:을/를} 찾지 못했습니다.",
        "클러스터의 DNS도 kube-dns 서비스 뒤의 파드입니다. 그 파드가 없으면 이름은 모두 풀리지 않습니다.",
        "No CoreDNS pod answers at {server}, so {host} could not be looked up.",
        "The cluster's DNS is itself pods behind the Service kube-dns; without them no name resolves."),
    "DNSBlocked": Words(
        "NetworkPolicy가 DNS로 나가는 길을 막아 {host:을/를} 찾지 못했습니다.",
        "나가는 방향을 모두 막으면 DNS도 함께 막힙니다. 53번 포트를 따로 허용해야 합니다.",
        "A NetworkPolicy blocks the way to DNS, so {host} could not be looked up.",
        "Denying all egress denies DNS too: allow port 53."),
    "FirewallBlocked": Words(
        "방화벽이 {ip}:{port:을/를} 막았습니다. 답이 없어 시간이 초과되었습니다.",
        "노드 포트를 열어도 클라우드 방화벽은 따로 허용해야 합니다. 막힌 패킷은 거절 대신 조용히 버려집니다.",
        "The firewall blocked {ip}:{port}; no answer came and the request timed out.",
        "Opening a node port does not open the cloud's firewall. A blocked packet is dropped silently, not refused."),
    "ClusterIPFromOutside": Words(
        "{ip:은/는} 클러스터 안에서만 쓰는 주소라 바깥에서는 닿지 않습니다.",
        "ClusterIP는 노드 안의 규칙으로만 존재합니다. 바깥에서 들어오려면 NodePort, LoadBalancer, Ingress가 필요합니다.",
        "{ip} exists inside the cluster only and cannot be reached from outside.",
        "A ClusterIP lives in the nodes' rules alone. To come in from outside takes a NodePort, a LoadBalancer or an Ingress."),
    "PodIPFromOutside": Words(
        "파드 주소 {ip:은/는} 클러스터 안에서만 통합니다.",
        "파드 네트워크는 바깥의 라우터가 모릅니다. 게다가 파드가 바뀌면 주소도 바뀝니다.",
        "The pod address {ip} is only known inside the cluster.",
        "Routers outside do not know the pod network; and a new pod has a new address."),
    "PrivateAddressFromOutside": Words(
        "{ip:은/는} 노드의 사설 주소라 인터넷에서 닿지 않습니다.",
        "인터넷에서는 노드의 EXTERNAL-IP로 와야 합니다.",
        "{ip} is the node's private address; the internet cannot reach it.",
        "From the internet use the node's EXTERNAL-IP."),
    "OwnMachine": Words(
        "{ip:은/는} 요청을 보낸 컴퓨터 자신입니다. {port}번 포트에서 듣는 프로그램이 없어 거절되었습니다.",
        "클러스터는 다른 기계입니다. 노드나 로드밸런서의 주소를 쓰세요.",
        "{ip} is the sender's own machine; no program listens there on port {port}: refused.",
        "The cluster is another machine: use the address of a node or a balancer."),
    "AddressUnreachable": Words(
        "{ip}에는 아무도 없습니다. 답이 없어 시간이 초과되었습니다.",
        "주소가 바뀌었거나 잘못 적혔을 수 있습니다.",
        "Nobody is at {ip}; no answer came and the request timed out.",
        "The address may have changed, or is mistyped."),
    "PodIPGone": Words(
        "{address}에는 이제 파드가 없습니다. 답이 없어 시간이 초과되었습니다.",
        "파드가 새로 만들어지면 주소도 새것입니다. 그래서 서비스의 이름이나 ClusterIP를 씁니다.",
        "No pod is at {address} any more; the request timed out.",
        "A new pod gets a new address. That is why one uses a Service's name or ClusterIP."),
    "ServiceIPFree": Words(
        "{ip:은/는} 서비스 주소의 범위에 있지만, 그 주소를 가진 서비스가 없습니다. 시간이 초과되었습니다.",
        "kubectl get svc -A로 지금 있는 서비스의 CLUSTER-IP를 보세요. 지우고 다시 만든 서비스는 주소가 새것입니다.",
        "{ip} is in the Services' range, but no Service has it; the request timed out.",
        "See the CLUSTER-IPs of the Services there are: kubectl get svc -A. One that was deleted and made again has a new "
        "address."),
    "NodePortOnLoadBalancerIP": Words(
        "로드밸런서 {ip:은/는} 노드 포트 {port:을/를} 듣지 않습니다. 시간이 초과되었습니다.",
        "로드밸런서는 서비스 포트({open})에서만 듣습니다. 노드 포트는 노드의 주소로 와야 합니다.",
        "The balancer {ip} does not listen on node port {port}; the request timed out.",
        "A balancer listens on the Service's port ({open}) only; the node port is on the nodes' own addresses."),
    "BalancerPortClosed": Words(
        "로드밸런서 {ip:은/는} {port}번 포트를 듣지 않습니다.",
        "로드밸런서는 서비스에 적힌 포트({open})만 엽니다.",
        "The balancer {ip} does not listen on port {port}.",
        "It opens the ports of its Service only ({open})."),
    "LoadBalancerPending": Words(
        "로드밸런서의 주소가 아직 없습니다 (<pending>).",
        "주소는 클라우드가 줍니다. 클라우드가 없으면 받지 못하고, minikube에서는 `minikube tunnel`이 필요합니다.",
        "The load balancer has no address yet (<pending>).",
        "The cloud hands it out; without a cloud there is none, and minikube needs `minikube tunnel`."),
    "SourceRangeBlocked": Words(
        "서비스 {service:은/는} {ranges}에서 온 손님만 받습니다. {client:은/는} 버려졌습니다.",
        "loadBalancerSourceRanges는 로드밸런서 주소를 지킵니다. 막힌 패킷은 거절되지 않고 사라집니다.",
        "Service {service} takes clients from {ranges} only; {client} was dropped.",
        "loadBalancerSourceRanges guards the balancer's address; what it blocks times out."),
    "LocalPolicyNoEndpoint": Words(
        "{node}에는 {service}의 준비된 파드가 없고, 정책 Local은 다른 노드로 넘기지 않습니다. 시간이 초과되었습니다.",
        "externalTrafficPolicy: Local은 손님의 주소를 지키는 대신 그 노드의 파드만 씁니다. 안쪽(internalTrafficPolicy)의 Local도 그 노드의 파드만 씁니다.",
        "{node} has no ready pod of {service}, and policy Local does not pass it on: timed out.",
        "externalTrafficPolicy: Local keeps the client's address but uses the pods of that node only; so does internalTrafficPolicy: Local inside."),
    "PolicyDenied": Words(
        "NetworkPolicy가 {from}에서 {to}의 {port}번 포트로 가는 패킷을 허용하지 않았습니다.",
        "파드를 고르는 정책이 하나라도 있으면, 그중 하나가 허용한 것만 지나갑니다. 막힌 패킷은 거절이 아니라 시간 초과가 됩니다.",
        "No NetworkPolicy allows the packet from {from} to port {port} of {to}.",
        "Once a policy selects a pod, only what some policy allows gets through. A denied packet times out."),
    "PolicyAllowed": Words(
        "NetworkPolicy {policy:이/가} {from}에서 {to}의 {port}번 포트로 가는 패킷을 허용했습니다 ({direction}).",
        "파드를 고르는 정책이 있으면 그중 하나는 허용해야 합니다. 정책들은 더해질 뿐, 거부하는 정책은 없습니다.",
        "NetworkPolicy {policy} allows the packet from {from} to port {port} of {to} ({direction}).",
        "Where policies select a pod, one of them has to allow it. Policies add up; none can deny."),
    "HealthChecked": Words(
        "{node}의 kube-proxy가 서비스 {service:을/를} 받을 파드가 {count}개 있다고 답했습니다.",
        "healthCheckNodePort는 로드밸런서가 노드마다 묻는 곳입니다. 정책 Local에서 파드가 있는 노드만 고르기 위해서입니다.",
        "kube-proxy on {node} answered that it has {count} pods of Service {service}.",
        "A balancer asks each node's healthCheckNodePort, so that with policy Local it takes nodes with a pod only."),
    "HealthCheckFailed": Words(
        "{node}에는 서비스 {service}의 준비된 파드가 없어 kube-proxy가 503으로 답했습니다.",
        "로드밸런서는 이 노드를 빼고 보냅니다. 정책 Local은 다른 노드로 넘기지 않기 때문입니다.",
        "{node} has no ready pod of Service {service}: kube-proxy answered 503.",
        "The balancer leaves this node out, because policy Local does not pass traffic on to others."),
    "NodeDown": Words(
        "노드가 꺼져 있어 답이 없습니다. 시간이 초과되었습니다.",
        "서비스는 노드가 NotReady로 판정될 때까지(약 50초) 그 파드를 빼지 않습니다. 노드 주소로 들어오는 손님은 바로 영향을 받습니다.",
        "The node is down and does not answer: timed out.",
        "Until the node is declared NotReady (some 50 s) a Service keeps its pods; whoever uses the node's own address is hit at once."),
    "NodePortClosed": Words(
        "{node:은/는} {port}번 포트를 듣지 않습니다. 연결이 거절되었습니다.",
        "어느 서비스도 이 번호를 nodePort로 쓰지 않습니다. 노드 포트는 30000-32767입니다.",
        "{node} does not listen on port {port}: connection refused.",
        "No Service has this number as its nodePort; node ports are 30000-32767."),
    "ServicePortClosed": Words(
        "서비스 {service}에는 {port}번 포트가 없습니다. 연결이 거절되었습니다.",
        "서비스는 spec.ports의 port({open})로만 받습니다. targetPort나 nodePort가 아닙니다.",
        "Service {service} has no port {port}: connection refused.",
        "A Service is reached on the `port` of its spec.ports ({open}), not on targetPort or nodePort."),
    "ServiceHasNoEndpoints": Words(
        "서비스 {service} 뒤에 아무도 없습니다. 연결이 거절되었습니다.",
        "엔드포인트가 비어 있으면 노드가 곧바로 거절합니다.",
        "Nobody stands behind Service {service}: connection refused.",
        "With no endpoints the node refuses at once."),
    "SelectorMatchesNothing": Words(
        "서비스 {service}의 셀렉터 {selector}에 맞는 파드가 없습니다. 연결이 거절되었습니다.",
        "서비스는 이름이 아니라 라벨로 파드를 찾습니다. 한 글자만 달라도 엔드포인트가 빕니다.",
        "No pod matches the selector {selector} of Service {service}: connection refused.",
        "A Service finds its pods by labels, not names. One wrong letter, and there are no endpoints."),
    "AllEndpointsUnready": Words(
        "서비스 {service}의 파드가 하나도 준비되지 않았습니다. 연결이 거절되었습니다.",
        "아직 시작하는 중이거나 readinessProbe를 통과하지 못한 파드는 손님을 받지 못합니다. 살아 있어도 준비된 엔드포인트가 아니기 때문입니다.",
        "No pod of Service {service} is ready: connection refused.",
        "A pod that is still starting, or fails its readiness probe, is not among the ready endpoints: it may live, but gets no traffic."),
    "TargetPortClosed": Words(
        "{pod:은/는} {port}번 포트를 듣지 않습니다. 파드에서 연결이 거절되었습니다.",
        "targetPort가 앱이 실제로 듣는 포트({listening})와 다릅니다. 엔드포인트 목록은 멀쩡해 보여서 찾기 어렵습니다.",
        "{pod} does not listen on port {port}: refused at the pod.",
        "targetPort differs from what the app really listens on ({listening}). The endpoints look healthy, which makes it hard to find."),
    "PodNotRunning": Words(
        "{pod:이/가} 돌고 있지 않습니다 ({state}). 연결이 거절되었습니다.",
        "파드의 주소는 있지만 컨테이너가 듣고 있지 않습니다.",
        "{pod} is not running ({state}): connection refused.",
        "The pod has an address, but no container listens."),
    "NoIngressController": Words(
        "이 Ingress를 따르는 컨트롤러가 없어 아무도 듣지 않습니다.",
        "Ingress는 규칙을 적은 객체일 뿐입니다. 그대로 움직이는 프로그램(Ingress 컨트롤러)이 있어야 문이 열립니다.",
        "No controller obeys this Ingress: nobody listens.",
        "An Ingress is an object with rules and no more. Only a program that obeys them, an ingress controller, opens a door."),
    "IngressClassUnknown": Words(
        "Ingress {ingress:이/가} 클래스 {class:을/를} 불렀지만, 그런 IngressClass가 없습니다.",
        "컨트롤러는 자기 클래스의 Ingress만 봅니다. 아무도 맡지 않은 규칙은 주소(ADDRESS)도, DNS의 이름도 받지 못합니다. ingressClassName의 철자를 확인하세요.",
        "Ingress {ingress} names class {class}, and there is no such IngressClass.",
        "A controller looks at Ingresses of its own class only. Rules that nobody serves get no ADDRESS and no name in DNS: check the spelling of ingressClassName."),
    "IngressNoMatch": Words(
        "호스트 {host}, 경로 {path}에 맞는 규칙이 없어 컨트롤러가 404로 답했습니다.",
        "404를 만든 것은 앱이 아니라 컨트롤러입니다. 호스트 헤더와 경로를 규칙과 견주어 보세요.",
        "No rule matches host {host} and path {path}: the controller answered 404.",
        "This 404 comes from the controller, not from an app. Compare Host header and path with the rules."),
    "BackendServiceMissing": Words(
        "규칙이 가리키는 서비스 {service:이/가} {namespace} 네임스페이스에 없어 503입니다.",
        "Ingress의 백엔드는 같은 네임스페이스의 서비스여야 합니다. 없는 이름을 적어도 API 서버는 받아 줍니다.",
        "The rule names Service {service}, which is not in namespace {namespace}: 503.",
        "A backend is a Service of the Ingress' own namespace; the API server accepts a name that does not exist."),
    "BackendUnavailable": Words(
        "서비스 {service} 뒤에 쓸 수 있는 파드가 없어 컨트롤러가 503으로 답했습니다.",
        "503은 규칙은 맞았지만 받을 파드가 없다는 뜻이고, 404는 맞는 규칙이 없다는 뜻입니다.",
        "No usable pod stands behind Service {service}: the controller answered 503.",
        "503 says: the rule matched, but nobody can take it. 404 says: no rule."),
    "AppError": Words(
        "{pod:이/가} {status} 오류로 답했습니다.",
        "네트워크는 제 일을 했습니다. 오류는 앱이 만들었습니다.",
        "{pod} answered with error {status}.",
        "The network did its part; the error is the app's."),
    "TLSExpected": Words(
        "TLS 포트 {port}에 평범한 http로 말해 400으로 답했습니다.",
        "443번 포트에서는 https로 시작하는 주소를 써야 합니다.",
        "Plain http came to the TLS port {port}: answered 400.",
        "On port 443 the URL begins with https."),
    "PathInvalid": Words(
        "경로 {path:을/를} nginx가 읽을 수 없어 400으로 답했습니다.",
        "% 뒤에는 16진수 두 자리가 와야 하고, ..로 맨 위(/)보다 더 올라갈 수 없습니다.",
        "nginx cannot read the path {path}: answered 400.",
        "A % is followed by two hexadecimal digits, and .. cannot lead above the root (/)."),
    "CertificateNotTrusted": Words(
        "컨트롤러가 {host:을/를} 위해 보여 준 인증서를 curl이 믿지 않았습니다.",
        "쓸 수 있는 인증서 Secret이 없으면 ingress-nginx는 스스로 서명한 가짜 인증서를 보여 줍니다. curl -k는 확인하지 않고 넘어갑니다.",
        "curl does not trust the certificate that the controller showed for {host}.",
        "Without a usable certificate Secret ingress-nginx shows its self-signed fake certificate; curl -k does not check."),
    "TLSNotSpoken": Words(
        "{pod}의 {port}번 포트는 TLS를 모릅니다.",
        "https는 앱이나 Ingress 컨트롤러가 TLS를 맡을 때만 됩니다.",
        "Port {port} of {pod} does not speak TLS.",
        "https works where the app or an ingress controller terminates TLS."),
    "Loop": Words(
        "요청이 제자리를 맴돌고 있어 멈췄습니다.",
        "앱이 서로를, 또는 별명이 서로를 계속 부릅니다.",
        "The request goes round in circles and was stopped.",
        "Apps, or aliases, keep calling each other."),
}  # fmt: skip

BECAUSE: dict[str, tuple[str, str]] = {
    "NotThisTime": ("이번에는 뽑히지 않음", "not chosen this time"),
    "NotReady": ("준비 안 됨 (readinessProbe)", "not ready (readiness probe)"),
    "Terminating": ("종료되는 중", "terminating"),
    "OnAnotherNode": ("다른 노드에 있음 (정책 Local)", "on another node (policy Local)"),
    "NodeDown": ("노드 응답 없음", "node is down"),
    "NoLocalEndpoint": ("이 노드에 파드 없음 (정책 Local)", "no pod on this node (policy Local)"),
    "LabelsDiffer": ("라벨이 셀렉터와 다름", "labels differ from the selector"),
    "OtherNamespace": ("다른 네임스페이스", "another namespace"),
    "NotThisName": ("이 이름이 아님", "not by this name"),
    "NXDOMAIN": ("없는 이름", "no such name"),
    "NODATA": ("주소가 없는 이름", "a name without an address"),
    "OtherEntrance": ("바깥에서 들어오는 문", "an entrance from outside"),
    "OtherPort": ("다른 포트를 여는 규칙", "opens other ports"),
    "OtherHost": ("호스트가 다름", "another host"),
    "OtherPath": ("경로가 다름", "another path"),
    "LessSpecific": ("덜 구체적인 규칙", "less specific"),
    "IsCanary": ("카나리라서 스스로 규칙이 되지 않음", "a canary, no rule of its own"),
    "NotServed": ("이 컨트롤러의 Ingress가 아님", "not this controller's"),
    "OtherName": ("이름이 다름", "another name"),
    "AllowsNothing": ("허용하는 규칙이 없음", "has no rule that allows anything"),
    "OtherPeer": ("다른 상대만 허용함", "allows other peers only"),
    "OtherPolicyPort": ("다른 포트나 프로토콜만 허용함", "allows other ports or protocols only"),
}

NOTES: dict[str, tuple[str, str]] = {
    "TerminatingFallback": ("준비된 파드가 없어, 종료 중이지만 아직 받는 파드가 맡았습니다.", "No pod is ready, so one that is ending but still serves took it."),
    "AppAssumed": ("kubeviz.dev/app이 없어 containerPort(없으면 80)에서 듣는다고 가정합니다.", "Without kubeviz.dev/app we assume that it listens on its containerPorts, or 80."),
    "OutsideAssumed": ("바깥의 기계는 응답한다고 가정합니다.", "A machine outside is assumed to answer."),
    "LoopbackNodePort": ("nftables 방식의 kube-proxy는 127.0.0.1에 노드 포트를 열지 않습니다.", "kube-proxy in nftables mode opens no node port on 127.0.0.1."),
    "TargetPortTaken": ("명세대로 서비스의 port만 인정합니다. 규칙에 적힌 것은 targetPort인데, ingress-nginx는 그것도 받아 주지만 다른 컨트롤러는 거절합니다.", "As the specification has it, only a port of the Service counts. The rule names a targetPort: ingress-nginx would take it, other controllers refuse it."),
    "DefaultBackendForAll": ("명세대로 모든 미일치 요청이 갑니다. ingress-nginx는 그 Ingress의 호스트에만 적용합니다.", "As the specification has it, for all unmatched requests; ingress-nginx applies it to that Ingress' hosts only."),
    "PlainPrefix": ("ImplementationSpecific은 컨트롤러 마음입니다. ingress-nginx는 글자 그대로의 앞부분으로 봅니다(/order가 /orders도 받음).", "ImplementationSpecific is up to the controller; ingress-nginx matches a plain prefix (/order takes /orders)."),
    "AnnotationIgnored": ("시뮬레이션하지 않는 annotation: {ignored}.", "Annotations that are not simulated: {ignored}."),
    "RegexPaths": ("이 호스트의 어떤 Ingress가 use-regex나 rewrite-target을 써서, ingress-nginx는 모든 경로를 대소문자 없는 정규식의 앞부분으로 봅니다.", "An Ingress of this host uses use-regex or rewrite-target, so ingress-nginx reads all its paths as regular expressions, from the start of the path and without case."),
    "OtherHostsRule": ("명세대로 덜 구체적인 호스트의 규칙까지 찾았습니다. ingress-nginx는 호스트의 규칙이 따로 있으면 거기서만 찾고 404로 답합니다.", "As the specification reads, rules of a less specific host count too; ingress-nginx looks at the rules of the host's own server only and would answer 404."),
    "FakeCertificate": ("쓸 수 있는 인증서 Secret이 없어 ingress-nginx의 가짜 인증서를 보여 줍니다. -k 없는 curl은 60으로 멈춥니다.", "No usable certificate Secret: ingress-nginx shows its fake certificate, at which curl without -k stops with 60."),
    "CertificateAssumed": ("Secret의 인증서는 손님이 믿는 것으로 봅니다.", "The certificate in the Secret is taken to be one that the client trusts."),
}  # fmt: skip

VERDICTS: dict[str, tuple[str, str]] = {
    "delivered": ("도착", "delivered"),
    "refused": ("연결 거절", "refused"),
    "timeout": ("시간 초과", "timed out"),
    "dns_error": ("이름을 찾지 못함", "name not found"),
    "http_error": ("오류 응답", "error answer"),
}
