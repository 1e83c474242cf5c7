"""Strict decoding, in Go's words."""

import pytest
import yaml

from kubeviz.cluster import schema
from kubeviz.cluster.errors import Rejected

POD = "{{apiVersion: v1, kind: Pod, spec: {{containers: [{{name: c, {0}}}]}}}}"
PATH = 'Pod in version "v1" cannot be handled as a Pod: '
WRONG = [
    ("a word for a port", POD.format("ports: [{containerPort: http}]"),
     "json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32"),
    ("a port beyond int32", POD.format("ports: [{containerPort: 99999999999}]"),
     "json: cannot unmarshal number 99999999999 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32"),
    ("a number for a protocol", POD.format("ports: [{protocol: 6}]"),
     "json: cannot unmarshal number into Go struct field ContainerPort.spec.containers.ports.protocol of type v1.Protocol"),
    ("true for an int or string", POD.format("readinessProbe: {httpGet: {port: true}}"),
     "json: cannot unmarshal bool into Go struct field HTTPGetAction.spec.containers.readinessProbe.ProbeHandler.httpGet.port of type int32"),
    ("a number for an environment variable", POD.format("env: [{name: A, value: 1}]"),
     "json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string"),
    ("a mapping for a list", POD.format("args: {a: b}"),
     "json: cannot unmarshal object into Go struct field Container.spec.containers.args of type []string"),
    ("a unit that is none", POD.format("resources: {limits: {memory: 64MB}}"), "unable to parse quantity's suffix"),
    ("no quantity", POD.format("resources: {limits: {memory: lots}}"),
     "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_type_is_refused(text, said):
    with pytest.raises(Rejected) as caught:
        schema.strict_decode(yaml.safe_load(text))
    assert (caught.value.code, caught.value.message) == (400, PATH + said)


def test_unknown_fields_are_named_in_the_order_of_their_keys():
    body = yaml.safe_load(POD.format("z: 1, a: 2, ports: [{x: 1}]"))
    assert schema.strict_decode(body) == [
        'unknown field "spec.containers[0].a"',
        'unknown field "spec.containers[0].ports[0].x"',
        'unknown field "spec.containers[0].z"',
    ]


def test_a_null_is_an_absent_field_and_an_empty_item():
    body = yaml.safe_load(
        "{apiVersion: v1, kind: Pod, metadata: {labels: null}, spec: {containers: [null], hostname: null}}"
    )
    assert schema.strict_decode(body) == []
    assert schema.copied(body) == {"apiVersion": "v1", "kind": "Pod", "metadata": {}, "spec": {"containers": [{}]}}


def test_a_refusal_knows_the_field_and_its_index():
    body = yaml.safe_load(POD.format("ports: [{containerPort: 80}, {containerPort: x}]"))
    with pytest.raises(Rejected) as caught:
        schema.strict_decode(body)
    assert caught.value.field == "spec.containers[0].ports[1].containerPort"
