"""What the course itself writes, and what public applications look like, goes in as it stands."""

import textwrap

import pytest

from kubeviz.cluster import manifest
from tests.clusters import build, send

COURSE = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: order-1.0, namespace: order}     # 주문 앱
spec:
  selector: {matchLabels: {app: order}}
  template:
    metadata: {labels: {app: order}}
    spec: {containers: [{name: order, image: order, ports: [{containerPort: 8080}]}]}
--- 
apiVersion: v1
kind: Service
metadata: {name: order, namespace: order}
spec: {type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}
---
# 바깥의 결제
apiVersion: v1
kind: Service
metadata: {name: pay, namespace: order}
spec: {type: ExternalName, externalName: pay.example.com}
---
apiVersion: v1
kind: Pod
metadata: {name: shell, namespace: order}
spec: {containers: [{name: c, image: busybox}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: snackbar, namespace: order}
spec:
  rules:
  - host: order.fast-snackbar.com
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: order, port: {number: 80}}}}]}
"""  # noqa: W291 - real files have spaces behind their dashes

ROWS = [
    ("cloud", "internet", {"url": "http://203.0.113.11:30080/"}),
    ("minikube", "internet", {"url": "http://192.168.49.2:30080/"}),
    ("bare", "vpc", {"url": "http://192.168.0.11:30080/"}),
    ("cloud", "internet", {"url": "http://order.fast-snackbar.com/"}),
    ("minikube", "internet", {"url": "http://order.fast-snackbar.com/"}),
    ("bare", "vpc", {"url": "http://x/", "headers": {"Host": "order.fast-snackbar.com"}, "connect_to": "ingress"}),
    ("cloud", "pod/order/shell", {"url": "http://order/"}),
    ("cloud", "pod/order/shell", {"url": "http://pay/"}),
]


@pytest.mark.parametrize(
    ("provider", "source", "request_"), ROWS, ids=[f"{r[0]}: {r[1]} to {r[2]['url']}" for r in ROWS]
)
def test_the_courses_manifests_route(provider, source, request_):
    cluster = build(COURSE, provider=provider, addons=("ingress-nginx",))
    assert send(cluster, source=source, **request_).verdict == "delivered"


def test_a_deployment_may_have_a_dot_in_its_name():
    pods = [p.name for p in build(COURSE).of_kind("Pod", "order")]
    assert any(name.startswith("order-1.0-") for name in pods)


MISINDENTED = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: order-ingress
    namespace: snackbar
"""


def test_the_courses_first_ingress_says_where_it_is_wrong():
    with pytest.raises(manifest.ManifestError) as caught:
        manifest.load(MISINDENTED, "ingress.yaml")
    assert (caught.value.line, caught.value.file) == (5, "ingress.yaml")
    assert "namespace" in caught.value.message
    assert "column" in caught.value.message


PUBLIC = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: frontend}
spec:
  selector: {matchLabels: {app: frontend}}
  template:
    metadata: {labels: {app: frontend}, annotations: {sidecar.istio.io/rewriteAppHTTPProbers: "true"}}
    spec:
      serviceAccountName: frontend
      securityContext: {fsGroup: 1000, runAsNonRoot: true, runAsUser: 1000}
      initContainers: [{name: check, image: busybox, command: [sh, -c, "wget http://${ADDR}"], env: [{name: ADDR, value: "a:80"}]}]
      nodeSelector: {beta.kubernetes.io/os: linux}
      volumes: [{name: tmp, emptyDir: {medium: Memory}}]
      containers:
      - name: server
        image: example.com/shop/frontend:v1@sha256:37f7b378a29ceb4c551b1b5582e27747b855bbfaa73fa11914fe0df028dc581f
        securityContext: {capabilities: {drop: [ALL], add: [CHOWN]}, readOnlyRootFilesystem: true}
        ports: [{containerPort: 8080}]
        readinessProbe: {httpGet: {path: /healthz, port: 8080, httpHeaders: [{name: Cookie, value: x=y}]}}
        livenessProbe: {grpc: {port: 8080}}
        resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 200m, memory: 128Mi}}
        volumeMounts: [{mountPath: /tmp, name: tmp}]
---
apiVersion: v1
kind: Service
metadata: {name: frontend-external}
spec: {type: LoadBalancer, selector: {app: frontend}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: frontend}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop}
spec: {hosts: ["*"]}
"""


def test_an_application_with_all_its_trimmings_routes_and_foreign_kinds_are_named():
    assert send(build(PUBLIC), "http://203.0.113.100/").verdict == "delivered"
    (note,) = manifest.load(textwrap.dedent(PUBLIC)).skipped
    assert 'no matches for kind "VirtualService"' in note.message
