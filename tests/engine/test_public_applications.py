"""The applications that every Kubernetes course shows, in the shape in which they are published, route as they do."""

import pytest

from kubeviz.cluster import manifest
from tests.clusters import build, send

GUESTBOOK = """
apiVersion: v1
kind: Service
metadata: {name: redis-leader, labels: {app: redis, role: leader, tier: backend}}
spec: {ports: [{port: 6379, targetPort: 6379}], selector: {app: redis, role: leader, tier: backend}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: redis-leader, labels: {app: redis, role: leader, tier: backend}}
spec:
  replicas: 1
  selector: {matchLabels: {app: redis}}
  template:
    metadata: {labels: {app: redis, role: leader, tier: backend}}
    spec:
      containers:
      - {name: leader, image: "docker.io/redis:6.0.5", resources: {requests: {cpu: 100m, memory: 100Mi}}, ports: [{containerPort: 6379}]}
---
apiVersion: v1
kind: Service
metadata: {name: redis-follower, labels: {app: redis, role: follower, tier: backend}}
spec: {ports: [{port: 6379}], selector: {app: redis, role: follower, tier: backend}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: redis-follower}
spec:
  replicas: 2
  selector: {matchLabels: {app: redis, role: follower}}
  template:
    metadata: {labels: {app: redis, role: follower, tier: backend}}
    spec:
      containers: [{name: follower, image: "example.com/gb-redis-follower:v2", ports: [{containerPort: 6379}]}]
---
apiVersion: v1
kind: Service
metadata: {name: frontend, labels: {app: guestbook, tier: frontend}}
spec:
  # if your cluster supports it, uncomment the following to automatically create
  # an external load-balanced IP for the frontend service.
  # type: LoadBalancer
  type: NodePort
  ports: [{port: 80}]
  selector: {app: guestbook, tier: frontend}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: frontend}
spec:
  replicas: 3
  selector: {matchLabels: {app: guestbook, tier: frontend}}
  template:
    metadata: {labels: {app: guestbook, tier: frontend}}
    spec:
      containers:
      - name: php-redis
        image: example.com/gb-frontend:v5
        env: [{name: GET_HOSTS_FROM, value: "dns"}]
        ports: [{containerPort: 80}]
"""

VOTING = """
apiVersion: apps/v1
kind: Deployment
metadata: {labels: {app: vote}, name: vote}
spec:
  replicas: 1
  selector: {matchLabels: {app: vote}}
  template:
    metadata: {labels: {app: vote}}
    spec: {containers: [{image: example.com/examplevotingapp_vote, name: vote, ports: [{containerPort: 80, name: vote}]}]}
---
apiVersion: v1
kind: Service
metadata: {labels: {app: vote}, name: vote}
spec:
  type: NodePort
  ports: [{name: "vote-service", port: 5000, targetPort: 80, nodePort: 31000}]
  selector: {app: vote}
---
apiVersion: apps/v1
kind: Deployment
metadata: {labels: {app: db}, name: db}
spec:
  replicas: 1
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
      - image: postgres:15-alpine
        name: postgres
        env: [{name: POSTGRES_USER, value: postgres}, {name: POSTGRES_PASSWORD, value: postgres}]
        ports: [{containerPort: 5432, name: postgres}]
        volumeMounts: [{mountPath: /var/lib/postgresql/data, name: db-data}]
      volumes: [{name: db-data, emptyDir: {}}]
---
apiVersion: v1
kind: Service
metadata: {labels: {app: db}, name: db}
spec: {type: ClusterIP, ports: [{name: "db-service", port: 5432, targetPort: 5432}], selector: {app: db}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {labels: {app: worker}, name: worker}
spec:
  selector: {matchLabels: {app: worker}}
  template:
    metadata: {labels: {app: worker}}
    spec: {containers: [{image: example.com/examplevotingapp_worker, name: worker}]}
"""

BOUTIQUE = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: frontend, labels: {app: frontend}}
spec:
  selector: {matchLabels: {app: frontend}}
  template:
    metadata:
      labels: {app: frontend}
      annotations: {sidecar.istio.io/rewriteAppHTTPProbers: "true"}
    spec:
      serviceAccountName: frontend
      securityContext: {fsGroup: 1000, runAsGroup: 1000, runAsNonRoot: true, runAsUser: 1000}
      containers:
      - name: server
        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, privileged: false, readOnlyRootFilesystem: true}
        image: example.com/google-samples/microservices-demo/frontend:v0.10.2
        ports: [{containerPort: 8080}]
        readinessProbe: {initialDelaySeconds: 10, httpGet: {path: "/_healthz", port: 8080, httpHeaders: [{name: "Cookie", value: "shop_session-id=x-readiness-probe"}]}}
        env: [{name: PORT, value: "8080"}, {name: CART_SERVICE_ADDR, value: "cartservice:7070"}, {name: ENABLE_PROFILER, value: "0"}]
        resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 200m, memory: 128Mi}}
---
apiVersion: v1
kind: Service
metadata: {name: frontend, labels: {app: frontend}}
spec: {type: ClusterIP, selector: {app: frontend}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: frontend-external, labels: {app: frontend}}
spec: {type: LoadBalancer, selector: {app: frontend}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: frontend}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cartservice, labels: {app: cartservice}}
spec:
  selector: {matchLabels: {app: cartservice}}
  template:
    metadata: {labels: {app: cartservice}}
    spec:
      terminationGracePeriodSeconds: 5
      containers:
      - name: server
        image: example.com/cartservice:v0.10.2
        ports: [{containerPort: 7070}]
        readinessProbe: {initialDelaySeconds: 15, grpc: {port: 7070}}
        livenessProbe: {initialDelaySeconds: 15, periodSeconds: 10, grpc: {port: 7070}}
---
apiVersion: v1
kind: Service
metadata: {name: cartservice, labels: {app: cartservice}}
spec: {type: ClusterIP, selector: {app: cartservice}, ports: [{name: grpc, port: 7070, targetPort: 7070}]}
"""

SOCK_SHOP = """
apiVersion: v1
kind: Namespace
metadata: {name: sock-shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: front-end, namespace: sock-shop}
spec:
  replicas: 1
  selector: {matchLabels: {name: front-end}}
  template:
    metadata: {labels: {name: front-end}}
    spec:
      containers:
      - name: front-end
        image: example.com/front-end:0.3.12
        resources: {limits: {cpu: 300m, memory: 1000Mi}, requests: {cpu: 100m, memory: 300Mi}}
        ports: [{containerPort: 8079}]
        env: [{name: SESSION_REDIS, value: "true"}]
        securityContext: {runAsNonRoot: true, runAsUser: 10001, capabilities: {drop: [all]}, readOnlyRootFilesystem: true}
        livenessProbe: {httpGet: {path: /, port: 8079}, initialDelaySeconds: 300, periodSeconds: 3}
        readinessProbe: {httpGet: {path: /, port: 8079}, initialDelaySeconds: 30, periodSeconds: 3}
      nodeSelector: {beta.kubernetes.io/os: linux}
---
apiVersion: v1
kind: Service
metadata:
  name: front-end
  annotations: {prometheus.io/scrape: 'true'}
  labels: {name: front-end}
  namespace: sock-shop
spec:
  type: NodePort
  ports:
  - port: 80
    targetPort: 8079
    nodePort: 30001
  selector: {name: front-end}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: catalogue, namespace: sock-shop}
spec:
  selector: {matchLabels: {name: catalogue}}
  template:
    metadata: {labels: {name: catalogue}}
    spec:
      containers: [{name: catalogue, image: "example.com/catalogue:0.3.5", command: ["/app"], args: ["-port=80"], ports: [{containerPort: 80}]}]
      nodeSelector: {beta.kubernetes.io/os: linux}
---
apiVersion: v1
kind: Service
metadata: {name: catalogue, labels: {name: catalogue}, namespace: sock-shop}
spec:
  ports:
    # the port that this service should serve on
  - {port: 80, targetPort: 80}
  selector: {name: catalogue}
"""

BOOKINFO = """
##################################################################################################
# Details service
##################################################################################################
apiVersion: v1
kind: Service
metadata: {name: details, labels: {app: details, service: details}}
spec: {ports: [{port: 9080, name: http}], selector: {app: details}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: bookinfo-details, labels: {account: details}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: details-v1, labels: {app: details, version: v1}}
spec:
  replicas: 1
  selector: {matchLabels: {app: details, version: v1}}
  template:
    metadata: {labels: {app: details, version: v1}}
    spec:
      serviceAccountName: bookinfo-details
      containers: [{name: details, image: "example.com/details-v1:1.20.1", imagePullPolicy: IfNotPresent, ports: [{containerPort: 9080}]}]
---
apiVersion: v1
kind: Service
metadata: {name: productpage, labels: {app: productpage, service: productpage}}
spec: {ports: [{port: 9080, name: http}], selector: {app: productpage}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: productpage-v1, labels: {app: productpage, version: v1}}
spec:
  selector: {matchLabels: {app: productpage, version: v1}}
  template:
    metadata:
      annotations: {prometheus.io/scrape: "true", prometheus.io/port: "9080"}
      labels: {app: productpage, version: v1}
    spec:
      containers:
      - {name: productpage, image: "example.com/productpage-v1:1.20.1", ports: [{containerPort: 9080}], volumeMounts: [{name: tmp, mountPath: /tmp}]}
      volumes: [{name: tmp, emptyDir: {}}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: gateway}
spec:
  rules:
  - http:
      paths:
      - {path: /productpage, pathType: Exact, backend: {service: {name: productpage, port: {number: 9080}}}}
      - {path: /static/, pathType: Prefix, backend: {service: {name: productpage, port: {number: 9080}}}}
---
apiVersion: networking.istio.io/v1alpha3
kind: VirtualService
metadata: {name: bookinfo}
spec: {hosts: ["*"], gateways: [bookinfo-gateway]}
---
"""

ROWS = {
    "guestbook: pages from each frontend": (
        GUESTBOOK,
        "pod/frontend",
        "http://frontend/",
        "delivered Delivered pod/default/frontend",
    ),
    "guestbook: the leader answers by name": (
        GUESTBOOK,
        "pod/frontend",
        "http://redis-leader:6379/",
        "delivered Delivered pod/default/redis-leader",
    ),
    "guestbook: followers without targetPort": (
        GUESTBOOK,
        "pod/frontend",
        "http://redis-follower:6379/",
        "delivered Delivered pod/default/redis-follower",
    ),
    "voting: a vote from outside": (
        VOTING,
        "internet",
        "http://203.0.113.11:31000/",
        "delivered Delivered pod/default/vote",
    ),
    "voting: the Service's port is not a node's": (
        VOTING,
        "internet",
        "http://203.0.113.11:5000/",
        "refused NodePortClosed None",
    ),
    "voting: the worker reaches its database": (
        VOTING,
        "pod/worker",
        "http://db:5432/",
        "delivered Delivered pod/default/db",
    ),
    "boutique: the shop from outside": (
        BOUTIQUE,
        "internet",
        "http://203.0.113.101/",
        "delivered Delivered pod/default/frontend",
    ),
    "boutique: the cart by its address variable": (
        BOUTIQUE,
        "pod/frontend",
        "http://cartservice:7070/",
        "delivered Delivered pod/default/cartservice",
    ),
    "sock shop: front end from outside": (
        SOCK_SHOP,
        "internet",
        "http://203.0.113.12:30001/",
        "delivered Delivered pod/sock-shop/front-end",
    ),
    "sock shop: its catalogue by short name": (
        SOCK_SHOP,
        "pod/front-end",
        "http://catalogue/",
        "delivered Delivered pod/sock-shop/catalogue",
    ),
    "bookinfo: the page through the Ingress": (
        BOOKINFO,
        "internet",
        "http://203.0.113.100/productpage",
        "delivered Delivered pod/default/productpage",
    ),
    "bookinfo: Exact takes no more than itself": (
        BOOKINFO,
        "internet",
        "http://203.0.113.100/productpage/1",
        "http_error IngressNoMatch None",
    ),
    "bookinfo: details from the page": (
        BOOKINFO,
        "pod/productpage",
        "http://details:9080/details/0",
        "delivered Delivered pod/default/details",
    ),
}


@pytest.mark.parametrize(("text", "source", "url", "expected"), ROWS.values(), ids=ROWS)
def test_public_applications_route(text, source, url, expected):
    cluster = build(text, addons=("ingress-nginx",), firewall="open")
    if source.startswith("pod/"):
        named = source.removeprefix("pod/")
        source = next(p.ref for p in cluster.of_kind("Pod") if p.name.startswith(named))
    found = send(cluster, url, source)
    served = found.served_by and found.served_by.rpartition("-")[0].rpartition("-")[0].removesuffix("-v1")
    assert f"{found.verdict} {found.reason} {served}" == expected


def test_kinds_of_a_service_mesh_are_left_out_with_a_line_each():
    (note,) = manifest.load(BOOKINFO, "bookinfo.yaml").skipped
    assert str(note).startswith("bookinfo.yaml:")
    assert "VirtualService" in note.message
