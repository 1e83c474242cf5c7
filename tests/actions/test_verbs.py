"""Each button does what its command says, and says the command that kubectl would need."""

import shlex
import subprocess

import pytest

from kubeviz import actions
from kubeviz.actions import terminal
from tests.labs import OWNER, cluster, open_lab
from tests.terminal.test_kubectl_oracle import KUBECTL

pytestmark = pytest.mark.django_db(transaction=True)

DEPLOYMENT = ("Deployment", "snackbar", "order")
SERVICE = ("Service", "snackbar", "order")


def act(lab, verb, ref, **sent):
    return actions.act(lab.id, verb, ref, sent, who=OWNER).command


ROWS = [
    ("set_image", "deployment/snackbar/order", {"container": "order", "image": "nginx:1.30"},
     "kubectl set image deployment/order -n snackbar order=nginx:1.30",
     DEPLOYMENT, lambda o: o.spec["template"]["spec"]["containers"][0]["image"], "nginx:1.30"),
    ("set_port", "service/snackbar/order", {"port": "8000"},
     "kubectl patch service order -n snackbar --type=json -p '[{\"op\":\"replace\",\"path\":\"/spec/ports/0/port\",\"value\":8000}]'",
     SERVICE, lambda o: o.spec["ports"][0]["port"], 8000),
    ("set_type", "service/snackbar/order", {"type": "ClusterIP"},
     "kubectl patch service order -n snackbar -p '{\"spec\":{\"type\":\"ClusterIP\"}}'",
     SERVICE, lambda o: (o.type, "nodePort" in o.spec["ports"][0]), ("ClusterIP", False)),
    ("set_selector", "service/snackbar/order", {"key": "tier", "value": "web"},
     "kubectl set selector service order -n snackbar tier=web",
     SERVICE, lambda o: o.selector, {"tier": "web"}),
    ("label", "service/snackbar/order", {"key": "tier", "value": "web"},
     "kubectl label service order -n snackbar tier=web --overwrite",
     SERVICE, lambda o: o.labels["tier"], "web"),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "ref", "sent", "command", "key", "read", "expected"), ROWS, ids=[r[0] for r in ROWS])
def test_a_button_does_what_its_command_says(verb, ref, sent, command, key, read, expected):
    lab = open_lab()
    assert act(lab, verb, ref, **sent) == command
    assert read(cluster(lab).find(key)) == expected


def test_a_label_is_taken_off_again():
    lab = open_lab()
    act(lab, "label", "service/snackbar/order", key="tier", value="web")
    assert act(lab, "unlabel", "service/snackbar/order", key="tier") == "kubectl label service order -n snackbar tier-"
    assert "tier" not in cluster(lab).find(SERVICE).labels
    with pytest.raises(actions.Refused):
        act(lab, "unlabel", "service/snackbar/order", key="tier")


def test_draining_a_node_moves_its_pods_and_lets_none_come_back():
    lab = open_lab()
    assert act(lab, "drain", "node/node-1") == "kubectl drain node-1 --ignore-daemonsets"
    for _ in range(20):
        actions.step(lab.id)
    found = cluster(lab)
    assert not found.lookup("node", "node-1")
    assert len(found.of_kind("Pod", "snackbar")) == 4
    assert found.get("Node", "", "node-1").spec["unschedulable"]


def test_a_bare_pod_makes_drain_ask_for_force():
    lab = open_lab()
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: alone}\nspec: {nodeName: node-1, containers: [{name: a, image: a}], volumes: [{name: v, emptyDir: {}}]}"
    actions.apply_yaml(lab.id, pod, who=OWNER)
    assert act(lab, "drain", "node/node-1").endswith("--ignore-daemonsets --force --delete-emptydir-data")


def test_a_rollout_is_undone():
    lab = open_lab()
    act(lab, "set_image", "deployment/snackbar/order", container="order", image="broken:1")
    assert act(lab, "rollout_undo", "deployment/snackbar/order") == "kubectl rollout undo deployment order -n snackbar"
    found = cluster(lab).find(DEPLOYMENT)
    assert found.spec["template"]["spec"]["containers"][0]["image"] == "nginx:1.29"
    assert "pod-template-hash" not in found.spec["template"]["metadata"]["labels"]


def test_without_history_there_is_nothing_to_undo():
    lab = open_lab()
    with pytest.raises(actions.Refused):
        act(lab, "rollout_undo", "deployment/snackbar/order")


def test_the_ingress_controller_is_installed_and_removed():
    lab = open_lab()
    assert act(lab, "install_addon", "", addon="ingress-nginx").startswith("helm upgrade --install ingress-nginx")
    assert cluster(lab).get("IngressClass", "", "nginx")
    assert act(lab, "remove_addon", "", addon="ingress-nginx") == "helm uninstall ingress-nginx -n ingress-nginx"
    for _ in range(10):
        actions.step(lab.id)
    assert not cluster(lab).get("IngressClass", "", "nginx")
    assert not cluster(lab).of_kind("Pod", "ingress-nginx")


EDITED = "apiVersion: v1\nkind: Service\nmetadata:\n  name: order\n  namespace: snackbar\nspec:\n  type: NodePort\n  selector: {app: order}\n  ports:\n  - port: %s\n    targetPort: 8080\n"


def test_an_object_is_edited_as_a_whole():
    lab = open_lab()
    before = cluster(lab).find(SERVICE)
    done = actions.edit(lab.id, "service/snackbar/order", EDITED % 81, who=OWNER)
    assert done.command == "kubectl edit service order -n snackbar"
    after = cluster(lab).find(SERVICE)
    assert (after.spec["ports"][0]["port"], after.cluster_ip, after.uid) == (81, before.cluster_ip, before.uid)


BAD_EDITS = [
    ("a port of 70000", EDITED % 70000, 10),
    ("another name", (EDITED % 80).replace("name: order", "name: other"), 4),
    ("another kind", (EDITED % 80).replace("kind: Service", "kind: ConfigMap").split("spec:")[0], 2),
    ("no YAML", "a: b: c", 1),
    ("an unknown field", EDITED % 80 + "  color: red\n", 12),
]


@pytest.mark.parametrize(("text", "line"), [r[1:] for r in BAD_EDITS], ids=[r[0] for r in BAD_EDITS])
def test_a_bad_edit_changes_nothing_and_says_its_line(text, line):
    lab = open_lab()
    with pytest.raises(actions.Refused) as caught:
        actions.edit(lab.id, "service/snackbar/order", text, who=OWNER)
    assert caught.value.problems[0].line == line, caught.value.problems
    assert cluster(lab).rv == lab.rv


TYPED = [
    ("snackbar", "delete", "service/snackbar/order", {}),
    ("snackbar", "delete_pod", "pod", {}),
    ("snackbar", "label", "service/snackbar/order", {"key": "tier", "value": "web"}),
    ("snackbar", "unlabel", "node/node-1", {"key": "kubernetes.io/os"}),
    ("snackbar", "scale", "deployment/snackbar/order", {"replicas": "3"}),
    ("snackbar", "set_image", "deployment/snackbar/order", {"container": "order", "image": "nginx:1.30"}),
    ("snackbar", "set_selector", "service/snackbar/order", {"key": "tier", "value": "web"}),
    ("snackbar", "break_selector", "service/snackbar/order", {}),
    ("snackbar-empty-endpoints", "mend_selector", "service/snackbar/order", {}),
    ("snackbar", "set_port", "service/snackbar/order", {"port": "8000"}),
    ("snackbar", "set_target_port", "service/snackbar/order", {"port": "8081"}),
    ("snackbar", "set_target_port", "service/snackbar/order", {"port": "http"}),
    ("snackbar", "set_type", "service/snackbar/order", {"type": "NodePort"}),
    ("snackbar", "set_ready", "pod", {"ready": "false"}),
    ("snackbar", "crash", "pod", {}),
    ("snackbar", "set_node_power", "node/node-2", {"power": "off"}),
    ("snackbar-minikube", "set_node_power", "node/minikube", {"power": "off"}),
    ("snackbar", "cordon", "node/node-1", {}),
    ("snackbar", "drain", "node/node-1", {}),
    ("snackbar", "firewall_allow", "", {"port": "30081"}),
    ("snackbar", "firewall_deny", "", {"rule": "allow-30080"}),
    ("snackbar", "install_addon", "", {"addon": "ingress-nginx"}),
    ("snackbar-ingress-host", "remove_addon", "", {"addon": "ingress-nginx"}),
    ("snackbar-minikube", "install_addon", "", {"addon": "ingress-nginx"}),
    ("snackbar-minikube", "tunnel", "", {"open": "true"}),
]  # fmt: skip


def wanted(lab):
    """What was asked for of every object: no versions, times or names by chance."""
    found = cluster(lab)
    kinds = ("Environment", "Node", "Service", "Deployment", "FirewallRule", "IngressClass", "Namespace")
    objects = {o.ref: (o.labels, o.body.get("spec"), o.annotations) for kind in kinds for o in found.of_kind(kind)}
    return objects, {p.ref: (p.labels, p.annotations) for p in found.of_kind("Pod", "snackbar") if not p.terminating}


@pytest.mark.parametrize(("slug", "verb", "ref", "sent"), TYPED, ids=[f"{r[1]} {r[0]} {r[3] or ''}" for r in TYPED])
def test_the_command_of_a_button_typed_in_the_terminal_does_the_same(slug, verb, ref, sent):
    pressed, typed = open_lab(slug), open_lab(slug)
    ref = cluster(pressed).of_kind("Pod", "snackbar")[0].ref if ref == "pod" else ref
    line = act(pressed, verb, ref, **sent)
    answer = terminal.type_line(typed.id, line, who=OWNER, language="en")
    assert answer.code == 0, answer
    assert wanted(typed) == wanted(pressed)
    if line.startswith("kubectl") and KUBECTL.exists():
        assert "refused" in kubectl(line), "kubectl would not even ask the server"


def kubectl(line):
    """The real kubectl on this line, with a server that is not there: words it does not know it says before asking."""
    words = [KUBECTL, "--server=http://127.0.0.1:1", *shlex.split(line)[1:]]
    return subprocess.run(words, capture_output=True, text=True, timeout=30).stderr
