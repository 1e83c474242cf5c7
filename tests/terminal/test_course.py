"""Every line of the course's notes works as it is written there, on the laptop of the snackbar."""

import pytest
import yaml
from django.conf import settings

from kubeviz.controllers import quiesce
from kubeviz.terminal import Session, as_files
from tests.clusters import begin, pod
from tests.terminal.shells import typed

SCENARIOS = {
    entry["fields"]["slug"]: entry["fields"]
    for entry in yaml.safe_load((settings.BASE_DIR / "fixtures" / "snackbar.yaml").read_text(encoding="utf-8"))
}
SNACKBAR = SCENARIOS["snackbar"]
FORBIDDEN = ("command not found", "unknown", "syntax error", "Traceback")


@pytest.fixture(scope="module")
def snackbar() -> Session:
    tx = begin(SNACKBAR["manifests"], provider=SNACKBAR["provider"], firewall="closed", seed=SNACKBAR["seed"])
    session = Session(tx, quiesce)
    session.files = as_files(SNACKBAR["manifests"])
    return session


@pytest.fixture
def session(snackbar: Session) -> Session:
    """The same cluster for each row: what one changes the next does not see."""
    tx = type(snackbar.tx)(snackbar.tx.cluster, snackbar.tx.now)
    found = Session(tx, quiesce)
    found.files = dict(snackbar.files)
    return found


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        pytest.param("kubectl create namespace course", "namespace/course created\n", id="create namespace"),
        pytest.param("kubectl get all -n snackbar", "service/payment ", id="get all"),
        pytest.param("kubectl get svc payment -o wide -n snackbar", "app=payment\n", id="get svc -o wide"),
        pytest.param('kubectl get svc payment -o jsonpath="{.spec.clusterIP}" -n snackbar', "10.", id="the cluster IP alone"),
        pytest.param("kubectl get nodes -o wide", "203.0.113.11", id="get nodes -o wide"),
        pytest.param("kubectl get endpoints -n snackbar", ":8080", id="get endpoints"),
        pytest.param("kubectl exec -it POD -n snackbar -- curl -s payment:80", "결제 창구입니다 (payment)", id="exec curl"),
        pytest.param("kubectl exec -it POD -n snackbar -- env | grep PAYMENT_SERVICE", "PAYMENT_SERVICE_HOST=10.", id="exec env"),
        pytest.param("kubectl exec -it POD -n snackbar -- sh -c 'curl -s $PAYMENT_SERVICE_HOST:$PAYMENT_SERVICE_PORT'", "결제 창구입니다", id="its variables inside"),
        pytest.param("kubectl exec POD -n snackbar -- cat /etc/resolv.conf", "options ndots:5\n", id="resolv.conf"),
        pytest.param("kubectl exec POD -n snackbar -- nslookup payment.snackbar.svc.cluster.local", "Address: 10.", id="nslookup"),
        pytest.param("kubectl exec POD -n snackbar -- curl payment:80.snackbar", "curl: (3) URL rejected: Port number was not a decimal number between 0 and 65535\n{PortInsideName}", id="the slip"),
        pytest.param("kubectl apply -f order-service.yaml", "service/order ", id="apply a file"),
        pytest.param("kubectl describe svc order -n snackbar", "NodePort:", id="describe"),
        pytest.param("kubectl delete pod POD -n snackbar && kubectl get pods -n snackbar", "Running", id="delete a pod"),
        pytest.param("kubectl scale deploy order --replicas=3 -n snackbar; kubectl get pods -n snackbar | grep -c order-", "3\n", id="scale"),
        pytest.param("kubectl config set-context --current --namespace snackbar; kubectl get svc", "payment ", id="namespace of the context"),
        pytest.param("gcloud compute firewall-rules create test-node-port --allow=tcp:30080; curl -s 203.0.113.12:30080", "주문을 받았습니다", id="node port through the firewall"),
        pytest.param("gcloud compute ssh node-1 --command 'curl -s '$(kubectl get svc payment -n snackbar -o jsonpath='{.spec.clusterIP}')", "결제 창구입니다", id="the cluster IP from a node"),
        pytest.param("kubectl port-forward svc/order 8080:80 -n snackbar & curl -s localhost:8080", "주문을 받았습니다", id="port-forward"),
        pytest.param("for i in 1 2 3 4; do curl -s 203.0.113.100; echo; done | sort | uniq -c", "4 주문을 받았습니다 (order)\n", id="four orders"),
        pytest.param("watch -n 1 kubectl get pods -n snackbar", "Every 1.0s: kubectl get pods -n snackbar\n", id="watch"),
        pytest.param("curl -H 'Host: order.fast-snackbar.com' 203.0.113.100", "주문을 받았습니다", id="a Host header"),
        pytest.param("cat order-service.yaml | grep nodePort", "nodePort: 30080", id="the manifests are files"),
    ],
)  # fmt: skip
def test_a_line_of_the_course_works(session: Session, line: str, wanted: str) -> None:
    order = pod(session.tx.cluster, "order", "snackbar").name
    printed = typed(session, line.replace("POD", order))
    assert wanted in printed
    assert not [word for word in FORBIDDEN if word in printed]
