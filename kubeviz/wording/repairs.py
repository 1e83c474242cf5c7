"""Repairs in words: what one would do, said to the learner who sees the failed request."""

from typing import Any, NamedTuple

from . import fill


class Words(NamedTuple):
    ko: str
    en: str


REPAIRS: dict[str, Words] = {
    # Edits
    "SetSelector": Words("서비스 {service}의 셀렉터를 {selector:으로/로} 고칩니다. 그 라벨의 파드가 있습니다.", "Set the selector of Service {service} to {selector}: there are pods with that label."),
    "ScaleUp": Words("{workload}의 파드가 0개입니다. 하나 이상으로 늘립니다.", "{workload} is scaled to none: give it a pod."),
    "SetTargetPort": Words("서비스 {service}의 targetPort를 앱이 듣는 {port:으로/로} 고칩니다.", "Set the targetPort of Service {service} to {port}, on which the app listens."),
    "SetPolicyCluster": Words("서비스 {service}의 {field:을/를} Cluster로 바꿔 모든 노드의 파드를 쓰게 합니다.", "Set {field} of Service {service} to Cluster, so that the pods of all nodes are used."),
    "AllowSource": Words("loadBalancerSourceRanges에 {client:을/를} 더합니다.", "Add {client} to loadBalancerSourceRanges."),
    "MendApp": Words("{name}의 앱을 고쳐 다시 돌고 준비되게 합니다. 진짜라면 새 이미지를 내거나 앱의 문제를 푸는 일입니다.", "Mend the app of {name}, so that it runs and is ready. In earnest that is a new image, or work on the app."),
    "Uncordon": Words("{node:이/가} 새 파드를 다시 받게 합니다.", "Let {node} take new pods again."),
    "Wait": Words("고장 난 것은 없습니다. 조금 기다렸다가 다시 보내면 됩니다.", "Nothing is broken: wait a little and send again."),
    "PowerOn": Words("{node}의 전원을 켭니다.", "Power {node} on."),
    "Restart": Words("{name:을/를} 다시 시작해 환경 변수를 새로 받게 합니다.", "Restart {name}, so that it gets its environment variables anew."),
    "LinkServices": Words("{name}의 enableServiceLinks를 켜서 서비스 환경 변수를 받게 합니다.", "Turn enableServiceLinks of {name} on, so that it gets Service variables."),
    "CallByName": Words("{name:이/가} 부르는 주소를 {host:으로/로} 고칩니다.", "Let {name} call {host} instead."),
    "Expose": Words("{name} 앞에 서비스를 만듭니다. 파드는 이미 있습니다.", "Make a Service before {name}; the pods are there."),
    "ExposeAndRestart": Words("{name} 앞에 서비스를 만들고, 부르는 앱을 다시 시작해 그 환경 변수를 받게 합니다.", "Make a Service before {name}, and restart the app that calls it, so that it gets the variables."),
    "OpenFirewall": Words("방화벽에 {port}번 포트를 여는 규칙을 더합니다.", "Add a firewall rule that opens port {port}."),
    "MakeNodePort": Words("서비스 {service:을/를} NodePort로 바꿔 바깥 문을 내고 {url:으로/로} 보냅니다.", "Make Service {service} a NodePort, a door to the outside, and send to {url}."),
    "OpenTunnel": Words("minikube tunnel을 열어 노트북에서 서비스 주소로 가는 길을 냅니다.", "Open minikube tunnel: a way from the laptop to the Services' addresses."),
    "InstallController": Words("Ingress 컨트롤러를 설치합니다. (ingress-nginx는 2026년 3월에 은퇴했습니다. 배우기에는 충분하고, 새로 짓는다면 Gateway API를 봅니다.)", "Install an ingress controller. (ingress-nginx was retired in March 2026: fine for learning; for new work look at the Gateway API.)"),
    "SetClass": Words("Ingress {ingress}의 클래스를 {class:으로/로} 고칩니다. 컨트롤러가 그 클래스를 봅니다.", "Set the class of Ingress {ingress} to {class}, which a controller serves."),
    "SetHost": Words("Ingress {ingress}의 호스트를 {host:으로/로} 고칩니다.", "Set the host of Ingress {ingress} to {host}."),
    "SetPath": Words("Ingress {ingress}의 경로를 {path:으로/로} 고칩니다.", "Set the path of Ingress {ingress} to {path}."),
    "SetPathType": Words("Ingress {ingress}의 pathType을 {pathType:으로/로} 바꿔 아래 경로도 받게 합니다.", "Set the pathType of Ingress {ingress} to {pathType}, so that paths below it match too."),
    "SetBackend": Words("Ingress {ingress}의 백엔드를 있는 서비스 {service:으로/로} 고칩니다.", "Set the backend of Ingress {ingress} to {service}, a Service that exists."),
    "SetBackendPort": Words("Ingress {ingress}의 백엔드 포트를 서비스에 있는 {port:으로/로} 고칩니다.", "Set the backend port of Ingress {ingress} to {port}, which the Service has."),
    "AllowPolicy": Words("{from}에서 {to}의 {port}번 포트로 가는 패킷만 허용하는 NetworkPolicy를 더합니다.", "Add a NetworkPolicy that allows just this: from {from} to port {port} of {to}."),
    "AllowDNS": Words("{namespace}의 파드가 DNS(53번)로 나갈 수 있게 하는 NetworkPolicy를 더합니다.", "Add a NetworkPolicy that lets the pods of {namespace} out to DNS (port 53)."),
    # Another request
    "UseBalancer": Words("로드밸런서의 주소로 보냅니다: {url}", "Send to the load balancer's address: {url}"),
    "UseNodePort": Words("노드 포트로 보냅니다: {url}", "Send to the node port: {url}"),
    "UseIngressHost": Words("Ingress의 호스트 이름으로 보냅니다: {url}", "Send to the Ingress' host: {url}"),
    "UsePort": Words("열려 있는 포트로 보냅니다: {url}", "Send to a port that is open: {url}"),
    "UseOtherNode": Words("살아 있는 다른 노드의 같은 문으로 보냅니다: {url}", "Send to the same door of another node: {url}"),
    "UsePublicAddress": Words("노드의 바깥 주소로 보냅니다: {url}", "Send to the node's external address: {url}"),
    "AskFromNetwork": Words("같은 네트워크 안에서 보냅니다.", "Send from inside the same network."),
    "UseFullName": Words("네임스페이스까지 붙여 부릅니다: {url}", "Call it with its namespace: {url}"),
    "UseName": Words("철자를 고쳐 부릅니다: {url}", "Call it by its right spelling: {url}"),
    "UseClusterIP": Words("노드에서는 이름 대신 ClusterIP로 부릅니다: {url}", "From a node, use the cluster IP instead of the name: {url}"),
    "SayHost": Words("Host 헤더에 {host:을/를} 적어 보냅니다.", "Say {host} in the Host header."),
    "UseHost": Words("규칙에 있는 호스트로 보냅니다: {url}", "Send to a host that a rule has: {url}"),
    "UsePath": Words("규칙에 있는 경로로 보냅니다: {url}", "Send to a path that a rule has: {url}"),
    "UseHttp": Words("https 대신 http로 보냅니다: {url}", "Send by http instead of https: {url}"),
}  # fmt: skip


def say(code: str, params: dict[str, Any], language: str) -> str:
    words = REPAIRS[code]
    return fill(words.ko if language == "ko" else words.en, params)
