"""What the API server fills in, as it was recorded, and what a dump keeps."""

import random

import yaml

from kubeviz.cluster import admission
from kubeviz.cluster.state import Cluster
from kubeviz.controllers.bootstrap import new_cluster


def admitted(text: str, **options):
    return admission.admit_create(yaml.safe_load(text), new_cluster(), random.Random(0), **options).body


def test_a_deployment_is_filled_in_as_recorded():
    body = admitted(
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: order, namespace: default}, spec: {replicas: 2, "
        "selector: {matchLabels: {app: order}}, template: {metadata: {labels: {app: order}, creationTimestamp: null}, "
        "spec: {containers: [{image: 'ghcr.io/example/order:1.0', name: order, ports: [{containerPort: 8080}]}]}}}}"
    )
    assert body["spec"] == yaml.safe_load("""
        progressDeadlineSeconds: 600
        replicas: 2
        revisionHistoryLimit: 10
        selector: {matchLabels: {app: order}}
        strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}, type: RollingUpdate}
        template:
          metadata: {labels: {app: order}}
          spec:
            containers:
            - image: ghcr.io/example/order:1.0
              imagePullPolicy: IfNotPresent
              name: order
              ports: [{containerPort: 8080, protocol: TCP}]
              resources: {}
              terminationMessagePath: /dev/termination-log
              terminationMessagePolicy: File
            dnsPolicy: ClusterFirst
            restartPolicy: Always
            schedulerName: default-scheduler
            securityContext: {}
            terminationGracePeriodSeconds: 30
    """)


def test_a_pod_is_filled_in_as_recorded():
    body = admitted(
        "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: default}, "
        "spec: {containers: [{image: nginx, name: c}], nodeSelector: {disk: ssd}}}"
    )
    assert body["spec"] == yaml.safe_load("""
        containers:
        - image: nginx
          imagePullPolicy: Always
          name: c
          resources: {}
          terminationMessagePath: /dev/termination-log
          terminationMessagePolicy: File
        dnsPolicy: ClusterFirst
        enableServiceLinks: true
        nodeSelector: {disk: ssd}
        preemptionPolicy: PreemptLowerPriority
        priority: 0
        restartPolicy: Always
        schedulerName: default-scheduler
        securityContext: {}
        terminationGracePeriodSeconds: 30
        tolerations:
        - {effect: NoExecute, key: node.kubernetes.io/not-ready, operator: Exists, tolerationSeconds: 300}
        - {effect: NoExecute, key: node.kubernetes.io/unreachable, operator: Exists, tolerationSeconds: 300}
    """)
    assert body["status"] == {"phase": "Pending", "qosClass": "BestEffort"}


def test_an_object_of_a_dump_keeps_identity_status_and_addresses_of_another_range():
    body = yaml.safe_load("""
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: elsewhere, uid: 1-2-3, resourceVersion: "7", creationTimestamp: "2025-01-01T00:00:00Z"}
        spec: {type: NodePort, clusterIP: 172.20.0.7, clusterIPs: [172.20.0.7], ports: [{port: 80, nodePort: 8080}], futureField: 1}
        status: {loadBalancer: {ingress: [{ip: 1.2.3.4}]}}
    """)
    kept = admission.admit_create(body, Cluster.empty(), random.Random(0), dump=True).body
    assert kept["metadata"] == body["metadata"]
    assert kept["status"] == body["status"]
    assert (kept["spec"]["clusterIP"], kept["spec"]["ports"][0]["nodePort"]) == ("172.20.0.7", 8080)


def test_a_generated_name_has_five_random_characters():
    name = admitted("{apiVersion: v1, kind: ConfigMap, metadata: {generateName: cm-, namespace: default}}")["metadata"][
        "name"
    ]
    assert name.startswith("cm-")
    assert len(name) == 8
