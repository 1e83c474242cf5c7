"""The words of Kubernetes networking, each in two or three sentences, as one would explain it at the blackboard.

`marks` are the spellings by which a text is recognised to speak of the term; the longest that fits wins.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple


class Term(NamedTuple):
    key: str
    ko: str
    en: str
    ko_text: str
    en_text: str
    marks: tuple[str, ...]

    def said(self, language: str) -> tuple[str, str]:
        """Its name and its explanation."""
        return (self.ko, self.ko_text) if language == "ko" else (self.en, self.en_text)


TERMS: tuple[Term, ...] = (
    # ── what runs ──
    Term("cluster", "클러스터", "Cluster",
         "쿠버네티스가 한 덩어리로 다루는 기계들입니다. 무엇을 원하는지 적어 두면 컨트롤러들이 그렇게 되도록 계속 맞춥니다.",
         "The machines that Kubernetes treats as one. You write down what you want; controllers keep making it so.",
         ("클러스터", "cluster", "Cluster")),
    Term("node", "노드(Node)", "Node",
         "파드가 올라가는 기계 한 대입니다. 노드마다 kubelet이 파드를 돌보고 kube-proxy가 서비스의 규칙을 적어 둡니다.",
         "One machine that runs pods. On each, the kubelet looks after the pods and kube-proxy writes down the rules of the Services.",
         ("노드", "node", "Node", "nodes")),
    Term("pod", "파드(Pod)", "Pod",
         "함께 움직이는 컨테이너 한 벌이고, 주소 하나를 같이 씁니다. 고쳐 쓰지 않고 버리고 새로 만들며, 새 파드는 새 주소를 받습니다.",
         "A set of containers that live together and share one address. Pods are not mended but replaced, and a new pod has a new address.",
         ("파드", "pod", "Pod", "pods")),
    Term("container", "컨테이너", "Container",
         "이미지에서 시작된, 다른 것과 떨어져 도는 프로그램입니다. 환경 변수는 시작할 때 정해져 그 뒤로 바뀌지 않습니다.",
         "A program started from an image and kept apart from others. Its environment variables are fixed when it starts.",
         ("컨테이너", "container", "containers")),
    Term("deployment", "디플로이먼트(Deployment)", "Deployment",
         "파드를 몇 개, 어떤 틀로 둘지 적은 객체입니다. 틀이 바뀌면 새 레플리카셋을 만들어 파드를 조금씩 갈아 줍니다.",
         "Says how many pods there shall be, and from which template. When the template changes, it makes a new ReplicaSet and replaces the pods step by step.",
         ("디플로이먼트", "Deployment", "Deployments")),
    Term("replicaset", "레플리카셋(ReplicaSet)", "ReplicaSet",
         "같은 틀의 파드를 정해진 수만큼 유지합니다. 파드 하나가 사라지면 새로 만듭니다. 보통 디플로이먼트가 만들어 줍니다.",
         "Keeps a given number of pods of one template: where one goes, it makes another. Usually a Deployment makes it.",
         ("레플리카셋", "ReplicaSet")),
    Term("statefulset", "스테이트풀셋(StatefulSet)", "StatefulSet",
         "이름이 정해진 파드(db-0, db-1)를 차례로 만듭니다. 헤드리스 서비스와 함께 쓰면 파드마다 DNS 이름이 생깁니다.",
         "Makes pods with fixed names (db-0, db-1), one after the other. With a headless Service each gets a DNS name.",
         ("스테이트풀셋", "StatefulSet")),
    Term("daemonset", "데몬셋(DaemonSet)", "DaemonSet",
         "노드마다 파드를 하나씩 둡니다. 로그 수집기나 네트워크 프로그램처럼 기계마다 있어야 하는 것에 씁니다.",
         "Puts one pod on every node: for what each machine needs, such as log collectors and network agents.",
         ("데몬셋", "DaemonSet")),
    Term("job", "잡(Job)", "Job",
         "끝이 있는 일을 하는 파드를 돌립니다. 일이 성공하면 파드는 Completed로 남고 손님을 받지 않습니다.",
         "Runs pods that do work with an end. When it succeeds the pod stays as Completed and takes no traffic.",
         ("Job",)),
    Term("namespace", "네임스페이스(Namespace)", "Namespace",
         "이름을 나누는 칸입니다. 같은 이름의 서비스가 칸마다 있을 수 있고, 짧은 DNS 이름은 자기 칸 안에서만 통합니다. 그 자체로 통신을 막지는 않습니다.",
         "A compartment for names. Each may have a Service of the same name, and short DNS names work inside their own only. By itself it blocks no traffic.",
         ("네임스페이스", "namespace", "Namespace")),
    Term("label", "라벨(label)", "Label",
         "객체에 붙이는 이름표(app=order)입니다. 서비스와 디플로이먼트는 이름이 아니라 라벨로 파드를 찾습니다.",
         "A tag on an object (app=order). Services and Deployments find their pods by labels, not by names.",
         ("라벨", "label", "labels")),
    Term("selector", "셀렉터(selector)", "Selector",
         "어떤 라벨의 파드를 고를지 적은 조건입니다. 적힌 쌍을 모두 가진 파드만 맞습니다. 한 글자만 달라도 아무것도 고르지 못합니다.",
         "Says which labels a pod must bear. Only pods that have every pair match; one wrong letter, and none does.",
         ("셀렉터", "selector")),
    Term("annotation", "어노테이션(annotation)", "Annotation",
         "사람이나 프로그램이 읽을 메모입니다. 라벨과 달리 객체를 고르는 데는 쓰이지 않습니다. Ingress 컨트롤러의 설정이 여기에 적히곤 합니다.",
         "A note for people or programs. Unlike a label it selects nothing. Settings of ingress controllers are often written here.",
         ("어노테이션", "annotation")),
    Term("configmap", "컨피그맵(ConfigMap)", "ConfigMap",
         "설정을 담는 객체입니다. 환경 변수로 넣은 값은 컨테이너가 다시 시작해야 바뀝니다.",
         "Holds settings. Values taken in as environment variables change only when the container starts anew.",
         ("컨피그맵", "ConfigMap")),
    Term("rollout", "롤아웃(rollout)", "Rollout",
         "새 틀의 파드를 늘리고 옛 파드를 줄여 가는 교체입니다. 새 파드가 준비되어야 다음으로 넘어가므로, 준비되지 않으면 거기서 멈춥니다.",
         "The exchange of old pods for new: it goes on only as new pods become ready, and so stops where they do not.",
         ("롤아웃", "rollout")),
    Term("readiness", "준비 상태(readinessProbe)", "Readiness probe",
         "이 파드가 지금 손님을 받을 수 있는지 kubelet이 묻는 검사입니다. 실패하면 파드는 살아 있지만 엔드포인트에서 빠집니다.",
         "The kubelet's question whether a pod can take traffic now. If it fails the pod lives on, but leaves the endpoints.",
         ("readinessProbe", "readiness probe", "준비 안 됨", "readiness")),
    Term("liveness", "생존 검사(livenessProbe)", "Liveness probe",
         "앱이 멈췄는지 보는 검사입니다. 실패하면 kubelet이 컨테이너를 다시 시작합니다. 손님을 받을지는 readinessProbe가 따로 정합니다.",
         "Asks whether the app hangs. If it fails the kubelet restarts the container; whether it gets traffic is for the readiness probe to say.",
         ("livenessProbe", "liveness probe")),
    Term("crashloop", "CrashLoopBackOff", "CrashLoopBackOff",
         "컨테이너가 시작하자마자 자꾸 죽어서, kubelet이 점점 더 오래(최대 5분) 기다렸다 다시 시작하는 상태입니다.",
         "The container keeps dying, and the kubelet waits longer and longer (up to five minutes) before it starts it again.",
         ("CrashLoopBackOff",)),
    Term("terminating", "종료 중(Terminating)", "Terminating",
         "지우라는 말을 들었지만 하던 일을 마칠 시간을 받은 상태입니다. 새 손님은 받지 않도록 엔드포인트에서 준비 안 됨이 됩니다.",
         "Told to go, and given time to finish. In the endpoints it is no longer ready, so that no new traffic comes.",
         ("종료 중", "종료되는 중", "Terminating", "terminating")),
    # ── Services ──
    Term("service", "서비스(Service)", "Service",
         "늘 바뀌는 파드들 앞에 선, 바뀌지 않는 이름과 주소입니다. 프로그램이 아니라 규칙이라서 패킷이 서비스 안을 지나가지는 않습니다.",
         "A name and an address that stay while the pods behind them change. It is no program but a rule: packets do not travel through it.",
         ("서비스", "Service", "Services")),
    Term("discovery", "서비스 디스커버리", "Service discovery",
         "앱이 다른 서비스의 주소를 알아내는 일입니다. 쿠버네티스에는 두 길이 있습니다: 환경 변수와 DNS.",
         "How an app finds another Service's address. Kubernetes offers two ways: environment variables and DNS.",
         ("서비스 디스커버리", "service discovery")),
    Term("clusterip", "ClusterIP", "ClusterIP",
         "서비스가 받는 가상 주소입니다. 어느 기계에도 붙어 있지 않고, 각 노드의 규칙이 알아보고 파드의 주소로 바꿔 씁니다. 클러스터 밖에서는 통하지 않습니다.",
         "A Service's virtual address. No machine has it: each node's rules recognise it and write a pod's address in its place. Outside the cluster it means nothing.",
         ("ClusterIP", "cluster IP")),
    Term("nodeport", "NodePort", "NodePort",
         "모든 노드에 같은 번호(30000-32767)의 문을 여는 서비스입니다. 파드가 없는 노드의 문도 열리며, ClusterIP도 함께 가집니다.",
         "A Service that opens a door of one number (30000-32767) in every node, also in those without its pods. It has a ClusterIP as well.",
         ("NodePort", "nodePort", "노드 포트", "node port", "node ports")),
    Term("loadbalancer", "로드밸런서(LoadBalancer)", "LoadBalancer",
         "클라우드에게 바깥 주소를 하나 달라고 하는 서비스입니다. 주소를 줄 클라우드가 없으면 EXTERNAL-IP가 <pending>에 머뭅니다. 서비스마다 주소가 하나씩 들어 값이 듭니다.",
         "A Service that asks the cloud for an outside address. Without a cloud to give one, EXTERNAL-IP stays <pending>. Each such Service takes an address, and each costs money.",
         ("로드밸런서", "LoadBalancer", "load balancer", "balancer")),
    Term("externalname", "ExternalName", "ExternalName",
         "바깥 이름을 가리키는 DNS 별명(CNAME)일 뿐인 서비스입니다. 주소도, 포트도, 엔드포인트도 없습니다.",
         "A Service that is nothing but a DNS alias (CNAME) for an outside name: no address, no port, no endpoints.",
         ("ExternalName",)),
    Term("headless", "헤드리스 서비스(headless)", "Headless Service",
         "clusterIP: None인 서비스입니다. 대표 주소가 없어 DNS가 파드들의 주소를 그대로 알려 주고, 포트도 바뀌지 않습니다.",
         "A Service with clusterIP: None. There is no address in front: DNS answers with the pods' own, and ports are not mapped.",
         ("헤드리스", "headless")),
    Term("port", "port", "port",
         "서비스가 손님을 받는 번호입니다. 뒤의 targetPort와 같을 필요는 없습니다.",
         "The number at which a Service is reached. It need not equal the targetPort behind it.",
         ("spec.ports", "서비스 포트")),
    Term("targetport", "targetPort", "targetPort",
         "파드의 몇 번 포트로 보낼지입니다. 앱이 실제로 듣는 번호여야 합니다. 적지 않으면 port와 같고, containerPort에 붙인 이름을 적을 수도 있습니다.",
         "The port of the pod to send to. It must be one the app really listens on. Left out, it equals port; it may also be a name given to a containerPort.",
         ("targetPort",)),
    Term("containerport", "containerPort", "containerPort",
         "컨테이너가 어느 포트를 쓰는지 적은 설명입니다. 적지 않아도 앱이 들으면 연결되고, 적어도 앱이 듣지 않으면 거절됩니다. 다만 여기 붙인 이름을 targetPort가 찾아 씁니다.",
         "A note on which port the container uses. Traffic reaches what the app listens on, noted or not; but a targetPort by name looks the name up here.",
         ("containerPort", "containerPorts")),
    Term("endpoint", "엔드포인트(endpoint)", "Endpoint",
         "서비스가 지금 보낼 수 있는 곳 하나(파드의 주소와 포트)입니다. 셀렉터에 맞는 파드가 준비되면 들어오고, 준비가 풀리면 빠집니다.",
         "One place a Service can send to now: a pod's address and port. Pods that match the selector enter when ready, and leave when no longer.",
         ("엔드포인트", "endpoint", "endpoints")),
    Term("endpoints", "Endpoints 객체", "Endpoints (the object)",
         "엔드포인트 목록을 통째로 담던 옛 객체입니다. v1.33부터 쓰지 않기로 했고(deprecated), 이제는 EndpointSlice가 그 일을 합니다.",
         "The old object with the whole list of endpoints. Deprecated since v1.33: EndpointSlices do its work now.",
         ("Endpoints",)),
    Term("endpointslice", "EndpointSlice", "EndpointSlice",
         "엔드포인트를 100개씩 나누어 담는 객체입니다. kube-proxy와 Ingress 컨트롤러는 이것을 보고 길을 정합니다.",
         "Holds endpoints in slices of up to 100. kube-proxy and ingress controllers go by it.",
         ("EndpointSlice", "EndpointSlices")),
    Term("kubeproxy", "kube-proxy", "kube-proxy",
         "노드마다 있는 프로그램으로, 서비스의 규칙을 커널(nftables, iptables)에 적어 둡니다. 이름과 달리 패킷은 kube-proxy를 지나지 않고, 커널이 목적지를 바꿔 씁니다.",
         "A program on every node that writes the Services' rules into the kernel (nftables, iptables). Despite its name no packet passes through it: the kernel rewrites the destination.",
         ("kube-proxy",)),
    Term("dnat", "목적지 바꿔 쓰기(DNAT)", "Destination rewrite (DNAT)",
         "패킷의 목적지를 서비스의 주소에서 파드의 주소로 바꾸는 일입니다. 처음 만난 노드에서 한 번 일어나고, 답장에서는 거꾸로 되돌립니다.",
         "Changing a packet's destination from the Service's address to a pod's. It happens once, at the first node, and is undone in the reply.",
         ("DNAT", "바꿔 씁니다", "rewrote the destination")),
    Term("snat", "출발지 바꿔 쓰기(SNAT)", "Source rewrite (SNAT)",
         "패킷의 출발지를 노드의 주소로 바꾸는 일입니다. 답장이 같은 노드로 돌아오게 해 주지만, 파드는 손님의 주소를 모르게 됩니다.",
         "Changing a packet's source to the node's address. The reply comes back the same way, but the pod no longer sees who asked.",
         ("SNAT", "masquerade")),
    Term("trafficpolicy", "externalTrafficPolicy", "externalTrafficPolicy",
         "바깥에서 온 손님을 어느 파드로 보낼지입니다. Cluster는 모든 노드의 파드를, Local은 들어온 노드의 파드만 씁니다. Local이면 손님의 주소가 남는 대신, 파드 없는 노드에서는 버려집니다.",
         "Which pods outside traffic may go to: Cluster uses those of all nodes, Local only those of the node it came in at. Local keeps the client's address, but drops what arrives where no pod is.",
         ("externalTrafficPolicy", "정책 Local", "policy Local", "TrafficPolicy")),
    Term("affinity", "세션 고정(sessionAffinity)", "Session affinity",
         "ClientIP로 하면 같은 주소의 손님을 계속 같은 파드로 보냅니다(기본 3시간). 없으면 연결마다 무작위입니다.",
         "With ClientIP, a client's address stays with one pod (for three hours by default). Without it each connection is by chance.",
         ("sessionAffinity", "세션 고정", "Session affinity", "session affinity")),
    Term("sourceranges", "loadBalancerSourceRanges", "loadBalancerSourceRanges",
         "로드밸런서 주소로 들어올 수 있는 손님의 주소 범위입니다. 그 밖의 패킷은 조용히 버려집니다.",
         "The addresses that may come in at the balancer's address. Packets of others are dropped silently.",
         ("loadBalancerSourceRanges",)),
    # ── names ──
    Term("dns", "클러스터 DNS", "Cluster DNS",
         "서비스 이름을 주소로 바꿔 줍니다. CoreDNS 파드가 kube-dns라는 서비스(10.96.0.10) 뒤에서 답합니다.",
         "Turns Service names into addresses. CoreDNS pods answer behind a Service called kube-dns (10.96.0.10).",
         ("클러스터 DNS", "cluster's DNS", "CoreDNS", "kube-dns")),
    Term("fqdn", "전체 이름(FQDN)", "Full name (FQDN)",
         "payment.snackbar.svc.cluster.local처럼 끝까지 쓴 이름입니다. 서비스.네임스페이스.svc.도메인 순서이고, 포트는 이름 뒤에 `:80`으로 붙습니다.",
         "A name written to its end, such as payment.snackbar.svc.cluster.local: Service, namespace, svc, domain. The port comes after it, as `:80`.",
         ("FQDN", "전체 이름", "full name")),
    Term("resolvconf", "resolv.conf", "resolv.conf",
         "파드 안의 /etc/resolv.conf는 어느 DNS 서버에 묻고(nameserver) 짧은 이름 뒤에 무엇을 붙여 볼지(search) 정합니다. 노드의 것과는 다릅니다.",
         "In a pod, /etc/resolv.conf says which DNS server to ask (nameserver) and what to try behind a short name (search). It is not the node's.",
         ("resolv.conf", "search")),
    Term("ndots", "ndots", "ndots",
         "이름에 점이 이 수(파드에서는 5)보다 적으면 search 목록부터 붙여 봅니다. 그래서 바깥 이름 하나를 찾는 데도 여러 번 물을 수 있습니다.",
         "A name with fewer dots than this (5 in a pod) is tried with the search list first; so even an outside name may take several questions.",
         ("ndots",)),
    Term("nxdomain", "NXDOMAIN", "NXDOMAIN",
         "DNS가 '그런 이름은 없다'고 한 답입니다. 서버에 닿지 못한 것과도, 이름은 있는데 주소가 없는 것과도 다릅니다.",
         "DNS' answer that there is no such name. It is neither a server that cannot be reached nor a name without an address.",
         ("NXDOMAIN",)),
    Term("cname", "별명(CNAME)", "Alias (CNAME)",
         "이름이 다른 이름을 가리키는 DNS 기록입니다. 주소는 그 이름을 다시 물어 얻습니다. HTTP의 Host 헤더는 바뀌지 않습니다.",
         "A DNS record by which one name stands for another, which is then asked for its address. The HTTP Host header does not change.",
         ("CNAME", "별명", "alias")),
    Term("env", "환경 변수", "Environment variables",
         "컨테이너가 시작할 때, 같은 네임스페이스에 이미 있던 서비스마다 PAYMENT_SERVICE_HOST 같은 변수가 들어옵니다. 나중에 생긴 서비스는 다시 시작해야 보입니다.",
         "When a container starts, each Service that already exists in its namespace gives it variables such as PAYMENT_SERVICE_HOST. For later ones it must be restarted.",
         ("환경 변수", "environment variable", "environment variables", "Service variables")),
    # ── Ingress ──
    Term("ingress", "인그레스(Ingress)", "Ingress",
         "호스트 이름과 경로를 보고 어느 서비스로 보낼지 적은 규칙입니다. 객체일 뿐이라, 규칙을 따르는 컨트롤러가 없으면 아무 일도 하지 않습니다.",
         "Rules that say by host and path which Service a request goes to. It is an object and no more: without a controller that obeys it nothing happens.",
         ("인그레스", "Ingress", "Ingresses")),
    Term("controller", "인그레스 컨트롤러", "Ingress controller",
         "Ingress를 읽고 그대로 움직이는 프로그램(보통 프록시)입니다. 쿠버네티스에 들어 있지 않아 따로 설치하며, 그 자신도 서비스 뒤의 파드입니다. ingress-nginx는 2026년 3월에 은퇴했고, 새로 시작한다면 Gateway API를 봅니다.",
         "The program, usually a proxy, that reads Ingresses and acts on them. It does not come with Kubernetes and is itself pods behind a Service. ingress-nginx was retired in March 2026; who starts now looks at the Gateway API.",
         ("인그레스 컨트롤러", "Ingress 컨트롤러", "ingress controller", "ingress-nginx")),
    Term("gateway", "Gateway API", "Gateway API",
         "Ingress의 뒤를 잇는 API입니다. 문(Gateway)과 길(HTTPRoute)을 따로 적어 맡은 사람을 나눌 수 있고, 컨트롤러마다 다른 어노테이션이 덜 필요합니다. 여기서는 시뮬레이션하지 않습니다.",
         "The API that follows Ingress. Door (Gateway) and way (HTTPRoute) are written apart, so that different people can own them, with fewer controller-specific annotations. It is not simulated here.",
         ("Gateway API",)),
    Term("ingressclass", "IngressClass", "IngressClass",
         "어느 컨트롤러가 이 Ingress를 맡는지 정합니다. ingressClassName에 없는 이름을 적어도 API 서버는 받아 주지만 아무도 따르지 않습니다.",
         "Says which controller is to obey an Ingress. The API server accepts an ingressClassName that does not exist, but nobody obeys it.",
         ("IngressClass", "ingressClassName")),
    Term("defaultbackend", "기본 백엔드(defaultBackend)", "Default backend",
         "어느 규칙에도 맞지 않은 요청이 가는 서비스입니다. 없으면 컨트롤러가 스스로 404를 답합니다.",
         "The Service for requests that no rule matches. Without one the controller itself answers 404.",
         ("기본 백엔드", "defaultBackend", "default backend")),
    Term("backend", "백엔드(backend)", "Backend",
         "Ingress 규칙이 가리키는 서비스와 포트입니다. Ingress와 같은 네임스페이스에 있어야 합니다.",
         "The Service and port that an Ingress rule points to. It must be in the Ingress' own namespace.",
         ("백엔드", "backend")),
    Term("pathtype", "pathType", "pathType",
         "경로를 어떻게 견줄지입니다. Exact는 글자까지 같아야 하고, Prefix는 `/` 사이의 마디 단위로 앞부분을 봅니다. 그래서 /order는 /order/1을 받지만 /orders는 받지 않습니다.",
         "How paths are compared. Exact: letter by letter. Prefix: by elements between slashes, so /order takes /order/1 but not /orders.",
         ("pathType", "Exact", "Prefix")),
    Term("host", "Host 헤더", "Host header",
         "HTTP 요청이 어느 사이트를 찾는지 적은 줄입니다. 주소(IP)가 같아도 Ingress는 이것을 보고 길을 나눕니다. IP로만 부르면 IP가 호스트가 됩니다.",
         "The line of an HTTP request that names the site it wants. At one IP an Ingress tells requests apart by it; called by IP, the IP is the host.",
         ("Host 헤더", "Host header", "호스트 헤더")),
    Term("tls", "TLS", "TLS",
         "https의 암호화입니다. 보통 Ingress 컨트롤러가 여기까지 맡고, 파드에는 평범한 http로 보냅니다.",
         "The encryption of https. Usually the ingress controller ends it and speaks plain http to the pods.",
         ("TLS",)),
    # ── around ──
    Term("firewall", "방화벽", "Firewall",
         "클라우드가 노드 앞에 둔 문지기입니다. 쿠버네티스의 것이 아니어서, NodePort를 열어도 방화벽 규칙은 따로 더해야 합니다.",
         "The cloud's gatekeeper before the nodes. It is not part of Kubernetes: a NodePort needs a firewall rule of its own.",
         ("방화벽", "firewall")),
    Term("networkpolicy", "NetworkPolicy", "NetworkPolicy",
         "파드끼리의 통신을 거르는 규칙입니다. 정책이 하나라도 고른 파드는, 그 방향으로는 허용된 것만 지나갑니다. 막힌 패킷은 대답 없이 버려집니다.",
         "Filters traffic between pods. For a pod that some policy selects, only what is allowed passes in that direction. What is denied is dropped without an answer.",
         ("NetworkPolicy", "NetworkPolicies")),
    Term("timeout", "시간 초과와 거절", "Timed out or refused",
         "거절(refused)은 '여기 듣는 이가 없다'는 답이 곧바로 온 것이고, 시간 초과(timeout)는 답이 아예 없는 것입니다. 앞의 것은 포트를, 뒤의 것은 방화벽·정책·죽은 노드를 의심합니다.",
         "Refused: an answer came at once that nobody listens there. Timed out: no answer at all. The first points to ports, the second to firewalls, policies and dead nodes.",
         ("시간이 초과", "시간 초과", "timed out", "거절되었", "connection refused")),
    Term("http404", "404와 503", "404 and 503",
         "컨트롤러의 404는 맞는 규칙이 없다는 뜻, 503은 규칙은 맞았지만 받을 파드가 없다는 뜻입니다. 앱도 같은 번호로 답할 수 있으니 누가 답했는지를 봅니다.",
         "A controller's 404: no rule matches. Its 503: a rule matches, but no pod can take it. Apps answer with the same numbers, so look at who answered.",
         ("404", "503")),
    Term("minikube", "minikube", "minikube",
         "내 노트북에서 노드 하나짜리 클러스터를 돌리는 도구입니다. 클라우드가 없으니 LoadBalancer는 `minikube tunnel`을 켜야 주소를 받습니다.",
         "Runs a cluster of one node on a laptop. There is no cloud, so a LoadBalancer gets an address only while `minikube tunnel` runs.",
         ("minikube tunnel", "minikube")),
    Term("curl", "curl", "curl",
         "주소로 요청을 보내고 답을 보여 주는 명령입니다. 끝난 번호가 까닭을 말해 줍니다: 6 이름을 못 찾음, 7 거절, 28 시간 초과.",
         "A command that sends a request and shows the answer. Its exit code tells why it failed: 6 name not found, 7 refused, 28 timed out.",
         ("curl",)),
    Term("cordon", "cordon과 drain", "Cordon and drain",
         "cordon은 노드에 새 파드를 받지 않게 하고, drain은 있던 파드까지 내보냅니다. 노드를 고치기 전에 합니다.",
         "Cordon keeps new pods off a node; drain moves the present ones away too. One does it before mending a node.",
         ("cordon", "drain")),
    Term("podnetwork", "파드 네트워크", "Pod network",
         "파드 주소(10.244.0.0/16)가 통하는 클러스터 안의 네트워크입니다. 노드가 달라도 파드끼리 바로 닿지만, 바깥의 라우터는 이 주소를 모릅니다.",
         "The network in which pod addresses (10.244.0.0/16) work. Pods reach each other across nodes; routers outside do not know these addresses.",
         ("파드 네트워크", "pod network")),
)  # fmt: skip

BY_KEY: dict[str, Term] = {term.key: term for term in TERMS}


class Piece(NamedTuple):
    """A part of a text; `key` names the term it speaks of, or is ""."""

    text: str
    key: str


def pieces(text: str, known: set[str]) -> Iterator[Piece]:
    """The text in parts. A term is marked where it first comes up; *known* holds the keys already marked."""
    at = 0
    for match in _pattern().finditer(text):
        key = _keys()[match[0]]
        if key in known:
            continue
        known.add(key)
        yield Piece(text[at : match.start()], "")
        yield Piece(match[0], key)
        at = match.end()
    yield Piece(text[at:], "")


@cache
def _keys() -> dict[str, str]:
    return {mark: term.key for term in TERMS for mark in term.marks}


@cache
def _pattern() -> re.Pattern[str]:
    """Korean particles follow a word without a space, so only what stands before a Korean mark bounds it."""
    return re.compile("|".join(_bounded(mark) for mark in sorted(_keys(), key=len, reverse=True)))


def _bounded(mark: str) -> str:
    if mark[-1].isascii():
        return rf"(?<![\w/.:-]){re.escape(mark)}(?![A-Za-z0-9_]|[-/.:][A-Za-z0-9])"
    return rf"(?<![가-힣]){re.escape(mark)}"
