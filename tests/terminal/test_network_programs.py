"""curl, wget, DNS tools, ping and nc from the laptop, a node and a pod."""

import pytest

from kubeviz.terminal import Forward, Place, Session, run
from tests.clusters import app, pod, service
from tests.terminal.shells import shell, typed

SHOP = (
    service("payment", "clusterIP: 10.96.50.1, selector: {app: payment}, ports: [{name: http, port: 80, targetPort: 8080}]", "shop")
    + service("door", "clusterIP: 10.96.50.2, type: NodePort, selector: {app: payment}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]", "shop")
    + service("empty", "clusterIP: 10.96.50.3, selector: {app: nobody}, ports: [{port: 80}]", "shop")
    + app("payment", namespace="shop", more=", routes: {/: {body: paid}, /no: {status: 404, body: none}, /go: {status: 302, headers: {Location: /}}, /round: {status: 302, headers: {Location: /round}}}")
    + app("order", namespace="shop")
)  # fmt: skip


@pytest.fixture
def laptop() -> Session:
    return shell(SHOP, firewall="closed")


@pytest.fixture
def inside(laptop: Session) -> Session:
    order = pod(laptop.tx.cluster, "order", "shop")
    laptop.places.append(Place("pod", "shop", order.name))
    return laptop


@pytest.mark.parametrize(
    ("line", "printed", "code"),
    [
        pytest.param("curl -s payment:80", "paid", 0, id="a Service by its name"),
        pytest.param("curl payment.shop.svc.cluster.local", "paid", 0, id="its full name"),
        pytest.param("curl nosuch", "curl: (6) Could not resolve host: nosuch\n{Why}", 6, id="no such name"),
        pytest.param("curl -s nosuch", "{Why}", 6, id="-s says nothing"),
        pytest.param("curl -sS nosuch", "curl: (6) Could not resolve host: nosuch\n{Why}", 6, id="-S says it all the same"),
        pytest.param("curl payment:81", "curl: (7) Failed to connect to payment port 81 after 0 ms: Couldn't connect to server\n{Why}", 7, id="refused"),
        pytest.param("curl --connect-timeout 3 10.96.99.99", "curl: (28) Failed to connect to 10.96.99.99 port 80 after 3001 ms: Timeout was reached\n{Why}", 28, id="connect timeout"),
        pytest.param("curl 10.96.99.99", "curl: (28) Failed to connect to 10.96.99.99 port 80 after 131038 ms: Couldn't connect to server\n{Why}", 28, id="the kernel gives up"),
        pytest.param("curl -m 500 --connect-timeout 200 10.96.99.99", "curl: (28) Failed to connect to 10.96.99.99 port 80 after 131038 ms: Couldn't connect to server\n{Why}", 28, id="the kernel is less patient than curl may be"),
        pytest.param("curl -m 3 --connect-timeout 2 10.96.99.99", "curl: (28) Failed to connect to 10.96.99.99 port 80 after 2001 ms: Timeout was reached\n{Why}", 28, id="the first limit counts"),
        pytest.param("curl -m 3 10.96.99.99", "curl: (28) Connection timed out after 3001 milliseconds\n{Why}", 28, id="time limit"),
        pytest.param("curl payment/no", "none{Why}", 0, id="an HTTP error is no failure to curl"),
        pytest.param("curl -f payment/no", "curl: (22) The requested URL returned error: 404\n{Why}", 22, id="but with -f"),
        pytest.param("curl -k https://payment:80", "curl: (35) error:0A00010B:SSL routines::wrong version number\n{Why}", 35, id="no TLS there"),
        pytest.param("curl payment:80.shop", "curl: (3) URL rejected: Port number was not a decimal number between 0 and 65535\n{PortInsideName}", 3, id="the course's slip"),
        pytest.param("curl ftp://payment", 'curl: (1) Protocol "ftp" not supported\n', 1, id="another protocol"),
        pytest.param("curl -X", "curl: option -X: requires parameter\ncurl: try 'curl --help' or 'curl --manual' for more information\n", 2, id="a parameter is missing"),
        pytest.param("curl --nosuch", "curl: option --nosuch: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n", 2, id="no such option"),
        pytest.param("curl -so /dev/null -w '%{http_code} %{remote_ip}\\n' payment/no", "404 10.96.50.1\n{Why}", 0, id="-w"),
        pytest.param("curl -sw '%{http_code}' nosuch", "000{Why}", 6, id="-w without an answer"),
        pytest.param("curl -sL payment/go", "paid", 0, id="-L follows"),
        pytest.param("curl -sSL payment/round", "curl: (47) Maximum (50) redirects followed\n", 47, id="round and round"),
        pytest.param("curl -s --resolve x.com:80:10.96.50.1 x.com", "paid", 0, id="--resolve"),
        pytest.param("curl -s --connect-to ::10.96.50.1: x.com", "paid", 0, id="--connect-to"),
        pytest.param("curl -s -o f payment; cat f", "paid", 0, id="-o"),
        pytest.param("curl -s $DOOR_SERVICE_HOST:$DOOR_SERVICE_PORT", "paid", 0, id="environment variables of the pod"),
        pytest.param("wget -qO- payment", "paid", 0, id="wget"),
        pytest.param("wget nosuch", "wget: bad address 'nosuch'\n{Why}", 1, id="wget: no such name"),
        pytest.param("wget -q empty", "wget: can't connect to remote host (10.96.50.3): Connection refused\n{Why}", 1, id="wget: refused"),
        pytest.param("wget -qO- payment/no", "wget: server returned error: HTTP/1.1 404 Not Found\n{Why}", 1, id="wget: HTTP error"),
        pytest.param("wget -qT 2 10.96.99.99", "wget: download timed out\n{Why}", 1, id="wget: timed out"),
        pytest.param("nslookup payment", "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\nName:\tpayment.shop.svc.cluster.local\nAddress: 10.96.50.1\n\n", 0, id="nslookup"),
        pytest.param("nslookup nosuch", "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n** server can't find nosuch: NXDOMAIN\n\n", 1, id="nslookup: no such name"),
        pytest.param("dig +short payment.shop.svc.cluster.local", "10.96.50.1\n", 0, id="dig +short"),
        pytest.param("dig +short payment; dig +short +search payment", "10.96.50.1\n", 0, id="dig does not search unless asked to"),
        pytest.param("dig +noall +answer -x 10.96.50.1", "1.50.96.10.in-addr.arpa.\t30\tIN\tPTR\tpayment.shop.svc.cluster.local.\n", 0, id="dig -x"),
        pytest.param("dig +short SRV _http._tcp.payment.shop.svc.cluster.local", "0 100 80 payment.shop.svc.cluster.local.\n", 0, id="dig SRV"),
        pytest.param("host payment", "payment.shop.svc.cluster.local has address 10.96.50.1\n", 0, id="host"),
        pytest.param("host nosuch", "Host nosuch not found: 3(NXDOMAIN)\n", 1, id="host: no such name"),
        pytest.param("ping -c 2 payment | tail -1", "{ServiceNoPing}2 packets transmitted, 0 packets received, 100% packet loss\n", 0, id="a cluster IP does not answer"),
        pytest.param("ping -c 1 $(hostname -i) | grep loss", "1 packets transmitted, 1 packets received, 0% packet loss\n", 0, id="a pod answers"),
        pytest.param("ping nosuch", "ping: bad address 'nosuch'\n", 1, id="ping: no such name"),
        pytest.param("nc -zv payment 80", "Connection to payment (10.96.50.1) 80 port [tcp/http] succeeded!\n", 0, id="nc"),
        pytest.param("nc -zv payment 81", "nc: connect to payment (10.96.50.1) port 81 (tcp) failed: Connection refused\n{Why}", 1, id="nc: refused"),
        pytest.param("nc -zvw 1 10.96.99.99 80", "nc: connect to 10.96.99.99 port 80 (tcp) timed out: Operation now in progress\n{Why}", 1, id="nc: timed out"),
        pytest.param("cat /etc/resolv.conf", "search shop.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n", 0, id="resolv.conf"),
        pytest.param("ss -tln | awk 'NR>1 {print $5}'", "0.0.0.0:8080\n", 0, id="what listens"),
        pytest.param("zzqx", "sh: zzqx: not found\n", 127, id="a pod has another shell"),
        pytest.param("minikube ip", "sh: minikube: not found\n{NotHere}", 127, id="programs of the laptop are not in a pod"),
    ],
)  # fmt: skip
def test_in_a_pod(inside: Session, line: str, printed: str, code: int) -> None:
    assert typed(inside, line) == printed
    assert inside.status == code


def test_curl_v_shows_the_connection_and_the_headers(inside: Session) -> None:
    result = run("curl -v -H 'X-A: b' -A me -d q=1 payment.shop/no", inside)
    assert result.err == (
        "*   Trying 10.96.50.1:80...\n* Connected to payment.shop (10.96.50.1) port 80\n"
        "> POST /no HTTP/1.1\n> Host: payment.shop\n> User-Agent: me\n> Accept: */*\n> Content-Length: 3\n> X-A: b\n"
        "> Content-Type: application/x-www-form-urlencoded\n> \n"
        "< HTTP/1.1 404 Not Found\n< Date: Thu, 01 Jan 2026 09:10:01 GMT\n< Content-Type: text/plain; charset=utf-8\n"
        "< Content-Length: 4\n< \n* Connection #0 to host payment.shop left intact\n"
    )


@pytest.mark.parametrize(
    ("rule", "printed"),
    [
        pytest.param("{}", "0% packet loss\n", id="everything may come in"),
        pytest.param("{ports: [{port: 8080}]}", "{PolicyNoPing}100% packet loss\n", id="a port lets no ICMP in"),
        pytest.param(
            "{from: [{podSelector: {matchLabels: {app: nobody}}}]}",
            "{PolicyNoPing}100% packet loss\n",
            id="from others only",
        ),
    ],
)
def test_a_network_policy_keeps_pings_out(inside: Session, rule: str, printed: str) -> None:
    run(
        f"""kubectl apply -f - <<END
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: guard, namespace: shop}}
spec: {{podSelector: {{matchLabels: {{app: payment}}}}, ingress: [{rule}]}}
END""",
        laptop_of(inside),
    )
    ip = pod(inside.tx.cluster, "payment", "shop").ip
    assert typed(inside, f"ping -c 1 {ip} | grep -o '[0-9]*% packet loss'") == printed


def laptop_of(session: Session) -> Session:
    """Another terminal on the same cluster."""
    return Session(session.tx, session.settle)


def test_each_request_leaves_its_trace(inside: Session) -> None:
    run("curl -s payment; curl -s nosuch; nslookup payment", inside)
    assert [(t.verdict, t.served_by and t.served_by.rsplit("/", 1)[0]) for t in inside.traces] == [
        ("delivered", "pod/shop"),
        ("dns_error", None),
        ("delivered", "pod/kube-system"),
    ]


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        pytest.param("curl -m 2 203.0.113.11:30080", "curl: (28) Connection timed out after 2001 milliseconds\n{Why}", id="the firewall is shut"),
        pytest.param("gcloud compute firewall-rules create r --allow=tcp:30080 2>/dev/null | tail -1; curl 203.0.113.12:30080", "r     default  INGRESS    1000      tcp:30080        False\npaid", id="a rule opens it"),
        pytest.param("gcloud compute firewall-rules create r --allow=tcp:80; gcloud compute firewall-rules delete r -q; gcloud compute firewall-rules list | wc -l", None, id="a rule deleted"),
        pytest.param("gcloud compute firewall-rules create r", "ERROR: (gcloud.compute.firewall-rules.create) Exactly one of (--action | --allow) must be specified.\n", id="what to allow is missing"),
        pytest.param("gcloud compute instances list | awk '{print $1, $5, $6}' | tail -1", "node-3 203.0.113.13 RUNNING\n", id="machines"),
        pytest.param("gcloud compute instances stop node-3 2>/dev/null; gcloud compute ssh node-3", "ssh: connect to host 203.0.113.13 port 22: Connection timed out\nERROR: (gcloud.compute.ssh) [/usr/bin/ssh] exited with return code [255].\n", id="a machine without power"),
        pytest.param("gcloud compute ssh node-1 --command 'curl -s 10.96.50.1; hostname'", "paidnode-1\n", id="one command on a node"),
        pytest.param("gcloud compute ssh node-1 -- curl -s -X POST 10.96.50.1", "paid", id="words behind two dashes"),
        pytest.param("gcloud container clusters get-credentials snackbar", "Fetching cluster endpoint and auth data.\nkubeconfig entry generated for snackbar.\n", id="credentials"),
        pytest.param("ssh node-2 hostname", "node-2\n", id="ssh"),
        pytest.param("minikube ip", '🤷  Profile "minikube" not found. Run "minikube profile list" to view all profiles.\n👉  To start a cluster, run: "minikube start"\n{OtherProvider}', id="no minikube here"),
        pytest.param("nslookup payment", "Server:\t\t198.51.100.53\nAddress:\t198.51.100.53#53\n\n** server can't find payment: NXDOMAIN\n\n{NamesInsideOnly}", id="names are for pods"),
        pytest.param("curl localhost:8080", "curl: (7) Failed to connect to localhost port 8080 after 0 ms: Couldn't connect to server\n{NothingForwarded}", id="nothing listens on the laptop"),
        pytest.param("echo [$DOOR_SERVICE_HOST]", "[]\n", id="no variables of Services outside"),
    ],
)  # fmt: skip
def test_on_the_laptop_of_a_cloud(laptop: Session, line: str, printed: str | None) -> None:
    found = typed(laptop, line)
    assert found == printed or printed is None
    assert laptop.place.kind == "laptop"


def test_a_forwarded_port_leads_to_its_pod_until_that_is_gone(laptop: Session) -> None:
    payment = pod(laptop.tx.cluster, "payment", "shop")
    laptop.forwards[8080] = Forward("shop", payment.name, 8080)
    assert typed(laptop, "curl -s localhost:8080") == "paid"
    assert laptop.traces[0].served_by == payment.ref
    laptop.tx.delete(payment.key, 0)
    laptop.settle(laptop.tx)
    assert typed(laptop, "curl localhost:8080") == "curl: (52) Empty reply from server\n{ForwardLost}"


def test_a_shell_ends_with_its_pod(inside: Session) -> None:
    inside.tx.delete(pod(inside.tx.cluster, "order", "shop").key, 0)
    inside.settle(inside.tx)
    assert typed(inside, "hostname") == "command terminated with exit code 137\n{PodGone}"
    assert inside.place.kind == "laptop"


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        pytest.param("minikube ip; curl -s 192.168.49.2:30080", "192.168.49.2\npaid", id="the node is next to the laptop"),
        pytest.param("minikube service door -n shop --url", "http://192.168.49.2:30080\n", id="service --url"),
        pytest.param("curl -s $(minikube service door -n shop --url)", "paid", id="its URL at work"),
        pytest.param("minikube service list -n shop", "|-----------|---------|--------------|---------------------------|\n| NAMESPACE |   NAME  | TARGET PORT  |            URL            |\n|-----------|---------|--------------|---------------------------|\n| shop      | door    | 80           | http://192.168.49.2:30080 |\n| shop      | empty   | No node port |                           |\n| shop      | payment | No node port |                           |\n|-----------|---------|--------------|---------------------------|\n", id="service list"),
        pytest.param("minikube service nosuch; echo $?", "❌  Exiting due to SVC_NOT_FOUND: Service 'nosuch' was not found in 'default' namespace.\nYou may select another namespace by using 'minikube service nosuch -n <namespace>'. Or list out all the services using 'minikube service list'\n115\n", id="no such service"),
        pytest.param("curl -s -m 1 10.96.50.1; minikube tunnel | head -1; curl -s 10.96.50.1", "{Why}{TunnelStays}✅  Tunnel successfully started\npaid", id="tunnel"),
        pytest.param("minikube addons enable ingress | tail -1; minikube addons list | grep -c enabled", "🌟  The 'ingress' addon is enabled\n3\n", id="ingress"),
        pytest.param("minikube stat; minikube status | head -1", 'Error: unknown command "stat" for "minikube"\n{DidYouMean}minikube\n', id="status"),
        pytest.param("gcloud compute instances list", "{OtherProvider}", id="no gcloud here"),
    ],
)  # fmt: skip
def test_on_the_laptop_of_minikube(line: str, printed: str) -> None:
    assert typed(shell(SHOP, provider="minikube"), line) == printed


EVIL = r"""
apiVersion: v1
kind: Pod
metadata:
  name: evil
  annotations:
    kubeviz.dev/app: |
      listen: [80]
      routes:
        /: {body: "\e[31mred\e]0;title\a\e[2J\x9b1m plain"}
spec: {containers: [{name: evil, image: evil}]}
"""


def test_what_an_app_answers_cannot_steer_the_terminal() -> None:
    session = shell(EVIL)
    session.places.append(Place("node", "", "node-1"))
    assert typed(session, f"curl -s {session.tx.cluster.get('Pod', 'default', 'evil').ip}") == "red1m plain"
